/** The words of `bench/answers/words.txt` with their classes. */
import { readFileSync } from "node:fs"
import { normalise } from "../../../src/schema/chat/judge/normalise.ts"
import { joined, prefixPlace, tokensOf, wholePlace } from "../../../src/schema/chat/judge/tokens.ts"

/** The judge has room for this many words of the list. */
const wordsMax = 3000

const lines = (): ReadonlyArray<string> =>
  readFileSync(new URL("../words.txt", import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !/^#|^\p{Ll}{2}$/u.test(line))

/** A word with a star may go on; so may words of scripts that write no spaces between them. */
const placeOf = (word: string): number => {
  const letters = word.normalize("NFKC").toLowerCase().replace("*", "")
  return word.endsWith("*") || joined.test(letters) ? prefixPlace(letters) : wholePlace(letters)
}

/** Places of words to classes from 1. The first language decides the class of a shared word. */
const listed = (): ReadonlyMap<number, number> => {
  const classes = new Map<string, number>()
  const words = new Map<number, number>()
  for (const line of lines()) {
    const [name = "", ...own] = line.split(" ")
    const kind = classes.get(name) ?? classes.size + 1
    classes.set(name, kind)
    for (const word of own) {
      const at = placeOf(word)
      if (!words.has(at)) words.set(at, kind)
    }
  }
  return words
}

/** The words that most texts have. */
export const wordList = (texts: ReadonlyArray<string>): ReadonlyMap<number, number> => {
  const all = listed()
  const counts = new Map<number, number>()
  let seen = new Set<number>()
  const counting = {
    get: (at: number) => {
      const kind = all.get(at)
      if (kind !== undefined) seen.add(at)
      return kind
    }
  }
  for (const text of texts) {
    seen = new Set()
    tokensOf(normalise(text), counting)
    for (const at of seen) counts.set(at, (counts.get(at) ?? 0) + 1)
  }
  const frequent = [...counts].sort(
    ([at, count], [otherAt, other]) => other - count || at - otherAt
  )
  return new Map(frequent.slice(0, wordsMax).map(([at]) => [at, all.get(at) ?? 0]))
}
