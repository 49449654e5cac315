import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"

/** Long enough for a busy machine; a success ends the wait at once. */
const patienceMs = 60_000

/** Repeats an attempt until it succeeds, and ends as the last one did when the time is over. */
export const eventually = Effect.fnUntraced(function* <A, E, R>(attempt: Effect.Effect<A, E, R>) {
  const deadlineMs = (yield* Clock.currentTimeMillis) + patienceMs
  while (true) {
    const exit = yield* Effect.exit(attempt)
    const isOver = (yield* Clock.currentTimeMillis) >= deadlineMs
    if (Exit.isSuccess(exit) || isOver) return yield* exit
    yield* Effect.sleep("50 millis")
  }
})
