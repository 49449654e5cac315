/** Times as the owner's clock shows them. */
import type * as DateTime from "effect/DateTime"
import { english } from "../../../src/programs/reporter/words/English.ts"

export interface LocalTime {
  readonly iso: string
  /** `Mon 16 Nov, 14:05` */
  readonly words: string
  /** The whole date with its zone. */
  readonly title: string
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a format takes longer than a whole page of times. */
const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23"
  })
  formats.set(timeZone, made)
  return made
}

export const localTime = (epochMillis: number, zone: DateTime.TimeZone.Named): LocalTime => {
  const parts = formatOf(zone.id).formatToParts(epochMillis)
  const part = (wanted: Intl.DateTimeFormatPartTypes): string =>
    parts.find(({ type }) => type === wanted)?.value ?? ""
  const day = ["weekday", "day", "month"] as const
  return {
    iso: new Date(epochMillis).toISOString(),
    words: `${day.map(part).join(" ")}, ${part("hour")}:${part("minute")}`,
    title: english.dates.instant(epochMillis, zone.id)
  }
}
