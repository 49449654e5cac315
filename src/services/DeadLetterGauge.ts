import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"

/**
 * Counts the messages in the dead-letter queue; the option is empty when the count is unknown. It
 * has no error, because a gauge that fails must not hold up a report.
 */
export class DeadLetterGauge extends Context.Service<
  DeadLetterGauge,
  { readonly count: Effect.Effect<Option.Option<number>> }
>()("services/DeadLetterGauge") {}
