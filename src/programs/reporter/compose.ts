import type { EmailAddress, EmailMessage } from "../../schema/EmailMessage.ts"
import type { WeeklyReport } from "../../schema/report/WeeklyReport.ts"
import type { Occasion } from "./render/RenderOptions.ts"
import { renderReport } from "./render/renderReport.ts"
import type { ReportQuestions } from "./settings.ts"

export interface Mailing {
  readonly siteName: string
  readonly from: EmailAddress
  readonly to: readonly [EmailAddress, ...Array<EmailAddress>]
  readonly questions: ReportQuestions
  /** Takes an unsubscription by POST, in one click; without it a mail to the sender does. */
  readonly unsubscribeUrl?: string
  readonly version: string
}

const domainOf = (address: EmailAddress): string => address.slice(address.indexOf("@") + 1)

/** RFC 2369, and RFC 8058 where there is an address for the one click. */
const unsubscribing = ({ from, unsubscribeUrl }: Mailing): Readonly<Record<string, string>> => {
  // an address may hold what means something else in a URL
  const byMail = `<mailto:${encodeURIComponent(from).replace("%40", "@")}?subject=unsubscribe>`
  return unsubscribeUrl === undefined
    ? { "List-Unsubscribe": byMail }
    : {
        "List-Unsubscribe": `<${new URL(unsubscribeUrl).href}>, ${byMail}`,
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"
      }
}

/** The e-mail of a report: the one place where it gets its sender, recipients and headers. */
export const compose = (
  report: WeeklyReport,
  mailing: Mailing,
  occasion?: Occasion
): EmailMessage => ({
  from: mailing.from,
  to: mailing.to,
  ...renderReport(report, { ...mailing, occasion }),
  headers: {
    "Auto-Submitted": "auto-generated",
    "List-Id": `Weekly report <weekly-report.${domainOf(mailing.from)}>`,
    ...unsubscribing(mailing)
  }
})
