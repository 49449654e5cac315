/** When people visit a site: hours of the week, holidays, and weeks over which clocks change. */
import * as DateTime from "effect/DateTime"
import { periodOf, utcWeekId, type WeekId, wallClock } from "../../src/schema/IsoWeek.ts"

export const zone = DateTime.zoneMakeNamedUnsafe("Europe/London")

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

/** Weeks without a plan, from which the watch learns what is usual, and those that are judged. */
export const weeksBefore = 8
export const weeksJudged = 26

/** Either half of a year, with the change of clocks that it has. */
const firstMondays = [Date.UTC(2026, 5, 1), Date.UTC(2026, 11, 7)]

export const weeksOf = (seed: number): ReadonlyArray<WeekId> =>
  Array.from({ length: weeksBefore + weeksJudged }, (_, week) =>
    utcWeekId((firstMondays[seed % 2] ?? 0) + week * 7 * dayMs)
  )

/** British ones, and the afternoons before them on which offices are empty. */
const holidays = new Set(
  "2026-08-31 2026-12-25 2026-12-28 2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31".split(
    " "
  )
)
const halfHolidays = new Set(["2026-12-24", "2026-12-31"])

const byHour = Array.from({ length: 24 }, (_, hour) => {
  if (hour >= 9 && hour < 18) return 1
  if (hour >= 7 && hour < 23) return 0.35
  return 0.04
})

const dateOf = (wall: number): string => new Date(wall).toISOString().slice(0, 10)

export const isHoliday = (epochMillis: number): boolean => {
  const date = dateOf(wallClock(epochMillis, zone))
  return holidays.has(date) || halfHolidays.has(date)
}

/** How many come in this hour, beside an hour at the office. */
export const weightAt = (epochMillis: number): number => {
  const wall = wallClock(epochMillis, zone)
  const [date, hour] = [dateOf(wall), Math.floor(wall / hourMs) % 24]
  const weekday = (Math.floor(wall / dayMs) + 3) % 7
  const isAway = holidays.has(date) || (halfHolidays.has(date) && hour >= 13)
  return (byHour[hour] ?? 0) * (weekday >= 5 ? 0.3 : 1) * (isAway ? 0.15 : 1)
}

export const hoursIn = (weekId: WeekId): ReadonlyArray<number> => {
  const { endMs, startMs } = periodOf(weekId, zone)
  return Array.from({ length: (endMs - startMs) / hourMs }, (_, hour) => startMs + hour * hourMs)
}
