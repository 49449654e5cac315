/** The end of the mail: one paragraph while all is well, and tables that explain the rest. */
import { unaccounted } from "../../../schema/report/Pipeline.ts"
import { isQuiet, isWhole, type WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import { tokenWords } from "./AnswerFacts.ts"
import { allAccountedFor, dataHealth, isHealthy } from "./DataHealth.ts"
import { instant } from "./DateWords.ts"
import { count, plural } from "./Format.ts"
import { freeTier } from "./FreeTier.ts"
import { lateArrivals } from "./LateArrivals.ts"
import type { RenderOptions } from "./RenderOptions.ts"
import { ownText } from "./VisitorText.ts"

const hourMs = 3_600_000
/** A report is on time on Monday morning, and after a day of retries. */
const lateAfterMs = 36 * hourMs

const generated = ({ generatedAt, period }: WeeklyReport): string =>
  instant(generatedAt, period.timeZone)

const lateness = (report: WeeklyReport): string => {
  const lateMs = report.generatedAt - report.period.endMs
  if (!isWhole(report)) return ", before the week was over"
  if (lateMs <= lateAfterMs) return ""
  return `, ${plural(Math.round(lateMs / (24 * hourMs)), "day")} after the week's end`
}

export const sentAgain = (report: WeeklyReport): string =>
  `Sent again with the numbers of ${generated(report)}.`

/** A part of a week is never shown as the whole. */
export const unread = ({ period, readUntil }: WeeklyReport): ReadonlyArray<string> =>
  readUntil === undefined
    ? []
    : [
        `Counts the questions until ${instant(readUntil, period.timeZone)}; ` +
          "the rest could not be read in time."
      ]

/** Empty where it is not known what became of the events. */
const accounted = ({ deadLetters, pipeline = {} }: WeeklyReport): string => {
  const { accepted } = pipeline
  const open = unaccounted(pipeline, deadLetters)
  if (accepted === undefined || open === undefined) return ""
  return open === 0
    ? `All ${count(accepted)} ${allAccountedFor}.`
    : `All but ${count(open)} of ${count(accepted)} ${allAccountedFor}; SQS counts roughly.`
}

const leftOut = ({ excluded: { bots, own } }: WeeklyReport): string => {
  const all = [
    ...(bots === 0 ? [] : [`${plural(bots, "question")} by bots`]),
    ...(own === 0 ? [] : [`${plural(own, "question")} of your own`])
  ]
  return all.length === 0 ? "" : `Left out: ${all.join(", ")}.`
}

const untold = ({ withoutText = 0 }: WeeklyReport): string =>
  withoutText === 0 ? "" : `${plural(withoutText, "question")} without text, in no list.`

const counted = (report: WeeklyReport, { version }: Pick<RenderOptions, "version">): string => {
  const by = version === undefined ? "" : ` by version ${ownText(version, 60)}`
  return `Counted on ${generated(report)}${lateness(report)}${by}.`
}

export const about = (report: WeeklyReport, options: Pick<RenderOptions, "version">) => {
  const isWell = isHealthy(report)
  const { sentence, table } = freeTier(report)
  return {
    words: [
      ...(isWell ? [accounted(report)] : []),
      leftOut(report),
      tokenWords(report),
      untold(report),
      // the weeks' table tells them, where there is one
      ...(isQuiet(report) || report.trend.length === 0 ? lateArrivals(report) : []),
      sentence,
      counted(report, options)
    ]
      .filter((words) => words !== "")
      .join(" "),
    sections: [
      ...(isWell ? [] : [{ figures: dataHealth(report) }]),
      ...(table === undefined ? [] : [{ facts: table }])
    ]
  }
}
