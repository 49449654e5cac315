import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"

/** What a person answers to a question, in one line; nothing where nobody can. */
export class Typed extends Context.Service<
  Typed,
  { readonly line: (question: string) => Effect.Effect<string> }
>()("deploy/Typed") {}
