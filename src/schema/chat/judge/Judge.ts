import { unpackGroups } from "./groups.ts"
import { normalise } from "./normalise.ts"
import { tokensOf, wordBits } from "./tokens.ts"
import { traitBits, traitsOf } from "./traits.ts"

/** Two sets of numbers, packed as `groups.ts` says; `bench/answers` trains them. */
export interface PackedJudge {
  /** Places of words, a group for each class from 1. */
  readonly words: string
  readonly classes: number
  /** Places of traits, a group for each level. */
  readonly traits: string
  /** The weight of each trait of a group; a refusal has the higher sum. */
  readonly levels: ReadonlyArray<number>
  /** A number to add to the sum of an English text, and one for any other. */
  readonly bias: { readonly english: number; readonly other: number }
}

export interface Judge {
  /** Above 0 if the text says that it cannot answer. */
  readonly refusal: (text: string) => number
}

const looksEnglish = /\b(?:the|is|to|of|it|you|that|are|not|have|i'm)\b/i
/** Looks at the beginning alone. */
export const isEnglish = (text: string): boolean => looksEnglish.test(text.slice(0, 400))

export const makeJudge = (packed: PackedJudge): Judge => {
  const classes = new Uint8Array(2 ** wordBits)
  unpackGroups(packed.words, packed.classes, classes)
  const words = { get: (at: number) => classes[at] || undefined }
  const groups = new Uint8Array(2 ** traitBits)
  unpackGroups(packed.traits, packed.levels.length, groups)
  /** Names and places alone refuse nothing, however unknown they are. */
  const saysNothing = (text: string): boolean =>
    tokensOf(normalise(text), words).every(({ kind }) => kind === 0 || kind > packed.classes)
  const refusal = (text: string): number => {
    const traits = traitsOf(text, words)
    let sum = 0
    for (const trait of new Set(traits)) sum += packed.levels[(groups[trait] ?? 0) - 1] ?? 0
    const bias = isEnglish(text) ? packed.bias.english : packed.bias.other
    const refused = sum / Math.sqrt(traits.length) + bias
    return refused > 0 && saysNothing(text) ? 0 : refused
  }
  return { refusal }
}
