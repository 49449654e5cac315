/** What two wordings of one question share: weighted terms, and the signs that keep them apart. */
import { termsOf } from "./ContentTerms.ts"

/** What stands further back does not tell questions apart: a visitor may paste a book. */
const readLengthMax = 4_000

/** A filler still says how a thing is asked, so it counts, but less than the subject. */
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

/** Who asks where may leave the "where" out; nobody leaves out one of these. */
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
  /** Every number, lone digits included, and those of the askings that nobody leaves out. */
  readonly mark: string
  /** The text without case, punctuation and width; stands in where there is no word. */
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
  /** Rare enough to say what a question is about. */
  readonly isTelling: (term: string) => boolean
  /** Not so frequent that it goes without saying. */
  readonly isNamed: (term: string) => boolean
}

/**
 * Wordings of one identity are one question: the same subject, asked in the same way. Where no term
 * of the subject is telling, every filler counts too.
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

/** Each term once, with what it counts before its rarity is known. */
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
