import type * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"

/** Kept back from the function's time, so that the partial batch response still leaves. */
const reserveMs = 500

/** The share of the function's remaining time that processing may take. */
export const budgetOf = (remainingMs: number): number => Math.max(0, remainingMs - reserveMs)

/** Tells how much of the budget is left from now on; steps of the time of day do not matter. */
export const countdown = (clock: Clock.Clock, budget: Duration.Input) => {
  const from = clock.monotonicTimeNanosUnsafe()
  return () => Duration.toMillis(budget) - Number(clock.monotonicTimeNanosUnsafe() - from) / 1e6
}
