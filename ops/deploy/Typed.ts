import { createInterface } from "node:readline"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** The line that a person types in answer to a question; empty when standard input has ended. */
export class Typed extends Context.Service<
  Typed,
  { readonly line: (question: string) => Effect.Effect<string> }
>()("deploy/Typed") {}

/** Reads standard input once a question is asked, so that answers can be piped in. */
export const layer = Layer.effect(
  Typed,
  Effect.gen(function* () {
    const open = () => {
      const reader = createInterface({ input: process.stdin })
      return { reader, lines: reader[Symbol.asyncIterator]() }
    }
    let input: ReturnType<typeof open> | undefined
    yield* Effect.addFinalizer(() => Effect.sync(() => input?.reader.close()))
    return Typed.of({
      line: Effect.fn("Typed.line")(function* (question) {
        input ??= open()
        const { lines } = input
        process.stderr.write(question)
        const { done, value } = yield* Effect.promise(() => lines.next())
        return done === true ? "" : value
      })
    })
  })
)
