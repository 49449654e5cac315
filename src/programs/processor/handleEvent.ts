/** The trigger's event brings its messages along; the schedule's event asks to fetch them. */
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import { budgetOf, drainBudgetOf } from "./Budget.ts"
import { drain } from "./drain.ts"
import { processEvent } from "./program.ts"

const asksForDrain = (event: unknown): boolean =>
  Predicate.hasProperty(event, "drain") && event.drain === true

/** Serves both deliveries at any time, so that a deployment may change from one to the other. */
export const handleEvent = Effect.fnUntraced(function* (event: unknown, remainingMs: number) {
  return asksForDrain(event)
    ? yield* drain(drainBudgetOf(remainingMs))
    : yield* processEvent(event, { budget: budgetOf(remainingMs) })
})
