import * as Console from "effect/Console"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"

/** A command did a part of its work; the message ends with how to complete it. */
class StoppedHalfway extends Data.TaggedError("StoppedHalfway")<{ readonly message: string }> {}

/** Says how to complete a command after a failure or Ctrl-C, unless the text is empty. */
export const orSay =
  (howToComplete: () => string) =>
  <A, E extends { readonly message: string }, R>(effect: Effect.Effect<A, E, R>) => {
    const after = (what: string) => [what, howToComplete()].filter((text) => text !== "").join("; ")
    return effect.pipe(
      Effect.mapError(({ message }) => new StoppedHalfway({ message: after(message) })),
      Effect.onInterrupt(() => Console.error(`\n${after("stopped")}`))
    )
  }
