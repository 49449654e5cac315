import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { Period } from "../schema/IsoWeek.ts"
import type { Pipeline } from "../schema/report/Pipeline.ts"

/**
 * Counts the events that passed through queue and processor in a period. Unknown numbers are left
 * out, never 0. It has no error, because a meter that fails must not hold up a report.
 */
export class PipelineMeter extends Context.Service<
  PipelineMeter,
  { readonly read: (period: Period) => Effect.Effect<Omit<Pipeline, "tableBytes">> }
>()("services/PipelineMeter") {}
