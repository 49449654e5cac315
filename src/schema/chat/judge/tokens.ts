import { fold, foldText, place, seed } from "./hash.ts"
import { quoted } from "./normalise.ts"

/** The class of a word by the place of its letters, for all languages at once. */
export type Words = Pick<ReadonlyMap<number, number>, "get">

/** Classes that no list of words has. */
export const [ending, comma, sign, quotation] = [60, 61, 62, 63] as const

export interface Token {
  /** The hash of the word's first letters, which stand for all its forms. */
  readonly stem: number
  /** 0 for a word of no class. */
  readonly kind: number
}

export const wordBits = 20
const stemLength = 6
const prefixMax = 9
const wholeMark = 1

const lettersOf = (text: string): number => foldText(seed, text, 0, text.length)

/** The place of letters with which a word may begin. */
export const prefixPlace = (text: string): number => place(lettersOf(text), wordBits)
/** The place of a word that counts only without further letters. */
export const wholePlace = (text: string): number =>
  place(fold(lettersOf(text), wholeMark), wordBits)

/** Scripts whose words follow each other without spaces, or have particles in front of them. */
export const joined = /[\u0600-\u06ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/
const pieces = /[\p{L}\p{M}]+(?:'(?=[a-zà-\uffff]))?|0|[.!?。！？।؟:;,،、…$€£¥%]/gu
const endings = ".!?。！？।؟…"
const commas = ",،、;:"
const signs = "0$€£¥%"

const tokenOf = (text: string, from: number, to: number, kind: number): Token => ({
  stem: foldText(seed, text, from, Math.min(to, from + stemLength)),
  kind
})

/** The class and the length of the longest listed beginning. */
const longestAt = (words: Words, text: string, from: number): readonly [number, number] => {
  let hash = seed
  let [kind, length] = [0, 0]
  const end = Math.min(text.length, from + prefixMax)
  for (let index = from; index < end; index++) {
    hash = fold(hash, text.charCodeAt(index))
    const found = words.get(place(hash, wordBits))
    if (found !== undefined) [kind, length] = [found, index + 1 - from]
  }
  return [kind, length]
}

/** Takes listed words out of letters without spaces; what lies between two of them is one word. */
const addJoined = (tokens: Array<Token>, words: Words, text: string): void => {
  let gap = 0
  for (let index = 0; index < text.length; ) {
    const [kind, length] = longestAt(words, text, index)
    if (length > 0) {
      if (gap < index) tokens.push(tokenOf(text, gap, index, 0))
      tokens.push(tokenOf(text, index, index + length, kind))
      gap = index + length
    }
    index += Math.max(1, length)
  }
  if (gap < text.length) tokens.push(tokenOf(text, gap, text.length, 0))
}

const kindOf = (words: Words, piece: string): number => {
  if (endings.includes(piece)) return ending
  if (commas.includes(piece)) return comma
  if (signs.includes(piece)) return sign
  if (piece === quoted) return quotation
  return words.get(wholePlace(piece)) ?? longestAt(words, piece, 0)[0]
}

/** The words and marks of a normalised text in their order. */
export const tokensOf = (text: string, words: Words): ReadonlyArray<Token> => {
  const tokens: Array<Token> = []
  for (const piece of text.match(pieces) ?? []) {
    if (joined.test(piece)) addJoined(tokens, words, piece)
    else tokens.push(tokenOf(piece, 0, piece.length, kindOf(words, piece)))
  }
  return tokens
}
