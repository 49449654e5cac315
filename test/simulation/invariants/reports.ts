import { renderReport } from "../../../src/programs/reporter/render/renderReport.ts"
import type { WeeklyReport } from "../../../src/schema/report/WeeklyReport.ts"
import { sendsMax } from "../../../src/services/ReportLedger.ts"
import type { Mail } from "../FaultyMailer.ts"
import { from, type Reporter, siteName, version } from "../Reporter.ts"
import type { World } from "../World.ts"

type Rendered = ReturnType<typeof renderReport>

/** Most weeks have several e-mails of the same numbers. */
const rendering = () => {
  const known = new Map<WeeklyReport, Map<boolean, Rendered>>()
  return (report: WeeklyReport, isResend: boolean): Rendered => {
    const ofReport = known.get(report) ?? new Map<boolean, Rendered>()
    const occasion = isResend ? "resend" : undefined
    const rendered =
      ofReport.get(isResend) ?? renderReport(report, { siteName, from, version, occasion })
    known.set(report, ofReport.set(isResend, rendered))
    return rendered
  }
}

/** Every e-mail of a week shows the numbers that were frozen for it, also when it is sent again. */
const checkNumbers = ({ chronicle }: World, mails: ReadonlyArray<Mail>): void => {
  const render = rendering()
  for (const { entry, frozen, message, run } of mails) {
    const { html, subject, text } = message
    const wanted = frozen && render(frozen, run.isResend)
    if (html === wanted?.html && subject === wanted.subject && text === wanted.text) continue
    chronicle.violate("every e-mail of a week has its frozen numbers", `${entry} by ${run.name}`)
  }
}

/** A further e-mail goes out only where a run was cut short after sending. */
const checkRepeats = ({ chronicle }: World, mails: ReadonlyArray<Mail>): void => {
  for (const entry of new Set(mails.map((mail) => mail.entry))) {
    const whole = mails.filter(
      ({ entry: of, run }) => of === entry && !run.wasCutShort && !run.isResend
    )
    if (whole.length <= 1) continue
    const names = whole.map(({ run }) => run.name).join(", ")
    chronicle.violate("a second e-mail needs a crash after the first", `${entry}: ${names}`)
  }
}

/** However often the mail service stays silent, an inbox gets so many and no more. */
const checkBound = ({ chronicle }: World, mails: ReadonlyArray<Mail>): void => {
  for (const entry of new Set(mails.map((mail) => mail.entry))) {
    const sent = mails.filter(({ entry: of, run }) => of === entry && !run.isResend).length
    if (sent > sendsMax) chronicle.violate("an e-mail is sent a few times at most", entry)
  }
}

/** Every week is settled in the end: sent, skipped without an e-mail, or never answered. */
export const checkReports = (world: World, { ledger, mailer, weeks }: Reporter): void => {
  const { chronicle } = world
  const { mails } = mailer
  for (const weekId of weeks) {
    if (ledger.unanswered.has(weekId)) continue
    const isSent = mails.some(({ entry, run }) => entry === weekId && !run.isResend)
    const isSkipped = ledger.skipped.has(weekId)
    if (!ledger.confirmed.has(weekId) && !isSkipped) {
      chronicle.violate("every week is reported in the end", weekId)
    }
    if (!isSent && !isSkipped) chronicle.violate("a confirmed week was sent", weekId)
  }
  checkNumbers(world, mails)
  checkRepeats(world, mails)
  checkBound(world, mails)
}
