/** A week's report in the few lines that a channel has room for; the e-mail has the whole of it. */
import { type Notice, noticeVersion } from "../../schema/Notice.ts"
import { missedIn } from "../../schema/report/Missed.ts"
import { textHash } from "../../schema/report/textHash.ts"
import {
  isQuiet,
  isWhole,
  measuresOf,
  type WeeklyReport
} from "../../schema/report/WeeklyReport.ts"
import type { Options } from "./program.ts"
import { hiddenGaps } from "./render/OwnGaps.ts"
import { hiddenQuestions } from "./render/QuestionList.ts"
import type { Occasion } from "./render/RenderOptions.ts"
import { type ReportView, reportView } from "./render/ReportView.ts"
import type { Words } from "./words/English.ts"
import { wordsIn } from "./words/wordsIn.ts"

export type Telling = Pick<Options, "siteName" | "channelQuestions" | "language">

/** Receivers drop repeats by it; another site's message of the same name is none. */
export const noticeId = (kind: string, name: string, siteName: string): string =>
  `${kind}-${name}-${textHash(siteName).toString(36)}`

/** The lists of questions as the e-mail shows them. */
const listsOf = ({ sections }: ReportView): Notice["lists"] =>
  sections.flatMap((section) =>
    "questions" in section && section.questions.rows.length > 0
      ? [
          {
            title: section.questions.title,
            rows: section.questions.rows.map(({ note, question }) => ({
              question,
              note: note.replaceAll("\u00a0", " ")
            }))
          }
        ]
      : []
  )

/** Stands in the place of the lists. */
const hidden = (report: WeeklyReport, words: Words): ReadonlyArray<string> =>
  hiddenQuestions(report, hiddenGaps(report, words), words).rows.map(({ label, value }) =>
    words.hidden.line(words.lower(label), value)
  )

const linesOf = (view: ReportView): ReadonlyArray<string> => [
  view.headline,
  view.period,
  ...view.remarks,
  ...view.gist.map(({ label, words }) => `${label}: ${words}`),
  ...view.quiet
]

/** The numbers for programs, without a word of a visitor. */
const numbersOf = (report: WeeklyReport): NonNullable<Notice["report"]> => {
  const { endMs, startMs, timeZone, weekId } = report.period
  const before = isWhole(report) ? report.previous : undefined
  return {
    week: weekId,
    timeZone,
    from: startMs,
    until: endMs,
    numbers: measuresOf(report),
    ...(before === undefined ? {} : { before }),
    missed: report.unanswered.map((line) => ({
      ...(line.id === undefined ? {} : { group: line.id }),
      asked: line.asked,
      missed: missedIn(line)
    }))
  }
}

/** The same report gives the same notice, except a test, which no receiver may drop. */
export const reportNotice = (
  report: WeeklyReport,
  { channelQuestions, language, siteName }: Telling,
  occasion?: Occasion
): Notice => {
  const view = reportView(report, { siteName, language, questions: channelQuestions, occasion })
  const kind = occasion === "test" ? `test-${report.generatedAt}` : "report"
  const isHidden = channelQuestions === "hidden" && !isQuiet(report)
  return {
    version: noticeVersion,
    id: noticeId(kind, report.period.weekId, siteName),
    type: "report.weekly",
    timestamp: report.generatedAt,
    site: view.siteName,
    subject: view.subject,
    lines: [...linesOf(view), ...(isHidden ? hidden(report, wordsIn(language)) : [])],
    figures: view.tileRows
      .flat()
      .map(({ change, label, value }) => ({ label, value, change: change?.words ?? "" })),
    lists: listsOf(view),
    report: numbersOf(report)
  }
}
