/** The words of an import before it sends: the file's format and time, and the rows left out. */
import * as DateTime from "effect/DateTime"
import { plural } from "../../cli/wording.ts"
import { retentionDays } from "../../src/schema/Retention.ts"
import type { Imported } from "./importHistory.ts"
import type { History } from "./readHistory.ts"
import type { DayOrder } from "./readTime.ts"
import type { Times } from "./Times.ts"

const number = (count: number): string => count.toLocaleString("en")

/** `3 Aug 2026` */
const dayText = (ms: number, zone: DateTime.TimeZone, hasYear: boolean): string =>
  new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    ...(hasYear ? { year: "numeric" } : {}),
    timeZone: DateTime.zoneToString(zone)
  }).format(ms)

const spanText = ({ firstMs, lastMs }: Imported, zone: DateTime.TimeZone): string => {
  if (firstMs === undefined || lastMs === undefined) return ""
  const [from, to] = [dayText(firstMs, zone, true), dayText(lastMs, zone, true)]
  if (from === to) return ` of ${to}`
  const isOneYear = from.slice(-4) === to.slice(-4)
  return ` from ${isOneYear ? dayText(firstMs, zone, false) : from} to ${to}`
}

const orders: Readonly<Record<DayOrder, string>> = {
  dmy: "the day before the month",
  mdy: "the month before the day"
}

/** How times were read that leave a choice; empty without any. */
const timesText = ({ counts, options }: Times, isGiven: boolean): string => {
  const zone = DateTime.zoneToString(options.zone)
  const bare = counts.bare === 0 ? [] : [`Times without a zone are read in ${zone}.`]
  if (options.order === undefined || counts.either === 0) return bare.join(" ")
  const why = isGiven
    ? "as --time-format says"
    : `as ${plural(counts[options.order], "row shows", "rows show")}`
  return [...bare, `Dates have ${orders[options.order]}, ${why}.`].join(" ")
}

export const recognisedText = (
  file: string,
  history: History,
  counts: Imported,
  times: Times,
  isGiven: boolean
): string => {
  const { expired } = counts.rejected
  const all = counts.rows + expired
  const stay = expired === 1 ? "stays" : "stay"
  const out =
    expired === 0 ? "" : `; ${number(expired)} older than ${retentionDays} days ${stay} out`
  return [
    `${file}: ${history.format} (${history.form}), ${number(all)} ` +
      `${all === 1 ? "question" : "questions"}${spanText(counts, times.options.zone)}${out}.`,
    history.columns === "" ? "" : `Columns: ${history.columns}.`,
    timesText(times, isGiven)
  ]
    .filter((line) => line !== "")
    .join("\n")
}
