/** Reads times in the forms that tools write, and says which of them leave a choice. */
import * as DateTime from "effect/DateTime"

/** Day before month, or month before day, where a date has numbers alone. */
export const dayOrders = ["dmy", "mdy"] as const
export type DayOrder = (typeof dayOrders)[number]

export interface ReadTime {
  /** Undefined where only the order decides. */
  readonly ms: number | undefined
  /** Its offset is not told, so the site's zone counts. */
  readonly isBare: boolean
  /** The order that a date of numbers alone has; both where it has a choice. */
  readonly order?: DayOrder | "either"
}

export interface TimeOptions {
  readonly zone: DateTime.TimeZone
  readonly order?: DayOrder | undefined
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

/** RFC 2822 knows these beside numbers, as hours. */
const zones: Readonly<Record<string, number>> = {
  z: 0,
  utc: 0,
  gmt: 0,
  ut: 0,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
  cet: 1,
  cest: 2
}

const clock =
  /(?<![\d.+-])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:\s*([ap])\.?\s?m\b\.?)?/i
const offset = /(?:(?:utc|gmt)\s*)?([+-])(\d{2}):?(\d{2})?(?:\s*utc)?(?:\s*\([^)]*\))?$/i
const zoneName = /(?<=[\d\s])(z|utc?|gmt|e[sd]t|c[sd]t|m[sd]t|p[sd]t|cet|cest)(?:\s*\([^)]*\))?$/i
const word = /\p{L}+/gu
/** Words beside the month's name; any other may be a zone that nobody knows. */
const other = /^(?:mon|tue|wed|thu|fri|sat|sun|of$)/

/** Epoch seconds, milliseconds, microseconds or nanoseconds, by their length. */
const ofEpoch = (text: string): number | undefined => {
  const [, whole = "", fraction = ""] = /^(\d{9,19})(\.\d+)?$/.exec(text) ?? []
  const scale = { 9: 1000, 10: 1000, 13: 1, 16: 1e-3, 19: 1e-6 }[whole.length]
  return scale === undefined ? undefined : Math.round(Number(whole + fraction) * scale)
}

interface Day {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly order?: DayOrder | "either"
}

const yearOf = (digits: string): number => Number(digits) + (digits.length === 2 ? 2000 : 0)

/** The named month decides; the longer number or the last is the year. */
const dayWithName = (text: string): Day | undefined => {
  const words = text.toLowerCase().match(word) ?? []
  const named = words.map((each) => months.indexOf(each.slice(0, 3))).filter((at) => at >= 0)
  const numbers = text.match(/\d+/g) ?? []
  const [first = "", second = ""] = numbers
  const isDate = words.every((each) => other.test(each) || months.includes(each.slice(0, 3)))
  if (named.length !== 1 || numbers.length !== 2 || !isDate) return undefined
  const [year, day] = first.length === 4 ? [first, second] : [second, first]
  if (year.length !== 4 && year.length !== 2) return undefined
  return { year: yearOf(year), month: (named[0] ?? 0) + 1, day: Number(day) }
}

const dayOfNumbers = (text: string, order: DayOrder | undefined): Day | undefined => {
  const iso = /^(\d{4})([-/.]?)(\d{2})\2(\d{2})$|^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text)
  if (iso !== null) {
    const [year, month, day] = iso[1] === undefined ? iso.slice(5) : [iso[1], iso[3], iso[4]]
    return { year: Number(year), month: Number(month), day: Number(day) }
  }
  const parts = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})$/.exec(text)
  if (parts === null) return undefined
  const [, first, mark, second, last = ""] = parts
  const [a, b, year] = [Number(first), Number(second), yearOf(last)]
  // nobody writes the month first with full stops
  const shown = mark === "." ? "dmy" : a > 12 ? "dmy" : b > 12 ? "mdy" : "either"
  const taken = shown === "either" ? (order ?? (a === b ? "dmy" : undefined)) : shown
  if (taken === undefined) return { year, month: 0, day: 0, order: "either" }
  if (mark === "." || a === b) return { year, month: b, day: a }
  const [day, month] = taken === "dmy" ? [a, b] : [b, a]
  return { year, month, day, order: shown === "either" ? "either" : taken }
}

