import type { MatchType } from "../Answer.ts"
import type { InteractionSummary } from "../InteractionSummary.ts"
import { add, addAll } from "./Counts.ts"

/** How often a question was asked in all its variants, and how it was answered. */
export interface QuestionTally {
  asked: number
  full: number
  partial: number
  none: number
  unknown: number
  failed: number
  /** Highest match score of any answer; absent when no answer told one. */
  scoreMax?: number
  /** Each variant, and how often it was asked. */
  readonly variants: Map<string, number>
  readonly sessions: Set<string>
}

export const emptyQuestion = (): QuestionTally => ({
  asked: 0,
  full: 0,
  partial: 0,
  none: 0,
  unknown: 0,
  failed: 0,
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
}: NonNullable<InteractionSummary["response"]>): MatchType | "failed" =>
  outcome === "failed" ? "failed" : matchType

const raiseScore = (tally: QuestionTally, score: number | undefined): void => {
  if (score !== undefined) tally.scoreMax = Math.max(tally.scoreMax ?? 0, score)
}

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
  raiseScore(tally, response.matchScore)
}

/** Adds the source to the target in place. */
export const addQuestion = (target: QuestionTally, source: QuestionTally): void => {
  for (const field of ["asked", "full", "partial", "none", "unknown", "failed"] as const) {
    target[field] += source[field]
  }
  raiseScore(target, source.scoreMax)
  addAll(target.variants, source.variants)
  for (const session of source.sessions) target.sessions.add(session)
}
