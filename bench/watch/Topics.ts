/** Topics of a simulated site, in words that no two of them share. */
import type { Chance } from "./Chance.ts"

export interface Topic {
  readonly noun: string
  /** The share of its questions without a good answer. */
  readonly missedShare: number
}

const syllables = "ba ce di fo gu ha ke li mo nu pa ri so tu va we xi yo za bre cla dro fli".split(
  " "
)

/** One in six topics is a gap of the knowledge base. */
export const topicsOf = (chance: Chance, count: number): ReadonlyArray<Topic> => {
  const nouns = new Set<string>()
  while (nouns.size < count) {
    nouns.add(Array.from({ length: 4 }, () => syllables[chance.whole(syllables.length)]).join(""))
  }
  return [...nouns].map((noun) => ({ noun, missedShare: chance.strikes(1 / 6) ? 0.9 : 0.03 }))
}

const wordings = [
  (noun: string) => `Do you offer ${noun}?`,
  (noun: string) => `do you offer ${noun} here`,
  (noun: string) => `Do you offer a ${noun}?`
]

export const wordingOf = ({ noun }: Topic, form: number): string =>
  wordings[form % wordings.length]?.(noun) ?? noun
