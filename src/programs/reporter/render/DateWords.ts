/** Dates in words. The names are written here so that a new runtime does not change the mail. */
import * as DateTime from "effect/DateTime"
import * as Option from "effect/Option"
import { type Period, periodOf, type WeekId } from "../../../schema/IsoWeek.ts"

const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
const months = [
  ["January", "February", "March", "April", "May", "June"],
  ["July", "August", "September", "October", "November", "December"]
].flat()

type Parts = DateTime.DateTime.PartsWithWeekday

const weekday = ({ weekDay }: Parts): string => weekdays[weekDay] ?? ""
const month = ({ month }: Parts): string => months[month - 1] ?? ""
const shortMonth = (day: Parts): string => month(day).slice(0, 3)

const partsOf = (date: string): Parts | undefined =>
  Option.getOrUndefined(Option.map(DateTime.make(date), DateTime.toPartsUtc))

const firstAndLast = ({ days }: Period): readonly [Parts, Parts] | undefined => {
  const [first, last] = [partsOf(days.at(0) ?? ""), partsOf(days.at(-1) ?? "")]
  return first && last && [first, last]
}

/** `Mon 16`; an unreadable date is returned unchanged. */
export const shortDay = (date: string): string => {
  const day = partsOf(date)
  return day === undefined ? date : `${weekday(day).slice(0, 3)} ${day.day}`
}

/** The Monday of a week: `16 Nov`. */
export const mondayOf = (weekId: WeekId): string => {
  const monday = partsOf(periodOf(weekId, DateTime.zoneMakeOffset(0)).days[0] ?? "")
  return monday === undefined ? weekId : `${monday.day} ${shortMonth(monday)}`
}

/** `16-22 Nov 2026`; the month and the year appear twice only if they change. */
export const shortRange = (period: Period): string => {
  const range = firstAndLast(period)
  if (range === undefined) return period.weekId
  const [first, last] = range
  const end = `${last.day} ${shortMonth(last)} ${last.year}`
  if (first.year !== last.year) return `${first.day} ${shortMonth(first)} ${first.year}-${end}`
  if (first.month !== last.month) return `${first.day} ${shortMonth(first)}-${end}`
  return `${first.day}-${end}`
}

/** `Monday 16 to Sunday 22 November 2026`. */
export const longRange = (period: Period): string => {
  const range = firstAndLast(period)
  if (range === undefined) return period.weekId
  const [first, last] = range
  const year = first.year === last.year ? "" : ` ${first.year}`
  const start = first.month === last.month ? "" : ` ${month(first)}${year}`
  const end = `${weekday(last)} ${last.day} ${month(last)} ${last.year}`
  return `${weekday(first)} ${first.day}${start} to ${end}`
}

const zoneOf = (timeZone: string): DateTime.TimeZone =>
  Option.getOrElse(DateTime.zoneFromString(timeZone), () => DateTime.zoneMakeNamedUnsafe("UTC"))

/** The date in the zone, as `2026-11-18`; absent for a time that no calendar has. */
export const dateAt = (epochMillis: number, timeZone: string): string | undefined =>
  Option.getOrUndefined(
    Option.map(
      DateTime.makeZoned(epochMillis, { timeZone: zoneOf(timeZone) }),
      DateTime.formatIsoDate
    )
  )

const twoDigits = (n: number): string => String(n).padStart(2, "0")

/** `Monday 23 November 2026, 07:00 (Europe/London)`; in UTC if the zone is unknown. */
export const instant = (epochMillis: number, timeZone: string): string => {
  const zone = zoneOf(timeZone)
  return Option.match(DateTime.makeZoned(epochMillis, { timeZone: zone }), {
    onNone: () => "at an unknown time",
    onSome: (zoned) => {
      const at = DateTime.toParts(zoned)
      const clock = `${twoDigits(at.hour)}:${twoDigits(at.minute)}`
      const day = `${weekday(at)} ${at.day} ${month(at)} ${at.year}`
      return `${day}, ${clock} (${DateTime.zoneToString(zone)})`
    }
  })
}
