import * as Context from "effect/Context"
import type { AgentTraits } from "../schema/VisitorTraits.ts"

/** Tells bots from people and names device and browser; never fails, "unknown" when in doubt. */
export class AgentClassifier extends Context.Service<
  AgentClassifier,
  { readonly classify: (userAgent: string | undefined) => AgentTraits }
>()("services/AgentClassifier") {}
