import type { EmailAddress, EmailMessage, Recipients } from "../../schema/EmailMessage.ts"
import type { WeeklyReport } from "../../schema/report/WeeklyReport.ts"
import type { ReportLanguage } from "./ReportLanguage.ts"
import type { ReportQuestions } from "./ReportQuestions.ts"
import type { Occasion } from "./render/RenderOptions.ts"
import { renderReport } from "./render/renderReport.ts"

export interface Mailing {
  readonly siteName: string
  readonly language: ReportLanguage
  readonly from: EmailAddress
  readonly to: Recipients
  readonly questions: ReportQuestions
  /** Accepts a one-click POST; without it, readers unsubscribe by mail to the sender. */
  readonly unsubscribeUrl?: string
  readonly version: string
}

const domainOf = (address: EmailAddress): string => address.slice(address.indexOf("@") + 1)

/** RFC 2369, and RFC 8058 where there is an address for the one click. */
const unsubscribing = ({ from, unsubscribeUrl }: Mailing): Readonly<Record<string, string>> => {
  // an address may hold characters that have a meaning in a URL
  const byMail = `<mailto:${encodeURIComponent(from).replace("%40", "@")}?subject=unsubscribe>`
  return unsubscribeUrl === undefined
    ? { "List-Unsubscribe": byMail }
    : {
        "List-Unsubscribe": `<${new URL(unsubscribeUrl).href}>, ${byMail}`,
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"
      }
}

export const headersOf = (mailing: Mailing): Readonly<Record<string, string>> => ({
  "Auto-Submitted": "auto-generated",
  "List-Id": `Weekly report <weekly-report.${domainOf(mailing.from)}>`,
  ...unsubscribing(mailing)
})

/** Makes the e-mail of a report, with its sender, recipients and headers. */
export const compose = (
  report: WeeklyReport,
  mailing: Mailing,
  occasion?: Occasion
): EmailMessage => ({
  from: mailing.from,
  to: mailing.to,
  ...renderReport(report, { ...mailing, occasion }),
  headers: headersOf(mailing)
})
