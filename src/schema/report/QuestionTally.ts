import type { MatchType } from "../Answer.ts"
import type { InteractionSummary } from "../InteractionSummary.ts"
import { add, addAll, byCodeUnits } from "./Counts.ts"
import { laterMiss, type Miss, missOf } from "./Miss.ts"

/** A question without an answer, which is missed once it has waited for too long. */
type Unanswered = Pick<InteractionSummary, "requestId" | "sessionId" | "timestamp">

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
  /** The last answer that was none, or failed. */
  lastMiss?: Miss
  /** The first and the last time that it was asked. */
  firstAsked: number
  lastAsked: number
  /** The oldest first. */
  readonly unanswered: Array<Unanswered>
  /** Each variant, and how often it was asked. */
  readonly variants: Map<string, number>
  /** The sessions that asked, and whether one of their answers was none, or failed. */
  readonly sessions: Map<string, boolean>
}

export const emptyQuestion = (): QuestionTally => ({
  asked: 0,
  full: 0,
  partial: 0,
  none: 0,
  unknown: 0,
  failed: 0,
  firstAsked: Number.POSITIVE_INFINITY,
  lastAsked: Number.NEGATIVE_INFINITY,
  unanswered: [],
  variants: new Map(),
  sessions: new Map()
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

const addTimes = (tally: QuestionTally, first: number, last: number): void => {
  tally.firstAsked = Math.min(tally.firstAsked, first)
  tally.lastAsked = Math.max(tally.lastAsked, last)
}

const addMiss = (tally: QuestionTally, miss: Miss | undefined): void => {
  const last = laterMiss(tally.lastMiss, miss)
  if (last !== undefined) tally.lastMiss = last
}

const addSession = (tally: QuestionTally, session: string, isMissed: boolean): void => {
  tally.sessions.set(session, isMissed || tally.sessions.get(session) === true)
}

const isAfter = (one: Unanswered, other: Unanswered): boolean =>
  (one.timestamp - other.timestamp ||
    byCodeUnits(one.requestId, other.requestId) ||
    byCodeUnits(one.sessionId, other.sessionId)) > 0

/** Looks from the end, because questions mostly come in the order of time. */
const addUnanswered = ({ unanswered }: QuestionTally, one: Unanswered): void => {
  const before = unanswered.findLastIndex((other) => !isAfter(other, one))
  unanswered.splice(before + 1, 0, one)
}

export const observeQuestion = (
  tally: QuestionTally,
  question: string,
  summary: InteractionSummary
): void => {
  const { requestId, response, sessionId, timestamp } = summary
  const miss = missOf(summary)
  tally.asked += 1
  addTimes(tally, timestamp, timestamp)
  add(tally.variants, question)
  addSession(tally, sessionId, miss !== undefined)
  if (response === undefined) {
    addUnanswered(tally, { requestId, sessionId, timestamp })
    return
  }
  tally[answerOf(response)] += 1
  addMiss(tally, miss)
  raiseScore(tally, response.matchScore)
}

/** Adds the source to the target in place. */
export const addQuestion = (target: QuestionTally, source: QuestionTally): void => {
  for (const field of ["asked", "full", "partial", "none", "unknown", "failed"] as const) {
    target[field] += source[field]
  }
  raiseScore(target, source.scoreMax)
  addMiss(target, source.lastMiss)
  addTimes(target, source.firstAsked, source.lastAsked)
  for (const one of source.unanswered) addUnanswered(target, one)
  addAll(target.variants, source.variants)
  for (const [session, isMissed] of source.sessions) addSession(target, session, isMissed)
}
