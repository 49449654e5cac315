import * as Clock from "effect/Clock"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { FunctionError } from "./FunctionError.ts"

const Drained = Schema.Struct({ messages: Schema.Int, returned: Schema.Int })
const decodeDrained = Schema.decodeUnknownOption(Drained)

/** One run, as its answer tells it; a run that failed tells nothing. */
export interface DrainReport {
  readonly messages: number
  /** These stay in the queue. */
  readonly returned: number
  readonly durationMs: number
  readonly error: FunctionError | undefined
}

export interface DrainScheduleOptions {
  readonly every: Duration.Input
  readonly payload: unknown
  readonly invoke: (payload: unknown) => Effect.Effect<{ readonly payload: unknown }, FunctionError>
  readonly onDrain: (report: DrainReport) => Effect.Effect<void>
}

const nothing = { messages: 0, returned: 0 }

const run = Effect.fnUntraced(function* ({ invoke, onDrain, payload }: DrainScheduleOptions) {
  const startMs = yield* Clock.currentTimeMillis
  const report = yield* Effect.match(invoke(payload), {
    onSuccess: (answer) => ({
      ...Option.getOrElse(decodeDrained(answer.payload), () => nothing),
      error: undefined
    }),
    onFailure: (error) => ({ ...nothing, error })
  })
  yield* onDrain({ ...report, durationMs: (yield* Clock.currentTimeMillis) - startMs })
})

/**
 * Invokes a function at regular intervals, as EventBridge does: without waiting for the last run to
 * end, and without another try when one fails. Closing the scope ends the runs.
 */
export const make = Effect.fn("DrainSchedule.make")(function* (options: DrainScheduleOptions) {
  const fire = Effect.forkScoped(run(options))
  yield* Effect.forkScoped(Effect.forever(Effect.andThen(Effect.sleep(options.every), fire)))
})
