/** The terms of a question, and the signs that keep similar questions apart. */
import { termsOf } from "./ContentTerms.ts"

/** The rest of a longer text is ignored, because a visitor may paste a book. */
const readLengthMax = 4_000

/** A filler counts less than the subject, because it only says how something is asked. */
const fillerWeight = 0.6

/** Words that turn a question about one subject into another question about it. */
const askings = new Map(
  [
    ["who", "who whos whose"],
    ["where", "where wheres"],
    ["when", "when whens"],
    ["why", "why whys"],
    ["off", "off"],
    ["out", "out"],
    ["up", "up"],
    ["amount", "much many"],
    [
      "not",
      `not never without no cant couldnt didnt doesnt dont hasnt havent isnt arent wont wouldnt
      wasnt werent shouldnt cannot`
    ]
  ].flatMap(([asking = "", forms = ""]) =>
    forms.split(/\s+/).map((form) => [form, asking] as const)
  )
)

/** A visitor may leave out "where", but never one of these. */
const apart = new Set(["amount", "not", "off", "out", "up"])

/** Scripts that put no space between words are read by pairs of characters. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}]/u

const pairs = (word: string): ReadonlyArray<string> => {
  const characters = [...word]
  return characters.length < 2
    ? characters
    : characters.slice(1).map((character, index) => `${characters[index]}${character}`)
}

export interface QuestionTerms {
  /** Stems of the subject, in the order of the text. */
  readonly subject: ReadonlyArray<string>
  readonly fillers: ReadonlyArray<string>
  /** How the subject is asked about: who, where, when, why, amount, not, off, out, up. */
  readonly askings: ReadonlyArray<string>
  /** All numbers, including single digits, and the askings that cannot be left out. */
  readonly mark: string
  /** The text without case, punctuation and width, for questions without words. */
  readonly plain: string
}

const sorted = (values: Iterable<string>): ReadonlyArray<string> => [...new Set(values)].sort()

const plainOf = (text: string): string => {
  const folded = text.normalize("NFKC").toLowerCase()
  const bare = folded.replace(/[^\p{L}\p{N}\p{S}\p{Extended_Pictographic}]+/gu, " ").trim()
  return bare === "" ? folded.replace(/\s+/g, " ").trim() : bare
}

export const questionTerms = (question: string): QuestionTerms => {
  const read = question.slice(0, readLengthMax)
  const all = termsOf(read)
  const fillers = all.filter(({ filler }) => filler).map(({ term }) => term)
  const asked = sorted(all.flatMap(({ term }) => askings.get(term) ?? []))
  const numbers = sorted(read.normalize("NFKC").match(/\p{N}+/gu) ?? [])
  return {
    subject: all
      .filter(({ filler }) => !filler)
      .flatMap(({ term }) => (unspaced.test(term) ? pairs(term) : [term])),
    fillers,
    askings: asked,
    mark: [...numbers, ...asked.filter((asking) => apart.has(asking))].join(" "),
    plain: plainOf(read)
  }
}

export interface KnownTerms {
  /** True for a term that is rare enough to tell the subject. */
  readonly isTelling: (term: string) => boolean
  /** False for a term so frequent that visitors may leave it out. */
  readonly isNamed: (term: string) => boolean
}

/**
 * Questions of one identity have the same subject and ask in the same way. Fillers count as well if
 * every term of the subject is common.
 */
export const identityOf = (
  { askings, fillers, mark, plain, subject }: QuestionTerms,
  { isNamed, isTelling }: KnownTerms
): string => {
  if (subject.length === 0 && fillers.length === 0) return plain
  const told = subject.some(isTelling)
  const named = told ? subject.filter(isNamed) : subject
  const manner = told ? askings : sorted(fillers)
  return [sorted(named).join(" "), manner.join(" "), mark].join("|")
}

/** Each term with its weight, before rarity. */
export const weightedTerms = ({
  fillers,
  plain,
  subject
}: QuestionTerms): ReadonlyMap<string, number> => {
  const terms = new Map<string, number>()
  for (const filler of fillers) terms.set(filler, fillerWeight)
  for (const term of subject) terms.set(term, 1)
  if (terms.size === 0) terms.set(plain, 1)
  return terms
}
