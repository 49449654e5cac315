/** The end of the mail: one paragraph while all is well, and tables that explain the rest. */
import { unaccounted } from "../../../schema/report/Pipeline.ts"
import {
  isQuiet,
  isWhole,
  newDeadLetters,
  type WeeklyReport
} from "../../../schema/report/WeeklyReport.ts"
import type { Words } from "../words/English.ts"
import { tokenWords } from "./AnswerFacts.ts"
import { dataHealth, isHealthy } from "./DataHealth.ts"
import { freeTier } from "./FreeTier.ts"
import { lateArrivals } from "./LateArrivals.ts"
import type { RenderOptions } from "./RenderOptions.ts"
import { ownText } from "./VisitorText.ts"

const hourMs = 3_600_000
/** A report is on time on Monday morning, and after a day of retries. */
const lateAfterMs = 36 * hourMs

const generated = ({ generatedAt, period }: WeeklyReport, { dates }: Words): string =>
  dates.instant(generatedAt, period.timeZone)

const lateness = (report: WeeklyReport, { about }: Words): string => {
  const lateMs = report.generatedAt - report.period.endMs
  if (!isWhole(report)) return about.early
  return lateMs <= lateAfterMs ? "" : about.late(Math.round(lateMs / (24 * hourMs)))
}

export const sentAgain = (report: WeeklyReport, words: Words): string =>
  words.remarks.again(generated(report, words))

/** A part of a week is never shown as the whole. */
export const unread = (
  { period, readUntil }: WeeklyReport,
  { dates, remarks }: Words
): ReadonlyArray<string> =>
  readUntil === undefined ? [] : [remarks.readUntil(dates.instant(readUntil, period.timeZone))]

/** Empty where it is not known what became of the events. */
const accounted = (report: WeeklyReport, { about }: Words): string => {
  const { pipeline = {} } = report
  const { accepted } = pipeline
  const open = unaccounted(pipeline, newDeadLetters(report))
  if (accepted === undefined || open === undefined) return ""
  return open === 0 ? about.all(accepted) : about.allBut(open, accepted)
}

type Counting = Pick<RenderOptions, "version">

const counted = (report: WeeklyReport, { version }: Counting, words: Words): string => {
  const { about } = words
  const by = version === undefined ? "" : about.by(ownText(version, 60))
  return about.counted(generated(report, words), lateness(report, words), by)
}

export const about = (report: WeeklyReport, options: Counting, words: Words) => {
  const isWell = isHealthy(report, words)
  const { sentence, table } = freeTier(report, words)
  const { bots, own } = report.excluded
  const { withoutText = 0 } = report
  return {
    words: [
      ...(isWell ? [accounted(report, words)] : []),
      bots + own === 0 ? "" : words.about.leftOut(bots, own),
      tokenWords(report, words),
      withoutText === 0 ? "" : words.about.withoutText(withoutText),
      // the weeks' table tells them, where there is one
      ...(isQuiet(report) || report.trend.length === 0 ? lateArrivals(report, words) : []),
      sentence,
      counted(report, options, words)
    ]
      .filter((part) => part !== "")
      .join(" "),
    sections: [
      ...(isWell ? [] : [{ figures: dataHealth(report, words) }]),
      ...(table === undefined ? [] : [{ facts: table }])
    ]
  }
}
