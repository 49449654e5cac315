import { createInterface } from "node:readline"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { DeployFault } from "./DeployFault.ts"

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

/** Fails unless the person types the word. */
export const expectTyped = Effect.fnUntraced(function* (question: string, expected: string) {
  const { line } = yield* Typed
  const typed = yield* line(`${question} Type ${expected} to go on: `)
  if (typed.trim() !== expected) {
    return yield* new DeployFault({
      what: `You did not type ${expected}.`,
      mend: "Nothing was changed."
    })
  }
})
