import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { Period } from "../schema/IsoWeek.ts"
import type { Pipeline } from "../schema/report/Pipeline.ts"

/**
 * What passed through queue and processor in a period. A number that nobody can tell is left out,
 * never 0; a meter that fails must not keep a report from going out, so it has no error.
 */
export class PipelineMeter extends Context.Service<
  PipelineMeter,
  { readonly read: (period: Period) => Effect.Effect<Omit<Pipeline, "tableBytes">> }
>()("services/PipelineMeter") {}
