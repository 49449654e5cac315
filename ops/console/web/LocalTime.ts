/** Times as the owner's clock shows them. */
import * as DateTime from "effect/DateTime"
import { instant, shortDay } from "../../../src/programs/reporter/render/DateWords.ts"

export interface LocalTime {
  readonly iso: string
  /** `Mon 16, 14:05` */
  readonly words: string
  /** The whole date with its zone. */
  readonly title: string
}

export const localTime = (epochMillis: number, zone: DateTime.TimeZone.Named): LocalTime => {
  const at = DateTime.makeZonedUnsafe(epochMillis, { timeZone: zone })
  const { hour, minute } = DateTime.toParts(at)
  const clock = [hour, minute].map((part) => String(part).padStart(2, "0")).join(":")
  return {
    iso: new Date(epochMillis).toISOString(),
    words: `${shortDay(DateTime.formatIsoDate(at))}, ${clock}`,
    title: instant(epochMillis, zone.id)
  }
}
