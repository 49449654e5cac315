/** What the watch keeps of an interaction: whose it was, when, and what became of it. */
import type { InteractionSummary } from "../InteractionSummary.ts"
import { isOverdue } from "../report/Miss.ts"
import { answerOf } from "../report/QuestionTally.ts"
import type { WeekEntry } from "../WeekEntry.ts"

export interface Exchange {
  /** Epoch milliseconds. */
  readonly at: number
  readonly session: string
  /** A `failed` one got an error or no answer at all; a `waiting` one may get its answer. */
  readonly fate: "good" | "missed" | "failed" | "waiting"
  readonly vote?: "up" | "down"
}

const fateOf = (summary: InteractionSummary, now: number): Exchange["fate"] => {
  if (summary.response === undefined) return isOverdue(summary, now) ? "failed" : "waiting"
  const answer = answerOf(summary.response)
  if (answer === "failed") return "failed"
  return answer === "none" ? "missed" : "good"
}

/** Undefined for bots, own visits, votes without their question and what cannot be read. */
export const exchangeOf = (entry: WeekEntry, now: number): Exchange | undefined => {
  if (entry.status === "unreadable" || entry.status === "vote") return undefined
  const { query, sessionId, timestamp, vote } = entry
  if (query?.own === 1 || query?.agent === "bot") return undefined
  const rating = vote?.rating
  return {
    at: timestamp,
    session: sessionId,
    fate: fateOf(entry, now),
    ...(rating === "up" || rating === "down" ? { vote: rating } : {})
  }
}

export const sessionsIn = (exchanges: ReadonlyArray<Exchange>): number =>
  new Set(exchanges.map(({ session }) => session)).size
