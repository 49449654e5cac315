/** The facts about the report: its period, when it was counted, and its exclusions. */
import { isWhole, type WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import { instant, longRange } from "./DateWords.ts"
import { bytes, count, percent, plural } from "./Format.ts"
import type { RenderOptions } from "./RenderOptions.ts"
import { quoted } from "./VisitorText.ts"

export interface Fact {
  readonly label: string
  readonly value: string
}

const hourMs = 3_600_000
/** A report is on time on Monday morning, and after a day of retries. */
const lateAfterMs = 36 * hourMs

const generated = ({ generatedAt, period }: WeeklyReport): string =>
  instant(generatedAt, period.timeZone)

const lateness = (report: WeeklyReport): string => {
  const lateMs = report.generatedAt - report.period.endMs
  if (!isWhole(report)) return ", before the week was over"
  if (lateMs <= lateAfterMs) return ""
  return `, made ${plural(Math.round(lateMs / (24 * hourMs)), "day")} after the week's end`
}

/** Appears at the start and at the end of the mail. */
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

const leftOut = ({ bots, own }: WeeklyReport["excluded"]): string =>
  bots + own === 0
    ? "Nothing: no bots and none of your own visits were seen"
    : `${plural(bots, "question")} by bots, ${count(own)} by you`

/** The AWS free tier, by the account and month: docs/decisions/0023-numbers-of-the-pipeline.md. */
const free = {
  queueRequests: 1_000_000,
  calls: 1_000_000,
  writeUnitsPerSecond: 25,
  tableBytes: 25 * 1024 ** 3
} as const

/** A number that is unknown is shown as unknown, never as 0. */
const use = (
  label: string,
  used: number | undefined,
  words: (used: number) => string,
  { of, whole }: { readonly of: string; readonly whole: number }
) => ({
  label,
  value: `${used === undefined ? "unknown" : `${words(used)}, ${percent(used, whole)}`} of ${of}`
})

const freeTier = ({ period, pipeline = {} }: WeeklyReport) => {
  const { batches, requests, tableBytes, writeUnits } = pipeline
  const units = (free.writeUnitsPerSecond * (period.endMs - period.startMs)) / 1000
  const monthly = (whole: number) => ({ whole, of: `${count(whole)} a month` })
  return [
    use(
      "Free requests",
      requests,
      (n) => `at most ${count(n)} to the queue`,
      monthly(free.queueRequests)
    ),
    use("Free calls", batches, (n) => `${count(n)} of the processor`, monthly(free.calls)),
    use("Free writes", writeUnits, (n) => `${count(n)} units`, {
      whole: units,
      of: `${count(units)} a week`
    }),
    use("Free space", tableBytes, (n) => `${bytes(n)} in the table`, {
      whole: free.tableBytes,
      of: bytes(free.tableBytes)
    })
  ]
}

export const provenance = (
  report: WeeklyReport,
  { occasion, version }: Pick<RenderOptions, "occasion" | "version">
): ReadonlyArray<Fact> => {
  const { excluded, period } = report
  return [
    { label: "Period", value: `${longRange(period)}, both days included` },
    { label: "Time zone", value: quoted(period.timeZone, 60) },
    { label: "ISO week", value: period.weekId },
    { label: "Generated", value: `${generated(report)}${lateness(report)}` },
    { label: "Left out", value: leftOut(excluded) },
    ...freeTier(report),
    ...(version === undefined ? [] : [{ label: "Version", value: quoted(version, 60) }]),
    ...(occasion === "resend" ? [{ label: "Resent", value: sentAgain(report) }] : [])
  ]
}
