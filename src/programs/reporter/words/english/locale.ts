/** How English writes numbers and dates. */
import { datesIn } from "../Dates.ts"
import { numbersIn } from "../Numbers.ts"

export const numbers = numbersIn("en-US", {
  none: "n/a",
  overHour: "over 1 h",
  overBillion: "over $1B",
  bytes: ["bytes", "KB", "MB", "GB", "TB"],
  narrow: ["K", "M", "B", "T"],
  unknownCountry: "Unknown",
  tor: "Tor network",
  unknownLanguage: "an unknown language"
})

/** The day before the month, because readers are everywhere. */
export const dates = datesIn("en-GB", {
  range: (first, last) => `${first} to ${last}`,
  unknownTime: "at an unknown time",
  mended: (date) => date.replace(",", "").replace(/\bSept\b/, "Sep")
})

export const { count, country, duration, language, usd } = numbers

export const plural = (n: number, one: string, many = `${one}s`): string =>
  numbers.plural(n, one, many)

/** `once`, `twice`, `3 times`. */
export const times = (n: number): string =>
  n === 1 ? "once" : n === 2 ? "twice" : `${count(n)} times`
