/**
 * "Without a good answer", or missed: the bot had no answer, or failed, or no answer came. One that
 * could not be read is neither good nor missed.
 */
import { plus, total } from "./Counts.ts"

/** A question that waits longer for its answer is missed; a younger one is waiting. */
export const patienceMs = 600_000

export interface Misses {
  readonly none: number
  readonly failed: number
  /** Questions whose answer did not come in time. */
  readonly noAnswer?: number
}

export const missedIn = ({ failed, noAnswer = 0, none }: Misses): number =>
  plus(plus(none, failed), noAnswer)

/** Counts the overdue ones of the unanswered questions, which are given by the time of asking. */
export const overdueIn = (unanswered: ReadonlyMap<number, number>, now: number): number =>
  total([...unanswered].map(([askedAt, count]) => (now - askedAt < patienceMs ? 0 : count)))
