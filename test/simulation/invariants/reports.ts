import { renderReport } from "../../../src/programs/reporter/render/renderReport.ts"
import type { WeekId } from "../../../src/schema/IsoWeek.ts"
import type { Mail } from "../FaultyMailer.ts"
import { from, type Reporter, siteName, version } from "../Reporter.ts"
import type { World } from "../World.ts"

/** Every e-mail of a week shows the numbers that were frozen for it. */
const checkNumbers = (
  world: World,
  reporter: Reporter,
  weekId: WeekId,
  mails: ReadonlyArray<Mail>
) => {
  const frozen = reporter.ledger.frozen.get(weekId)
  const rendered = frozen && renderReport(frozen, { siteName, from, version })
  for (const { message, run } of mails) {
    const { html, subject, text } = message
    const isSame = html === rendered?.html && subject === rendered.subject && text === rendered.text
    if (!isSame) {
      world.chronicle.violate(
        "every e-mail of a week has its frozen numbers",
        `${weekId} by ${run.name}`
      )
    }
  }
}

/** One confirmed report a week; a further e-mail only where a run was cut short after sending. */
export const checkReports = (world: World, reporter: Reporter): void => {
  for (const weekId of reporter.weeks) {
    const mails = reporter.mailer.mails.filter((mail) => mail.weekId === weekId)
    if (!reporter.ledger.confirmed.has(weekId)) {
      world.chronicle.violate("every week is reported in the end", weekId)
    }
    if (mails.length === 0) world.chronicle.violate("a confirmed week was sent", weekId)
    const whole = mails.filter(({ run }) => !run.wasCutShort)
    if (whole.length > 1) {
      const names = whole.map(({ run }) => run.name).join(", ")
      world.chronicle.violate(
        "a second e-mail needs a crash after the first",
        `${weekId}: ${names}`
      )
    }
    checkNumbers(world, reporter, weekId, mails)
  }
}
