/** The cache's file was damaged, and an empty one has taken its place. */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as JsonLogger from "../../src/layers/JsonLogger.ts"

export class RowsLost extends Data.TaggedError("RowsLost") {}

/** SQLite's own codes of a damaged file, and of another kind of file. */
const damages: ReadonlySet<unknown> = new Set([11, 26])

/** An extended code has the kind in its last byte. */
export const isDamage = (error: unknown): boolean =>
  error instanceof Error && "errcode" in error && damages.has(Number(error.errcode) & 0xff)

/** Begins a step again that met the damage; the rows come from the table once more. */
export const againIfLost = <A, E, R>(step: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.catchDefect(step, (defect) =>
    defect instanceof RowsLost
      ? Effect.logWarning("the console's cache was damaged, and is built anew").pipe(
          Effect.provide(JsonLogger.layer("Warn")),
          Effect.andThen(step)
        )
      : Effect.die(defect)
  )
