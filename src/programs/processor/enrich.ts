import type { Interaction } from "../../schema/Interaction.ts"
import { traitsOf, type VisitorTraits } from "../../schema/VisitorTraits.ts"
import type { AgentClassifier } from "../../services/AgentClassifier.ts"

export interface Enriched {
  readonly traits: VisitorTraits
  /** The name of the classifier's error, because its message may quote the visitor. */
  readonly failure?: string
}

/** Adds what the request tells of its visitor; a failing classifier never costs the event. */
export const enrich = (
  interaction: Interaction,
  classifier: AgentClassifier["Service"]
): Enriched => {
  if (interaction.status === "awaiting_query") return { traits: {} }
  const { query } = interaction
  try {
    return { traits: traitsOf(query, classifier.classify(query.metadata.userAgent)) }
  } catch (error) {
    const failure = error instanceof Error ? error.name : "unknown"
    return { traits: traitsOf(query, { agent: "unknown" }), failure }
  }
}
