/** How Italian writes numbers and dates. */
import { datesIn } from "../Dates.ts"
import { numbersIn } from "../Numbers.ts"

export const numbers = numbersIn("it-IT", {
  none: "n.d.",
  overHour: "più di 1 h",
  overBillion: "più di 1 Mld USD",
  bytes: ["byte", "KB", "MB", "GB", "TB"],
  narrow: ["k", "M", "G", "T"],
  unknownCountry: "Sconosciuto",
  tor: "Rete Tor",
  unknownLanguage: "una lingua sconosciuta"
})

export const dates = datesIn("it-IT", {
  range: (first, last) => `Da ${first} a ${last}`,
  unknownTime: "in un momento sconosciuto"
})

export const { count } = numbers

/** Whole millions are millions of something. */
export const plural = (n: number, one: string, other: string): string =>
  numbers.plural(n, one, other, `di ${other}`)

export const times = (n: number): string => plural(n, "volta", "volte")

export const questions = (n: number): string => plural(n, "domanda", "domande")
export const answers = (n: number): string => plural(n, "risposta", "risposte")
export const events = (n: number): string => plural(n, "evento", "eventi")
