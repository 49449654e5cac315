/** How Spanish writes numbers and dates. */
import { datesIn } from "../Dates.ts"
import { numbersIn } from "../Numbers.ts"

export const numbers = numbersIn("es-ES", {
  none: "n. d.",
  overHour: "más de 1 h",
  overBillion: "más de 1000 M US$",
  bytes: ["bytes", "KB", "MB", "GB", "TB"],
  narrow: ["k", "M", "G", "T"],
  unknownCountry: "Desconocido",
  tor: "Red Tor",
  unknownLanguage: "un idioma desconocido"
})

export const dates = datesIn("es-ES", {
  range: (first, last) => `Del ${first} al ${last}`,
  unknownTime: "en un momento desconocido",
  mended: (date) => date.replace(",", "")
})

export const { count } = numbers

/** Whole millions are millions of something. */
export const plural = (n: number, one: string, other = `${one}s`): string =>
  numbers.plural(n, one, other, `de ${other}`)

export const times = (n: number): string => plural(n, "vez", "veces")

export const questions = (n: number): string => plural(n, "pregunta")
export const answers = (n: number): string => plural(n, "respuesta")
export const events = (n: number): string => plural(n, "evento")
