/** How Portuguese writes numbers and dates, as most of its speakers do, in Brazil. */
import { datesIn } from "../Dates.ts"
import { numbersIn } from "../Numbers.ts"

export const numbers = numbersIn("pt-BR", {
  none: "n/d",
  overHour: "mais de 1 h",
  overBillion: "mais de US$ 1 bi",
  bytes: ["bytes", "KB", "MB", "GB", "TB"],
  narrow: ["k", "M", "G", "T"],
  unknownCountry: "Desconhecido",
  tor: "Rede Tor",
  unknownLanguage: "um idioma desconhecido"
})

export const dates = datesIn("pt-BR", {
  range: (first, last) => `De ${first} a ${last}`,
  unknownTime: "em um momento desconhecido"
})

export const { count } = numbers

/** Whole millions are millions of something. */
export const plural = (n: number, one: string, other = `${one}s`): string =>
  numbers.plural(n, one, other, `de ${other}`)

export const times = (n: number): string => plural(n, "vez", "vezes")

export const questions = (n: number): string => plural(n, "pergunta")
export const answers = (n: number): string => plural(n, "resposta")
export const events = (n: number): string => plural(n, "evento")
