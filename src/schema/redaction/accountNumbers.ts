/** Card numbers and IBANs, as far as their check digits confirm them. */
import type { Recogniser } from "./Recogniser.ts"

export const digitsOf = (text: string): string => text.replace(/\D/g, "")

/** Verifies the check digit of cards and of many other numbers. */
export const hasLuhn = (digits: string): boolean => {
  let sum = 0
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]) * (1 + (place % 2))
    sum += digit > 9 ? digit - 9 : digit
  }
  return sum % 10 === 0
}

/** First digits and lengths of the card networks' numbers. */
const issued = new RegExp(
  "^(?:4(?:\\d{12}|\\d{15}|\\d{18})|(?:5[1-5]|2[2-7]|35)\\d{14}|3[47]\\d{13}" +
    "|3(?:0[0-59]|[689]\\d)\\d{11,13}|9792\\d{12}|6\\d{15,18}|5[06-8]\\d{14,17})$"
)

const isCard = (text: string): boolean => {
  const digits = digitsOf(text)
  return issued.test(digits) && hasLuhn(digits)
}

/** IBANs are shorter than identifiers in hexadecimal, except those of Saint Lucia. */
const isIban = (text: string): boolean => {
  const compact = text.replace(/[ -]/g, "").toUpperCase()
  if (compact.length < 15 || compact.length > 31) return false
  const moved = compact.slice(4) + compact.slice(0, 4)
  let rest = 0
  for (let place = 0; place < moved.length; place++) {
    const code = moved.charCodeAt(place)
    rest = (code > 64 ? rest * 100 + code - 55 : rest * 10 + code - 48) % 97
  }
  return rest === 1
}

/** Drops the last groups of a candidate until the rest passes. */
export const longest =
  (is: (text: string) => boolean) =>
  (candidate: string): number => {
    let text = candidate
    while (text !== "" && !is(text)) text = text.replace(/(?:^|[ ./-])[^ ./-]*$/, "")
    return text.length
  }

const sign = "[a-z0-9]"

export const accountNumbers: ReadonlyArray<Recogniser> = [
  {
    label: "iban",
    pattern: new RegExp(
      `(?<![\\w-])[a-z]{2}\\d\\d([ -]?)${sign}{4}(?:\\1${sign}{4}){1,6}` +
        `(?:\\1${sign}{1,3})?(?![\\w-])`,
      "gi"
    ),
    extent: longest(isIban)
  },
  {
    label: "card",
    // not within an identifier in hexadecimal
    pattern: /(?<!\d|\d[.,]|[\da-f]-|\d[a-f]{1,12})\d{4}(?:[ .-]?\d){8,15}(?!-?[\da-f])/g,
    extent: longest(isCard)
  }
]
