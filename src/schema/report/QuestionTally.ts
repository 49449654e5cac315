import type { InteractionSummary } from "../InteractionSummary.ts"
import { add, addAll } from "./Counts.ts"

/** How often a question was asked in all its variants, and how it was answered. */
export interface QuestionTally {
  asked: number
  full: number
  partial: number
  none: number
  failed: number
  /** Highest match score of any answer, 0 when there was none. */
  scoreMax: number
  /** Each variant, and how often it was asked. */
  readonly variants: Map<string, number>
  readonly sessions: Set<string>
}

export const emptyQuestion = (): QuestionTally => ({
  asked: 0,
  full: 0,
  partial: 0,
  none: 0,
  failed: 0,
  scoreMax: 0,
  variants: new Map(),
  sessions: new Set()
})

/** Equal for questions that differ only in case, punctuation, spacing or Unicode form. */
export const questionKey = (question: string): string => {
  const words = question
    .normalize("NFKC")
    .toLowerCase()
    .match(/[\p{L}\p{N}\p{M}]+/gu)
  return words === null ? question.trim() : words.join(" ")
}

/** The match of a failed answer does not count. */
export const answerOf = ({
  matchType,
  outcome
}: NonNullable<InteractionSummary["response"]>): "full" | "partial" | "none" | "failed" =>
  outcome === "failed" ? "failed" : matchType

export const observeQuestion = (
  tally: QuestionTally,
  question: string,
  { response, sessionId }: InteractionSummary
): void => {
  tally.asked += 1
  add(tally.variants, question)
  tally.sessions.add(sessionId)
  if (response === undefined) return
  tally[answerOf(response)] += 1
  tally.scoreMax = Math.max(tally.scoreMax, response.matchScore)
}

/** Adds the source to the target in place. */
export const addQuestion = (target: QuestionTally, source: QuestionTally): void => {
  for (const field of ["asked", "full", "partial", "none", "failed"] as const) {
    target[field] += source[field]
  }
  target.scoreMax = Math.max(target.scoreMax, source.scoreMax)
  addAll(target.variants, source.variants)
  for (const session of source.sessions) target.sessions.add(session)
}
