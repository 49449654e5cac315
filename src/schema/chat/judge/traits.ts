import { fold, place, seed } from "./hash.ts"
import { normalise } from "./normalise.ts"
import { ending, type Token, tokensOf, type Words } from "./tokens.ts"

export const traitBits = 17

/** How many words may lie between two classes that count as near each other. */
const nearMax = 6
const shapeLength = 1000

const sort = (number: number): number => fold(seed, 0x10000 + number)
const [stem, kind, shape] = [sort(1), sort(2), sort(3)]
const [kindStem, stemKind] = [sort(4), sort(5)]
const [nextKinds, nearKinds] = [sort(6), sort(7)]
const start: Token = { stem: 64, kind: 0 }

const addToken = (traits: Array<number>, token: Token, last: Token): void => {
  traits.push(fold(stem, token.stem))
  if (last.kind !== 0) traits.push(fold(fold(kindStem, last.kind), token.stem))
  if (token.kind !== 0) {
    traits.push(fold(kind, token.kind), fold(fold(stemKind, last.stem), token.kind))
  }
  traits.push(fold(fold(nextKinds, last.kind), token.kind))
}

const addWords = (traits: Array<number>, tokens: ReadonlyArray<Token>): void => {
  let last = start
  let near: Array<number> = []
  for (const token of tokens) {
    addToken(traits, token, last)
    if (token.kind !== 0) {
      for (const other of near) {
        if (other !== 0) traits.push(fold(fold(nearKinds, other), token.kind))
      }
    }
    if (token.kind === ending) near = []
    else near.push(token.kind)
    if (near.length > nearMax) near.shift()
    last = token
  }
}

const addShape = (traits: Array<number>, text: string): void => {
  const beginning = text.slice(0, shapeLength)
  traits.push(fold(shape, Math.min(9, Math.floor(Math.log2(1 + text.length)))))
  if (/\d/.test(beginning)) traits.push(fold(shape, 20))
  if (/```|\n\s*[-*\d]/.test(beginning)) traits.push(fold(shape, 21))
  if (/\?\s*$/.test(text.slice(-20))) traits.push(fold(shape, 22))
}

/**
 * The places of everything about a text that may tell a refusal: its words, pairs of them, and
 * which classes of words stand near each other. Only the beginning of the text is read.
 */
export const traitsOf = (text: string, words: Words): ReadonlyArray<number> => {
  const traits: Array<number> = []
  addWords(traits, tokensOf(normalise(text), words))
  addShape(traits, text)
  return traits.map((trait) => place(trait, traitBits))
}