const weekday = /^(?:mon|tue|wed|thu|fri|sat|sun)\p{L}*\.?,?\s+/iu

/** The milliseconds of a day, and the text without its clock and its zone. */
const takeApart = (given: string) => {
  // `date` of Unix writes the year last
  let text = given.replace(/ ([A-Z]{3,4}) (\d{4})$/, " $2 $1").replace(/\[[\w/]+\]$/, "")
  let minutes: number | undefined
  const byNumber = /\d:\d|T\d/.test(text) ? offset.exec(text) : null
  const byName = byNumber === null ? zoneName.exec(text) : null
  if (byNumber !== null) {
    const [all, sign, hours, more = "0"] = byNumber
    minutes = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(more))
    text = text.slice(0, -all.length).trimEnd()
    text = text.replace(/\s(?:utc|gmt)$/i, "")
  } else if (byName !== null) {
    minutes = 60 * (zones[byName[1]?.toLowerCase() ?? ""] ?? 0)
    text = text.slice(0, byName.index).trimEnd()
  }
  const compact = /^(\d{8})T?(\d{2})(\d{2})(\d{2})$/.exec(text)
  if (compact !== null) text = `${compact[1]} ${compact.slice(2).join(":")}`
  text = text.replace(/(\d)T(?=\d{1,2}:)/, "$1 ").replace(/(\d{4}):(?=\d{2}:\d{2}:)/, "$1 ")
  const time = clock.exec(text)
  if (time === null) return { day: text, timeMs: 0, minutes }
  const [all, hour = "", minute, second = "0", fraction = "", half] = time
  const past = half === undefined ? Number(hour) : (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0)
  const isTime =
    past < 24 && Number(minute) < 60 && Number(second) < 61 && !(half && Number(hour) > 12)
  const timeMs = isTime
    ? ((past * 60 + Number(minute)) * 60 + Number(second)) * 1000 +
      Math.floor(Number(`0.${fraction}0`) * 1000)
    : Number.NaN
  const around = [text.slice(0, time.index), text.slice(time.index + all.length)]
  return { day: around.join(" "), timeMs, minutes }
}

/** The hour of a wall clock tells its offset; histories ask for the same ones again and again. */
const offsets = new Map<string, number>()
const offsetsMax = 20_000

const inZone = (wallMs: number, zone: DateTime.TimeZone): number => {
  const quarter = Math.floor(wallMs / 900_000)
  const name = `${DateTime.zoneToString(zone)} ${quarter}`
  let shift = offsets.get(name)
  if (shift === undefined) {
    const at = quarter * 900_000
    const zoned = DateTime.makeZonedUnsafe(at, { timeZone: zone, adjustForTimeZone: true })
    shift = DateTime.toEpochMillis(zoned) - at
    if (offsets.size === offsetsMax) offsets.clear()
    offsets.set(name, shift)
  }
  return wallMs + shift
}

/** Undefined for a text that is no time. */
export const readTime = (value: unknown, { order, zone }: TimeOptions): ReadTime | undefined => {
  const text = String(value)
    .trim()
    .replaceAll(/[\u202f\u00a0]/g, " ")
  const epoch = ofEpoch(text)
  if (epoch !== undefined) return { ms: epoch, isBare: false }
  if (text.length > 80) return undefined
  const { day: rest, minutes, timeMs } = takeApart(text)
  const plain = rest.replace(weekday, "").replace(/(\d)(?:st|nd|rd|th)\b/i, "$1")
  const words = plain
    .replace(/\bat\b/i, " ")
    .replaceAll(/,/g, " ")
    .trim()
  const day = dayOfNumbers(words, order) ?? dayWithName(words)
  if (day === undefined || Number.isNaN(timeMs)) return undefined
  const told = day.order === undefined ? {} : { order: day.order }
  if (day.month === 0) return { ms: undefined, isBare: minutes === undefined, ...told }
  const date = new Date(Date.UTC(day.year, day.month - 1, day.day))
  if (date.getUTCMonth() !== day.month - 1 || date.getUTCDate() !== day.day) return undefined
  const wall = date.getTime() + timeMs
  return minutes === undefined
    ? { ms: inZone(wall, zone), isBare: true, ...told }
    : { ms: wall - minutes * 60_000, isBare: false, ...told }
}
