/** Chooses the questions that grouping compares, because every term of each takes memory. */
import { type QuestionTerms, questionTerms } from "./QuestionTerms.ts"
import type { Variant } from "./QuestionUnits.ts"

export interface Limits {
  readonly questions: number
  /** Terms of all questions together. */
  readonly terms: number
}

/** Some 350 MB and ten seconds at most: see docs/decisions/0014. */
export const usualLimits: Limits = { questions: 50_000, terms: 600_000 }

/** A text that was asked, and its places in the input. */
export interface CountedText {
  readonly question: string
  readonly count: number
  readonly places: ReadonlyArray<number>
}

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

type Asked = Pick<CountedText, "question" | "count">

export const mostAskedFirst = (a: Asked, b: Asked): number =>
  b.count - a.count || byCodeUnits(a.question, b.question)

/** Long texts come last among equals, because a flood of them must not displace real questions. */
const inTurn = (a: Asked, b: Asked): number =>
  b.count - a.count || a.question.length - b.question.length || byCodeUnits(a.question, b.question)

const sizeOf = ({ fillers, subject }: QuestionTerms): number => fillers.length + subject.length

/** The most asked questions in code-unit order, and those that are too many to be compared. */
export const comparedOf = (texts: ReadonlyArray<CountedText>, { questions, terms }: Limits) => {
  const turns = [...texts].sort(inTurn)
  const compared: Array<Variant> = []
  let free = terms
  for (const { question } of turns) {
    if (compared.length === questions) break
    const read = questionTerms(question)
    free -= sizeOf(read)
    if (free < 0) break
    compared.push([question, read])
  }
  return {
    alone: turns.slice(compared.length),
    compared: compared.sort(([a], [b]) => byCodeUnits(a, b))
  }
}
