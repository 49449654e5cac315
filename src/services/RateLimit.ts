import * as Context from "effect/Context"
import * as Effect from "effect/Effect"

/** Limits the questions of one visitor; without an adapter every question is admitted. */
export class RateLimit extends Context.Reference<{
  readonly admits: (visitor: string) => Effect.Effect<boolean>
}>("services/RateLimit", { defaultValue: () => ({ admits: () => Effect.succeed(true) }) }) {}
