import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"

/** The clock of this run, standing still at a time. */
export const clockAt = (epochMillis: number) =>
  Effect.map(Clock.Clock, (clock) =>
    Clock.Clock.of({
      ...clock,
      currentTimeMillisUnsafe: () => epochMillis,
      currentTimeMillis: Effect.succeed(epochMillis)
    })
  )
