/** Dates in a reader's language; `Intl` knows the names and their order. */
import * as DateTime from "effect/DateTime"
import * as Option from "effect/Option"
import { type Period, periodOf, type WeekId, wallClock } from "../../../schema/IsoWeek.ts"

/** The few words that dates need. */
export interface DateTerms {
  /** `Monday 16 to Sunday 22 November 2026` of its two ends. */
  readonly range: (first: string, last: string) => string
  readonly unknownTime: string
  /** Mends a date of `Intl` that reads otherwise in a mail. */
  readonly mended?: (date: string) => string
}

const firstAndLast = ({ days }: Period): readonly [number, number] | undefined => {
  const [first = Number.NaN, last = Number.NaN] = [days.at(0), days.at(-1)].map((day) =>
    Date.parse(day ?? "")
  )
  return Number.isNaN(first + last) ? undefined : [first, last]
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

const day = { day: "numeric" } as const
const weekday = { weekday: "long", ...day } as const

export const datesIn = (locale: string, { mended = (date) => date, ...terms }: DateTerms) => {
  const write = (epochMillis: number, options: Intl.DateTimeFormatOptions): string =>
    mended(new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(epochMillis))
  const longDay = (epochMillis: number): string =>
    write(epochMillis, { ...weekday, month: "long", year: "numeric" })

  return {
    /** `Mon 16`; an unreadable date is returned unchanged. */
    shortDay: (date: string): string => {
      const epochMillis = Date.parse(date)
      return Number.isNaN(epochMillis) ? date : write(epochMillis, { weekday: "short", ...day })
    },

    /** The Monday of a week: `16 Nov`. */
    mondayOf: (weekId: WeekId): string => {
      const { startMs } = periodOf(weekId, DateTime.zoneMakeOffset(0))
      return write(startMs, { ...day, month: "short" })
    },

    /** `16-22 Nov 2026`; the month and the year appear twice only if they change. */
    shortRange: (period: Period): string => {
      const ends = firstAndLast(period)
      if (ends === undefined) return period.weekId
      const format = new Intl.DateTimeFormat(locale, {
        ...day,
        month: "short",
        year: "numeric",
        timeZone: "UTC"
      })
      return mended(format.formatRange(...ends)).replace(/\s*–\s*/u, "-")
    },

    /** `Monday 16 to Sunday 22 November 2026`. */
    longRange: (period: Period): string => {
      const ends = firstAndLast(period)
      if (ends === undefined) return period.weekId
      const [first, last] = ends.map((end) => new Date(end))
      const hasYear = first?.getUTCFullYear() !== last?.getUTCFullYear()
      const hasMonth = hasYear || first?.getUTCMonth() !== last?.getUTCMonth()
      const start = {
        ...weekday,
        ...(hasMonth && { month: "long" as const }),
        ...(hasYear && { year: "numeric" as const })
      }
      return terms.range(write(ends[0], start), longDay(ends[1]))
    },

    /** `Monday 23 November 2026, 07:00 (Europe/London)`; in UTC if the zone is unknown. */
    instant: (epochMillis: number, timeZone: string): string => {
      const zone = zoneOf(timeZone)
      if (Option.isNone(DateTime.make(epochMillis))) return terms.unknownTime
      const local = wallClock(epochMillis, zone)
      const clock = new Date(local).toISOString().slice(11, 16)
      return `${longDay(local)}, ${clock} (${DateTime.zoneToString(zone)})`
    }
  }
}
