/**
 * Tells whether a visitor, after a miss, asks for the same thing again. Doubtful pairs are two
 * questions, because a follow-up that counts as a repeat misleads more than one left out.
 */
import { isGreeting } from "./Greeting.ts"
import { joinedMarks } from "./marks/Marks.ts"
import { type QuestionTerms, questionTerms } from "./QuestionTerms.ts"
import { spellings } from "./Spelling.ts"

/** Scripts that put no space between words are read by characters. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}]/u

const wordsOf = (text: string): ReadonlyArray<string> =>
  (
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  ).flatMap((word) => (unspaced.test(word) ? [...word] : [word]))

/** Words that share so much of their beginning differ in their endings alone. */
const beginning = { lengthMin: 4, shareMin: 2 / 3 }

const sameBeginning = (one: string, other: string): boolean => {
  let length = 0
  while (length < one.length && one[length] === other[length]) length++
  const longest = Math.max(one.length, other.length)
  return length >= beginning.lengthMin && length >= beginning.shareMin * longest
}

/** The first look spares the second one for words that no slip parts. */
const isSlip = (one: string, other: string): boolean =>
  one[0] === other[0] &&
  Math.abs(one.length - other.length) <= 1 &&
  spellings(
    new Map([
      [one, 2],
      [other, 1]
    ])
  ).has(other)

const isSameWord = (one: string, other: string): boolean =>
  one === other || sameBeginning(one, other) || isSlip(one, other)

/** Words that stand in for each other in an otherwise equal sentence ask for different things. */
const isSwap = (before: ReadonlyArray<string>, after: ReadonlyArray<string>): boolean => {
  let [start, end] = [0, 0]
  const shortest = Math.min(before.length, after.length)
  while (start < shortest && before[start] === after[start]) start++
  while (end < shortest - start && before.at(-1 - end) === after.at(-1 - end)) end++
  const [left, right] = [before, after].map((words) => words.slice(start, words.length - end))
  if (left === undefined || right === undefined || left.length * right.length === 0) return false
  if (left.length === right.length) {
    if (left.every((word, at) => isSlip(word, right[at] ?? ""))) return false
  }
  return start + end >= Math.max(before.length, after.length) / 2
}

/** True if the words come in the same order in the longer text. */
const isWithin = (few: ReadonlyArray<string>, many: ReadonlyArray<string>): boolean => {
  let found = 0
  for (const word of many) if (word === few[found]) found++
  return found === few.length
}

/** Every term of one text is compared with every term of the other; few questions have more. */
const termsMax = 40

/** Keywords have hardly a word that only says how something is asked. */
const fillersMax = 1

const isKeywords = ({ fillers }: QuestionTerms): boolean => fillers.length <= fillersMax

/** Two terms in common, or one in a few keywords, as far as they are half of the shorter text. */
const isSubjectShared = (before: QuestionTerms, after: QuestionTerms): boolean => {
  const [earlier, later] = [before, after].map(({ subject }) => [...new Set(subject)])
  if (earlier === undefined || later === undefined) return false
  if (Math.max(earlier.length, later.length) > termsMax) return false
  const notIn = (terms: ReadonlyArray<string>, others: ReadonlyArray<string>): number =>
    terms.filter((term) => !others.some((other) => isSameWord(term, other))).length
  const [gone, fresh] = [notIn(earlier, later), notIn(later, earlier)]
  const shared = Math.min(earlier.length - gone, later.length - fresh)
  if (shared === 0) return false
  if (gone === 0 || fresh === 0) return true
  return shared >= Math.min(earlier.length, later.length) / 2 && (shared >= 2 || isKeywords(after))
}

/** Whether the later question asks for what the earlier one asked for: docs/decisions/0031. */
export const asksAgain = (earlier: string, later: string): boolean => {
  if (isGreeting(later)) return false
  const [before, after] = [wordsOf(earlier), wordsOf(later)]
  if (before.join(" ") === after.join(" ")) return earlier !== "" && after.length > 0
  if (isSwap(before, after)) return false
  const [asked, again] = [questionTerms(earlier), questionTerms(later)]
  if (again.subject.length > 0 && isWithin(after, before)) return true
  return joinedMarks(asked.marks, again.marks) !== undefined && isSubjectShared(asked, again)
}
