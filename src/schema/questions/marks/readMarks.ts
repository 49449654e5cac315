/** Reads the marks of a text: what it denies, counts, compares and asks for, and of whom. */
import { askingPatterns, askingWords } from "./AskingWords.ts"
import {
  comparisons,
  directions,
  oftenOf,
  postpositional,
  turkishSuffix,
  wayPatterns
} from "./Directions.ts"
import { firmOppositePatterns, firmOpposites } from "./FirmOpposites.ts"
import { functionWords } from "./FunctionWords.ts"
import { type Hit, Lexicon, withoutAccents } from "./Lexicon.ts"
import type { Marks } from "./Marks.ts"
import type { PatternTable } from "./MarkTable.ts"
import { negationPatterns, negations, noNegation } from "./Negations.ts"
import { hasPlace, numbersOf, place, placesOf, signsOf } from "./Numbers.ts"
import { oppositePatterns, opposites } from "./Opposites.ts"
import { actorPatterns, actors, courtesy, ownerPatterns, owners } from "./Persons.ts"

const lexicon = new Lexicon()
lexicon.addWords("function", "function", functionWords)
lexicon.addTable("firm", negations)
lexicon.addTable("firm", firmOpposites)
lexicon.addTable("asking", askingWords)
lexicon.addTable("owner", owners)
lexicon.addTable("actor", actors)
lexicon.addTable("direction", directions)
lexicon.addTable("comparison", comparisons)
for (const [concern, table] of Object.entries(opposites)) lexicon.addTable(concern, table)
lexicon.addBareForms()

const noPlace = /(?!)/

const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u

const wordsOf = (text: string): ReadonlyArray<string> => text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []

/** Words that say how something is asked, in languages other than English. */
const manners = new Set(["function", "asking", "owner", "actor", "direction"])

/** "How" is a part of "how much". */
const ofHow = ["amount", "span", "rate", "age", "reach"]

/** Collects what words and patterns say by concern, in the order of the text. */
class Sayings {
  readonly #values = new Map<string, Array<string>>()

  add(concern: string, value: string): void {
    const values = this.#values.get(concern)
    if (values === undefined) this.#values.set(concern, [value])
    else if (!values.includes(value)) values.push(value)
  }

  /** Patterns are read in the order of their places. */
  addPatterns(concern: string, patterns: PatternTable, text: string): void {
    const found = Object.entries(patterns).flatMap(([value, pattern]) => {
      const at = text.search(pattern)
      return at < 0 ? [] : [[at, value] as const]
    })
    for (const [, value] of found.sort(([a], [b]) => a - b)) this.add(concern, value)
  }

  take(concern: string): ReadonlyArray<string> {
    const values = this.#values.get(concern) ?? []
    this.#values.delete(concern)
    return values
  }

  entries(): Iterable<readonly [string, ReadonlyArray<string>]> {
    return this.#values
  }
}

const askingOf = (values: ReadonlyArray<string>): ReadonlyArray<string> =>
  values.some((value) => ofHow.includes(value)) ? values.filter((value) => value !== "how") : values

/** The places that words such as "from" and "to" stand beside. */
const waysOf = (words: ReadonlyArray<string>, hits: ReadonlyArray<Hit>) => {
  const empty = new Set(hits.filter(({ concern }) => manners.has(concern)).map(({ at }) => at))
  const single = new Map<string, string>()
  const ends = new Map<string, string>()
  const next = (at: number): number => {
    let place = at + 1
    while (place < words.length && empty.has(place)) place++
    return place
  }
  for (const { at, concern, language, value } of hits) {
    if (concern !== "direction" && concern !== "comparison") continue
    const place = words[postpositional.has(language) ? at - 1 : next(at)]
    if (place === undefined) continue
    if (concern === "comparison") {
      single.set(`than ${place}`, "measure")
      for (const [before, word] of words.slice(0, at).entries())
        if (!empty.has(before)) single.set(`than ${word}`, "measured")
      continue
    }
    single.set(`way ${place}`, value)
    const left = words[at - 1]
    if (value === "to" && left !== undefined && !empty.has(at - 1) && !postpositional.has(language))
      if (!single.has(`way ${left}`)) single.set(`way ${left}`, "from")
    if (!oftenOf.has(language)) ends.set(value, place)
  }
  const [from, to] = [ends.get("from"), ends.get("to")]
  return { single, firm: from === undefined || to === undefined ? [] : [`${from}>${to}`] }
}

/** The order of two words around a sign decides what it says. */
const aroundSigns = (text: string): ReadonlyArray<string> =>
  [
    ...text.matchAll(
      /(?<![\p{L}\p{N},.])([\p{L}\p{N},.]+)\s*(?:[<>≤≥]=?|→|->|=>)\s*([\p{L}\p{N},.]+)/gu
    )
  ].map(([, left, right]) => `${left}>${right}`)

const wayOfUnspaced = (text: string): ReadonlyArray<string> =>
  Object.values(wayPatterns).flatMap((pattern) => {
    const [, from, to] = pattern.exec(text) ?? []
    return from === undefined ? [] : [`${from}>${to}`]
  })

export interface ReadMarks {
  readonly marks: Marks
  /** Words without a subject, in languages other than English. */
  readonly fillers: ReadonlySet<string>
}

const patternsOf = (sayings: Sayings, text: string): ReadonlyArray<string> => {
  if (!unspaced.test(text)) return []
  sayings.addPatterns("firm", negationPatterns, text.replace(noNegation, " "))
  sayings.addPatterns("firm", firmOppositePatterns, text)
  sayings.addPatterns("asking", askingPatterns, text)
  sayings.addPatterns("owner", ownerPatterns, text)
  sayings.addPatterns("actor", actorPatterns, text)
  for (const [concern, patterns] of Object.entries(oppositePatterns))
    sayings.addPatterns(concern, patterns, text)
  return wayOfUnspaced(text)
}

export const readMarks = (question: string): ReadMarks => {
  const text = question
    .normalize("NFKC")
    .toLowerCase()
    .replace(/n['’]t\b/g, " not")
    .replace(/['’]s\b/g, "")
    .replace(turkishSuffix, " ʼ")
    .replace(hasPlace.test(question) ? place : noPlace, " ")
    .replace(courtesy, " ")
  const words = wordsOf(text)
  const hits = lexicon.hits(words)
  const sayings = new Sayings()
  for (const { concern, value } of hits) sayings.add(concern, value)
  const unspacedWays = patternsOf(sayings, text)
  const ways = waysOf(words, hits)
  const firm = new Set([
    ...sayings.take("firm"),
    ...numbersOf(question),
    ...placesOf(question),
    ...signsOf(question),
    ...aroundSigns(text),
    ...unspacedWays,
    ...ways.firm
  ])
  const single = new Map(ways.single)
  const asked = askingOf(sayings.take("asking")).slice(0, 1)
  if (asked.length > 0) single.set("asking", [...asked].sort().join("+"))
  const [actor] = sayings.take("actor")
  if (actor !== undefined) single.set("actor", actor)
  for (const concern of ["function", "direction", "comparison"]) sayings.take(concern)
  for (const [concern, values] of sayings.entries())
    single.set(concern, [...values].sort().join("+"))
  const isEnglish = hits.some(({ language }) => language === "en")
  return {
    marks: { firm: [...firm].sort().join(" "), single },
    fillers: new Set(
      isEnglish
        ? []
        : hits
            .filter(({ concern }) => manners.has(concern))
            .map(({ at }) => withoutAccents(words[at] ?? ""))
    )
  }
}
