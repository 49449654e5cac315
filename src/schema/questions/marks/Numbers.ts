/** Numbers with their signs, and places such as addresses and paths: no two of them are alike. */
import { anyOf } from "./anyOf.ts"

const digitOf = (sign: string): string => {
  const code = sign.codePointAt(0) ?? 0
  const row = code - (code % 16)
  // a script has its ten digits at the start of a row of 16, or from the seventh place on
  return String(/\p{Nd}/u.test(String.fromCodePoint(row)) ? code - row : code - row - 6)
}

const plainDigits = (text: string): string => text.replace(/(?![0-9])\p{Nd}/gu, digitOf)

const number = new RegExp(
  String.raw`(?:[<>≤≥≠=]=?\s?|(?<![\p{L}\p{N}\s.,)-])-|(?<=\s|^)-|[$€£¥₹]\s?)?` +
    String.raw`\p{N}+(?:[.,:'’]\p{N}+)*(?:\s?[%‰°$€£¥₹])?`,
  "gu"
)

const calculation = /(?<![\p{N}.,])\p{N}[\p{N}.,]*(?:\s*[-+*/×÷^=<>]\s*\p{N}[\p{N}.,]*)+/gu

/** "10,000", "10.000" and "10'000" are one number, "1.5" is another than "15". */
const withoutThousands = (text: string): string =>
  text.replace(/(?<=\p{N})[.,'’](?=\p{N}{3}(?!\p{N}))/gu, "")

const bare = (text: string): string => withoutThousands(text).replace(/\s+/g, "")

/** Each alternative starts where a run of its signs starts, so that reading stays linear. */
export const place = anyOf(
  "giu",
  String.raw`(?<![a-z+.\-])[a-z][a-z+.\-]{0,20}:\/\/[^\s<>"']+|\bwww\.[^\s<>"']+`,
  String.raw`(?<=^|[\s("'])(?:[~.]{0,2}\/|[a-z]:\\)[^\s<>"']+`,
  String.raw`(?<![\w.\/\-])[\w.\-]+(?:\/[\w.\-]+){2,}`,
  String.raw`(?<![\w.\/\-])[\w\-]+(?:\/[\w.\-]+)*\/[\w\-]+\.\w+`,
  String.raw`(?<![\w.+\-])[\w.+\-]+@[\w\-]+\.[\w.\-]+|(?<=^|\s)--?[a-z][\w\-]*`
)

/** Spares most questions the search for a place. */
export const hasPlace = /[/@\\]|www\.|-[a-z]/i

const comparison = /(?<=[\p{L}\p{N}\s)])(?:<=|>=|=>|==|!=|<|>|≤|≥|≠|→|->|=)(?=[\s\p{L}\p{N}(])/gu

export const numbersOf = (text: string): ReadonlyArray<string> => {
  if (!/\p{N}/u.test(text)) return []
  const plain = plainDigits(text.normalize("NFKC"))
  return [...(plain.match(number) ?? []).map(bare), ...(plain.match(calculation) ?? []).map(bare)]
}

export const signsOf = (text: string): ReadonlyArray<string> => text.match(comparison) ?? []

export const placesOf = (text: string): ReadonlyArray<string> =>
  ((hasPlace.test(text) && text.match(place)) || []).map((found) =>
    found.replace(/[.,;:!?)\]}/]+$/, "")
  )
