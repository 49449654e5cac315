import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"

/** For a machine with much else to do; what succeeds never waits so long. */
const patienceMs = 60_000

/** Repeats until it succeeds; when the time is up, the test ends as the last attempt did. */
export const eventually = Effect.fnUntraced(function* <A, E, R>(attempt: Effect.Effect<A, E, R>) {
  const deadlineMs = (yield* Clock.currentTimeMillis) + patienceMs
  while (true) {
    const exit = yield* Effect.exit(attempt)
    const isOver = (yield* Clock.currentTimeMillis) >= deadlineMs
    if (Exit.isSuccess(exit) || isOver) return yield* exit
    yield* Effect.sleep("50 millis")
  }
})
