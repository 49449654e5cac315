/** Finds the marking words of a text, in whatever languages the text may be. */
import type { Language, MarkTable, Words } from "./MarkTable.ts"

/** The meaning of a word in one language. */
export interface Meaning {
  readonly language: Language
  readonly concern: string
  readonly value: string
  /** A word that must stand before this one, and how far away at most. */
  readonly first?: string
  readonly within: number
}

export interface Hit extends Meaning {
  /** The place of the word in the text. */
  readonly at: number
}

const gapMax = 4
const lookedMax = 10_000
const prefixLengthMin = 3
const prefixLengthMax = 12
const suffixLengthMin = 2
const suffixLengthMax = 10

export const withoutAccents = (word: string): string =>
  word
    .normalize("NFD")
    .replace(/[\u0300-\u036F]/g, "")
    .normalize("NFC")

/** One word may say two things in two languages that are equally likely: the first decides. */
const preferred: ReadonlyArray<Language> = [
  ...(["en", "de", "es", "fr", "pt", "it", "nl", "pl", "ru", "uk", "cs", "tr"] as const),
  ...(["sv", "da", "no", "fi", "ar", "hi", "ko", "ja", "zh"] as const)
]

type Meanings = Map<string, Array<Meaning>>

const put = (meanings: Meanings, word: string, meaning: Meaning): void => {
  const known = meanings.get(word)
  if (known === undefined) meanings.set(word, [meaning])
  else known.push(meaning)
}

export class Lexicon {
  readonly #words: Meanings = new Map()
  readonly #beginnings: Meanings = new Map()
  readonly #endings: Meanings = new Map()
  /** Words come again, and looking them up takes time. */
  readonly #looked = new Map<string, ReadonlyArray<Meaning>>()

  addTable(concern: string, table: MarkTable): void {
    for (const [value, words] of Object.entries(table)) this.addWords(concern, value, words)
  }

  addWords(concern: string, value: string, words: Words): void {
    for (const [language, list] of Object.entries(words)) {
      for (const entry of list.normalize("NFC").toLowerCase().split(/\s+/)) {
        this.#add(entry, { language: language as Language, concern, value, within: 0 })
      }
    }
  }

  /** Visitors leave accents out, unless that makes another word of the language. */
  addBareForms(): void {
    for (const [word, meanings] of [...this.#words]) {
      const bare = withoutAccents(word)
      if (bare === word) continue
      const taken = new Set(this.#words.get(bare)?.map(({ language }) => language))
      for (const meaning of meanings) {
        if (!taken.has(meaning.language)) put(this.#words, bare, meaning)
      }
    }
  }

  #add(entry: string, meaning: Meaning): void {
    const [first = "", last] = entry.split(/[_~]/)
    if (last !== undefined) {
      put(this.#words, last, { ...meaning, first, within: entry.includes("~") ? gapMax : 1 })
    } else if (entry.startsWith("*")) put(this.#endings, entry.slice(1), meaning)
    else if (entry.endsWith("*")) put(this.#beginnings, entry.slice(0, -1), meaning)
    else put(this.#words, entry, meaning)
  }

  #look(word: string): ReadonlyArray<Meaning> {
    const found = [...(this.#words.get(word) ?? [])]
    for (let length = prefixLengthMin; length <= word.length && length <= prefixLengthMax; length++)
      found.push(...(this.#beginnings.get(word.slice(0, length)) ?? []))
    for (let length = suffixLengthMin; length < word.length && length <= suffixLengthMax; length++)
      found.push(...(this.#endings.get(word.slice(-length)) ?? []))
    return found
  }

  #meaningsOf(word: string): ReadonlyArray<Meaning> {
    const known = this.#looked.get(word)
    if (known !== undefined) return known
    if (this.#looked.size === lookedMax) this.#looked.clear()
    const found = this.#look(word)
    this.#looked.set(word, found)
    return found
  }

  /** The meanings in the languages that know most of these words; English wins among equals. */
  hits(words: ReadonlyArray<string>): ReadonlyArray<Hit> {
    const found: Array<Hit> = []
    const scores = new Map<Language, number>()
    for (const [at, word] of words.entries()) {
      const knowing = new Set<Language>()
      for (const meaning of this.#meaningsOf(word)) {
        const { first, language, within } = meaning
        if (first !== undefined && !words.slice(Math.max(0, at - within), at).includes(first))
          continue
        found.push({ ...meaning, at })
        knowing.add(language)
      }
      for (const language of knowing) scores.set(language, (scores.get(language) ?? 0) + 1)
    }
    const most = Math.max(0, ...scores.values())
    const likely = preferred.filter((language) => scores.get(language) === most)
    if (likely.includes("en")) return found.filter(({ language }) => language === "en")
    const told = new Map<string, Language>()
    const first = likely.length === 1 ? [] : found
    for (const language of likely) {
      for (const { at, concern, language: own } of first) {
        const key = `${at} ${concern}`
        if (own === language && !told.has(key)) told.set(key, language)
      }
    }
    return found.filter(({ at, concern, language }) =>
      likely.length === 1 ? language === likely[0] : told.get(`${at} ${concern}`) === language
    )
  }
}
