/**
 * What a week's interactions add up to, before any zone, rounding or ranking is applied. A
 * commutative monoid: `empty`, `combine`, and `observe` for one more interaction. Memory is bounded
 * by distinct values (sessions, questions, latencies), not by interactions.
 */
import type { InteractionSummary } from "./InteractionSummary.ts"

/** Clock buckets are a quarter of an hour, the unit of every UTC offset in use. */
export const bucketMs = 900_000

export interface QuestionTally {
  asked: number
  full: number
  partial: number
  none: number
  failed: number
  /** Highest match score of any answer, 0 when there was none. */
  scoreMax: number
  readonly wordings: Map<string, number>
  readonly sessions: Set<string>
}

export interface WeeklyTally {
  awaitingResponse: number
  awaitingQuery: number
  correlated: number
  full: number
  partial: number
  none: number
  failed: number
  inputTokens: number
  outputTokens: number
  readonly sessions: Set<string>
  /** Questions per quarter of an hour since the epoch. */
  readonly clock: Map<number, number>
  /** Answers per processing time in milliseconds. */
  readonly latencies: Map<number, number>
  readonly countries: Map<string, number>
  readonly questions: Map<string, QuestionTally>
}

export const empty = (): WeeklyTally => ({
  awaitingResponse: 0,
  awaitingQuery: 0,
  correlated: 0,
  full: 0,
  partial: 0,
  none: 0,
  failed: 0,
  inputTokens: 0,
  outputTokens: 0,
  sessions: new Set(),
  clock: new Map(),
  latencies: new Map(),
  countries: new Map(),
  questions: new Map()
})

const emptyQuestion = (): QuestionTally => ({
  asked: 0,
  full: 0,
  partial: 0,
  none: 0,
  failed: 0,
  scoreMax: 0,
  wordings: new Map(),
  sessions: new Set()
})

/** Equal for wordings that differ only in case, punctuation, spacing or Unicode form. */
export const questionKey = (question: string): string => {
  const words = question
    .normalize("NFKC")
    .toLowerCase()
    .match(/[\p{L}\p{N}\p{M}]+/gu)
  return words === null ? question.trim() : words.join(" ")
}

const add = <K>(counts: Map<K, number>, key: K, by: number): void => {
  counts.set(key, (counts.get(key) ?? 0) + by)
}

const questionOf = (tally: WeeklyTally, key: string): QuestionTally => {
  const known = tally.questions.get(key)
  if (known !== undefined) return known
  const fresh = emptyQuestion()
  tally.questions.set(key, fresh)
  return fresh
}

const counterOf = {
  awaiting_response: "awaitingResponse",
  awaiting_query: "awaitingQuery"
} as const

const observeQuery = (
  tally: WeeklyTally,
  { query, sessionId, timestamp }: InteractionSummary
): QuestionTally | undefined => {
  if (query === undefined) return undefined
  add(tally.clock, Math.floor(timestamp / bucketMs), 1)
  add(tally.countries, query.country ?? "", 1)
  const question = questionOf(tally, questionKey(query.question))
  question.asked += 1
  add(question.wordings, query.question, 1)
  question.sessions.add(sessionId)
  return question
}

/** Adds one interaction to the tally in place and returns it, for use as a fold's step. */
export const observe = (tally: WeeklyTally, summary: InteractionSummary): WeeklyTally => {
  tally[summary.status === "correlated" ? "correlated" : counterOf[summary.status]] += 1
  tally.sessions.add(summary.sessionId)
  const question = observeQuery(tally, summary)
  const { response } = summary
  if (response === undefined) return tally
  const answer = response.outcome === "failed" ? "failed" : response.matchType
  tally[answer] += 1
  tally.inputTokens += response.inputTokens
  tally.outputTokens += response.outputTokens
  add(tally.latencies, response.processingTimeMs, 1)
  if (question !== undefined) {
    question[answer] += 1
    question.scoreMax = Math.max(question.scoreMax, response.matchScore)
  }
  return tally
}

const addAll = <K>(target: Map<K, number>, source: ReadonlyMap<K, number>): void => {
  for (const [key, count] of source) add(target, key, count)
}

const addQuestion = (target: QuestionTally, source: QuestionTally): void => {
  for (const field of ["asked", "full", "partial", "none", "failed"] as const) {
    target[field] += source[field]
  }
  target.scoreMax = Math.max(target.scoreMax, source.scoreMax)
  addAll(target.wordings, source.wordings)
  for (const session of source.sessions) target.sessions.add(session)
}

const totals = [
  "awaitingResponse",
  "awaitingQuery",
  "correlated",
  "full",
  "partial",
  "none",
  "failed",
  "inputTokens",
  "outputTokens"
] as const

/** The tally of both parts; neither part is changed. */
export const combine = (left: WeeklyTally, right: WeeklyTally): WeeklyTally => {
  const both = empty()
  for (const part of [left, right]) {
    for (const field of totals) both[field] += part[field]
    for (const session of part.sessions) both.sessions.add(session)
    addAll(both.clock, part.clock)
    addAll(both.latencies, part.latencies)
    addAll(both.countries, part.countries)
    for (const [key, question] of part.questions) addQuestion(questionOf(both, key), question)
  }
  return both
}
