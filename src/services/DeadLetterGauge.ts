import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"

/**
 * How many messages wait in the dead-letter queue; none when nobody can tell. A gauge that fails
 * must never keep a report from going out, so it has no error.
 */
export class DeadLetterGauge extends Context.Service<
  DeadLetterGauge,
  { readonly count: Effect.Effect<Option.Option<number>> }
>()("services/DeadLetterGauge") {}
