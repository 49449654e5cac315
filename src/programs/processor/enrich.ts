import * as Effect from "effect/Effect"
import type { Interaction } from "../../schema/Interaction.ts"
import { traitsOf, type VisitTraits } from "../../schema/VisitTraits.ts"
import { AgentClassifier } from "../../services/AgentClassifier.ts"

/** What the visit tells of itself; a classifier that fails costs its traits and never the event. */
export const enrich = Effect.fnUntraced(function* (interaction: Interaction) {
  if (interaction.status === "awaiting_query") return {}
  const classifier = yield* AgentClassifier
  const { query } = interaction
  return yield* Effect.try(
    (): VisitTraits => traitsOf(query, classifier.classify(query.metadata.userAgent))
  ).pipe(
    Effect.catch((error) =>
      Effect.as(
        Effect.logWarning("visit not enriched", error),
        traitsOf(query, { agent: "unknown" })
      )
    )
  )
})
