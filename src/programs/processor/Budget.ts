import type * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"

/** Kept back from the function's time, so that the partial batch response still leaves. */
const reserveMs = 500

/** The share of the function's remaining time that processing may take. */
export const budgetOf = (remainingMs: number): number => Math.max(0, remainingMs - reserveMs)

export interface DrainBudget {
  /** No batch is received after this. */
  readonly receiving: Duration.Input
  /** Storing the last batch ends here, because its messages must still be deleted. */
  readonly storing: Duration.Input
}

/** The shares of the function's remaining time in which a drain receives, and stores. */
export const drainBudgetOf = (remainingMs: number): DrainBudget => ({
  receiving: Math.max(0, 0.8 * remainingMs),
  storing: Math.max(0, 0.9 * remainingMs)
})

/** Tells how much of the budget is left from now on; steps of the time of day do not matter. */
export const countdown = (clock: Clock.Clock, budget: Duration.Input) => {
  const from = clock.monotonicTimeNanosUnsafe()
  return () => Duration.toMillis(budget) - Number(clock.monotonicTimeNanosUnsafe() - from) / 1e6
}
