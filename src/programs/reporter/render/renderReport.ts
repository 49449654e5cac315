import type { WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import { reportLanguageDefault } from "../ReportLanguage.ts"
import { wordsIn } from "../words/wordsIn.ts"
import { htmlPartials } from "./htmlBlocks.ts"
import { htmlTemplate } from "./htmlTemplate.ts"
import { type Escape, parse, render, type Template } from "./Mustache.ts"
import type { RenderOptions } from "./RenderOptions.ts"
import { reportView } from "./ReportView.ts"
import { textPartials, textTemplate, textView } from "./TextView.ts"

const parsed = (
  partials: Readonly<Record<string, string>>,
  escaping: Escape
): Readonly<Record<string, Template>> =>
  Object.fromEntries(
    Object.entries(partials).map(([name, text]) => [name, parse(text, { name, escape: escaping })])
  )

const html = parse(htmlTemplate, { name: "html" })
const htmlParts = parsed(htmlPartials, "html")
const text = parse(textTemplate, { name: "text", escape: "none" })
const textParts = parsed(textPartials, "none")

/**
 * Renders a report; the same report gives the same bytes. Every report renders, whatever a visitor
 * wrote, and both parts say the same in the same order.
 */
export const renderReport = (
  report: WeeklyReport,
  options: RenderOptions
): { readonly subject: string; readonly html: string; readonly text: string } => {
  const view = reportView(report, options)
  const words = wordsIn(options.language ?? reportLanguageDefault)
  return {
    subject: view.subject,
    html: render(html, view, htmlParts),
    text: render(text, textView(view, words), textParts)
  }
}
