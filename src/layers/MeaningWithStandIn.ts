/** Asks one source of meaning, and another in its place while it is away. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Meaning } from "../services/Meaning.ts"

/** The stand-in's answer says in whose place it came. */
export const layer = <E1, R1, E2, R2>(
  first: Layer.Layer<Meaning, E1, R1>,
  standIn: Layer.Layer<Meaning, E2, R2>
): Layer.Layer<Meaning, E1 | E2, R1 | R2> =>
  Layer.effect(
    Meaning,
    Effect.gen(function* () {
      const asked = Context.get(yield* Layer.build(first), Meaning)
      const other = Context.get(yield* Layer.build(standIn), Meaning)
      return Meaning.of({
        nearness: (wordings) =>
          asked.nearness(wordings).pipe(
            Effect.catch(({ reason, source }) =>
              Effect.logWarning("meaning of questions not told", { source, reason }).pipe(
                Effect.andThen(other.nearness(wordings)),
                Effect.map((known) => ({ ...known, insteadOf: source }))
              )
            )
          )
      })
    })
  )
