/**
 * Tells a silence that a site's own habits do not explain. The same stretch of the week is looked
 * at in earlier weeks, so nights, weekends and sites with few questions explain themselves.
 */
import type * as DateTime from "effect/DateTime"
import { utcWeekId, type WeekId, wallClock, weeksBefore } from "../../schema/IsoWeek.ts"
import type { WeeklyReport } from "../../schema/report/WeeklyReport.ts"

const hourMs = 3_600_000
const hoursOfWeek = 168

/** Nothing has come since this time, in epoch milliseconds. */
export interface Silence {
  readonly sinceMs: number
  readonly nowMs: number
}

/**
 * The stretch has questions in so many hours of every earlier week, or its silence may be chance.
 * Hours are counted and not questions, because one visitor asks several at a time.
 */
export const usualHoursMin = 8

/** A longer silence has no earlier weeks to be compared with. */
export const silenceMaxMs = 4 * hoursOfWeek * hourMs

/** The earlier weeks that a stretch is compared with, and how many of them must have a report. */
const comparedWeeks = 4
const knownWeeksMin = 3

/** The whole hours of a silence as the clock on the wall shows them. */
const hoursOf = (
  { nowMs, sinceMs }: Silence,
  zone: DateTime.TimeZone.Named
): ReadonlyArray<number> => {
  const first = Math.floor(wallClock(sinceMs, zone) / hourMs) + 1
  const end = Math.floor(wallClock(nowMs, zone) / hourMs)
  return Array.from({ length: Math.max(0, end - first) }, (_, n) => first + n)
}

/** The least number of weeks by which the stretch moves to before the silence. */
const firstShift = (hours: ReadonlyArray<number>): number =>
  Math.max(1, Math.ceil(hours.length / hoursOfWeek))

/** The weeks whose reports tell about the stretch: none when the silence is too short to tell. */
export const weeksToCompare = (
  silence: Silence,
  zone: DateTime.TimeZone.Named
): ReadonlyArray<WeekId> => {
  const hours = hoursOf(silence, zone)
  if (hours.length < usualHoursMin) return []
  const thisWeek = utcWeekId(wallClock(silence.nowMs, zone))
  return weeksBefore(thisWeek, 2 * firstShift(hours) + comparedWeeks)
}

/** Questions of one hour on the wall; undefined without a report of its week. */
const questionsAt = (reports: ReadonlyMap<WeekId, WeeklyReport>, hour: number) => {
  const report = reports.get(utcWeekId(hour * hourMs))
  // 1 January 1970 was a Thursday
  const weekday = (Math.floor(hour / 24) + 3) % 7
  return report?.hours[weekday]?.[hour % 24]
}

/**
 * The hours with questions that the stretch has in the quietest of the earlier weeks. None when too
 * few weeks are known.
 */
export const usualHours = (
  silence: Silence,
  reports: ReadonlyArray<WeeklyReport>,
  zone: DateTime.TimeZone.Named
): number => {
  const known = new Map(reports.map((report) => [report.period.weekId, report]))
  const hours = hoursOf(silence, zone)
  const counts = Array.from({ length: comparedWeeks }, (_, n) => firstShift(hours) + n).flatMap(
    (weeks) => {
      const then = hours.map((hour) => questionsAt(known, hour - weeks * hoursOfWeek))
      return then.includes(undefined) ? [] : [then.filter((questions) => questions !== 0).length]
    }
  )
  return counts.length < knownWeeksMin ? 0 : Math.min(...counts)
}
