/** How German writes numbers and dates. */
import { datesIn } from "../Dates.ts"
import { numbersIn } from "../Numbers.ts"

export const numbers = numbersIn("de-DE", {
  none: "k. A.",
  overHour: "über 1 h",
  overBillion: "über 1 Mrd. $",
  bytes: ["Byte", "KB", "MB", "GB", "TB"],
  narrow: ["k", "M", "G", "T"],
  unknownCountry: "Unbekannt",
  tor: "Tor-Netzwerk",
  unknownLanguage: "einer unbekannten Sprache"
})

export const dates = datesIn("de-DE", {
  range: (first, last) => `${first} bis ${last}`,
  unknownTime: "zu unbekannter Zeit"
})

export const { count, plural } = numbers

export const times = (n: number): string =>
  n === 1 ? "einmal" : n === 2 ? "zweimal" : `${count(n)}-mal`

export const questions = (n: number): string => plural(n, "Frage", "Fragen")
export const answers = (n: number): string => plural(n, "Antwort", "Antworten")
