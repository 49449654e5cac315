/** The terms of a question, and the signs that keep similar questions apart. */
import { termsOf } from "./ContentTerms.ts"
import { functionSigns } from "./marks/FunctionWords.ts"
import type { Marks } from "./marks/Marks.ts"
import { readMarks } from "./marks/readMarks.ts"

/** The rest of a longer text is ignored, because a visitor may paste a book. */
const readLengthMax = 4_000

/** A filler counts less than the subject, because it only says how something is asked. */
const fillerWeight = 0.6

/** Fillers without a part in the question, by which alone a flood of one question may differ. */
const courtesies = new Set(
  `actually briefly hello hey hi just maybe ok okay please pls plz quick quickly really thank
  thanks`.split(/\s+/)
)

/** French and Italian words that lean on the next one. */
const elided = /(?<!\p{L})(?:[ldjnstmc]|qu|jusqu|dell|all|nell|sull|un|dall)['’](?=\p{L})/giu

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
  readonly marks: Marks
  /** The text without case, punctuation and width, for questions without words. */
  readonly plain: string
}

const sorted = (values: Iterable<string>): ReadonlyArray<string> => [...new Set(values)].sort()

/** A decomposed text has up to four times the length of a composed one. */
const formsMax = 4

/** Soft hyphens, joiners and the like, which a visitor pastes without seeing them. */
const hidden = /\p{Default_Ignorable_Code_Point}+/gu

/** The same for each Unicode form of a text. */
const readOf = (question: string): string =>
  question
    .slice(0, formsMax * readLengthMax)
    .normalize("NFC")
    .replace(hidden, "")
    .slice(0, readLengthMax)

/** Signs alone are as many as the visitor's impatience, so that `???` is `?`. */
const plainOf = (text: string): string => {
  const folded = text.normalize("NFKC").toLowerCase()
  const bare = folded.replace(/[^\p{L}\p{N}\p{S}\p{Extended_Pictographic}]+/gu, " ").trim()
  return bare === "" ? folded.replace(/\s+/g, "").replace(/(.)\1+/gu, "$1") : bare
}

const subjectOf = (term: string): ReadonlyArray<string> => {
  if (!unspaced.test(term)) return [term]
  const bare = term.replace(functionSigns, "")
  return pairs(bare === "" ? term : bare)
}

export const questionTerms = (question: string): QuestionTerms => {
  const read = readOf(question)
  const { fillers: moreFillers, marks } = readMarks(read)
  const all = termsOf(
    read.replace(elided, (word) => `${word} `),
    moreFillers
  )
  return {
    subject: all.filter(({ filler }) => !filler).flatMap(({ term }) => subjectOf(term)),
    fillers: all.filter(({ filler }) => filler).map(({ term }) => term),
    marks,
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
 * Questions of one identity have the same subject and the same firm marks. Fillers count as well if
 * every term of the subject is common.
 */
export const identityOf = (
  { fillers, marks, plain, subject }: QuestionTerms,
  { isNamed, isTelling }: KnownTerms
): string => {
  if (subject.length === 0 && fillers.length === 0) return plain
  const told = subject.some(isTelling)
  const named = told ? subject.filter(isNamed) : subject
  const manner = told ? "" : sorted(fillers.filter((word) => !courtesies.has(word))).join(" ")
  return [sorted(named).join(" "), manner, marks.firm].join("|")
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
