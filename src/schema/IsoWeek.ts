/**
 * ISO 8601 weeks: Monday to Sunday, named by the year of their Thursday. Stored items carry the UTC
 * week. A report covers a week in the owner's time zone, and reads the UTC weeks that it overlaps.
 */
import * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"

const dayMs = 86_400_000
const weekMs = 7 * dayMs

/** Monday 00:00 UTC of week 1 of a year, which contains 4 January. */
const firstMonday = (year: number): number => {
  const january4 = Date.UTC(year, 0, 4)
  return january4 - mondayOffset(january4) * dayMs
}

/** 0 for Monday to 6 for Sunday; 1 January 1970 was a Thursday. */
const mondayOffset = (utcMillis: number): number =>
  (((Math.floor(utcMillis / dayMs) + 3) % 7) + 7) % 7

const existsWeek = (id: string): boolean => {
  const [year, week] = [Number(id.slice(0, 4)), Number(id.slice(6))]
  return week >= 1 && firstMonday(year) + (week - 1) * weekMs < firstMonday(year + 1)
}

/** `2026-W47`; only some years have a week 53. */
export const WeekId = Schema.String.check(
  Schema.isPattern(/^\d{4}-W\d{2}$/, { expected: "an ISO week such as 2026-W47" }),
  Schema.makeFilter((id) => existsWeek(id) || "a week that the year has")
).pipe(Schema.brand("WeekId"))
export type WeekId = typeof WeekId.Type

/** Monday 00:00 UTC of a week. */
const mondayOf = (weekId: WeekId): number =>
  firstMonday(Number(weekId.slice(0, 4))) + (Number(weekId.slice(6)) - 1) * weekMs

/** The ISO week of an instant in UTC: the partition of the week index. */
export const utcWeekId = (epochMillis: number): WeekId => {
  const monday = Math.floor(epochMillis / dayMs) * dayMs - mondayOffset(epochMillis) * dayMs
  const year = new Date(monday + 3 * dayMs).getUTCFullYear()
  const week = Math.round((monday - firstMonday(year)) / weekMs) + 1
  return WeekId.make(`${String(year).padStart(4, "0")}-W${String(week).padStart(2, "0")}`)
}

/** The instant's wall-clock time in the zone, written as if it were UTC. */
export const wallClock = (epochMillis: number, zone: DateTime.TimeZone): number =>
  epochMillis + DateTime.zonedOffset(DateTime.makeZonedUnsafe(epochMillis, { timeZone: zone }))

/** A week of a time zone: `startMs` inclusive, `endMs` exclusive, days as `YYYY-MM-DD`. */
export const Period = Schema.Struct({
  weekId: WeekId,
  timeZone: Schema.String,
  startMs: Schema.Int,
  endMs: Schema.Int,
  days: Schema.Array(Schema.String)
})
export type Period = typeof Period.Type

/** Any time: `startMs` inclusive, `endMs` exclusive. */
export type Span = Pick<Period, "startMs" | "endMs">

const isoDate = (utcMillis: number): string => new Date(utcMillis).toISOString().slice(0, 10)

/** Seven local days, which are 167 or 169 hours long when the clocks change. */
export const periodOf = (weekId: WeekId, zone: DateTime.TimeZone): Period => {
  const monday = mondayOf(weekId)
  const localMidnight = (wall: number): number =>
    DateTime.toEpochMillis(
      DateTime.makeZonedUnsafe(wall, { timeZone: zone, adjustForTimeZone: true })
    )
  return {
    weekId,
    timeZone: DateTime.zoneToString(zone),
    startMs: localMidnight(monday),
    endMs: localMidnight(monday + weekMs),
    days: Array.from({ length: 7 }, (_, day) => isoDate(monday + day * dayMs))
  }
}

/** The last week that had ended in the zone at the instant. */
export const previousWeek = (epochMillis: number, zone: DateTime.TimeZone): WeekId =>
  utcWeekId(wallClock(epochMillis, zone) - weekMs)

/** The weeks before a week, oldest first. */
export const weeksBefore = (weekId: WeekId, count: number): ReadonlyArray<WeekId> => {
  const monday = mondayOf(weekId)
  return Array.from({ length: count }, (_, n) => utcWeekId(monday - (count - n) * weekMs))
}

/** The partitions of the week index that a span overlaps, in order; a period has one or two. */
export const utcWeeksOf = ({ endMs, startMs }: Span): ReadonlyArray<WeekId> => {
  const monday = mondayOf(utcWeekId(startMs))
  const weeks = Math.ceil((endMs - monday) / weekMs)
  return Array.from({ length: weeks }, (_, n) => utcWeekId(monday + n * weekMs))
}
