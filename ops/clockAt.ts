import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"

/** The clock of this run, which stands still at a time and still sleeps. */
export const clockAt = (epochMillis: number) =>
  Effect.map(Clock.Clock, (clock) =>
    Clock.Clock.of({
      currentTimeMillisUnsafe: () => epochMillis,
      currentTimeMillis: Effect.succeed(epochMillis),
      currentTimeNanosUnsafe: () => clock.currentTimeNanosUnsafe(),
      currentTimeNanos: clock.currentTimeNanos,
      monotonicTimeNanosUnsafe: () => clock.monotonicTimeNanosUnsafe(),
      monotonicTimeNanos: clock.monotonicTimeNanos,
      sleep: (duration) => clock.sleep(duration)
    })
  )
