/** How French writes numbers and dates. */
import { datesIn } from "../Dates.ts"
import { numbersIn } from "../Numbers.ts"

export const numbers = numbersIn("fr-FR", {
  none: "n. d.",
  overHour: "plus de 1 h",
  overBillion: "plus de 1 Md $",
  bytes: ["octets", "Ko", "Mo", "Go", "To"],
  narrow: ["k", "M", "G", "T"],
  unknownCountry: "Inconnu",
  tor: "Réseau Tor",
  unknownLanguage: "une langue inconnue"
})

export const dates = datesIn("fr-FR", {
  range: (first, last) => `Du ${first} au ${last}`,
  unknownTime: "à une heure inconnue"
})

export const { count } = numbers

/** Whole millions are millions of something. */
export const plural = (n: number, one: string, other = `${one}s`): string =>
  numbers.plural(n, one, other, /^[aeéèhiou]/i.test(other) ? `d’${other}` : `de ${other}`)

export const times = (n: number): string => plural(n, "fois", "fois")

export const questions = (n: number): string => plural(n, "question")
export const answers = (n: number): string => plural(n, "réponse")
export const events = (n: number): string => plural(n, "événement")
