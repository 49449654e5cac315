import * as Effect from "effect/Effect"
import type { InteractionEvent } from "../../schema/AnalyticsEvent.ts"
import { eventsOf, type Interaction } from "../../schema/Interaction.ts"
import type { InteractionTraits } from "../../schema/InteractionTraits.ts"
import { traitsOf, type VisitorTraits } from "../../schema/VisitorTraits.ts"
import { AgentClassifier } from "../../services/AgentClassifier.ts"
import { LanguageDetector } from "../../services/LanguageDetector.ts"

/** The services that tell an interaction's traits. */
export const tellers = Effect.all({ classifier: AgentClassifier, languages: LanguageDetector })
export type Tellers = Effect.Success<typeof tellers>

export interface Enriched {
  readonly traits: InteractionTraits
  /** The name of a teller's error, because its message may quote the visitor. */
  readonly failure?: string
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "unknown")

const visitorOf = (
  interaction: Interaction,
  classifier: AgentClassifier["Service"]
): { readonly traits: VisitorTraits; readonly failure?: string } => {
  if (interaction.status === "awaiting_query") return { traits: {} }
  const { query } = interaction
  try {
    return { traits: traitsOf(query, classifier.classify(query.metadata.userAgent)) }
  } catch (error) {
    return { traits: traitsOf(query, { agent: "unknown" }), failure: nameOf(error) }
  }
}

const languageOf = (event: InteractionEvent, { detect }: LanguageDetector["Service"]) => {
  const isQuestion = event.eventType === "query"
  const language = detect(isQuestion ? event.query : event.response)
  return language === undefined ? {} : { [isQuestion ? "askedIn" : "answeredIn"]: language }
}

/** Adds what the request tells of its visitor and its texts; a failure never costs the event. */
export const enrich = (interaction: Interaction, { classifier, languages }: Tellers): Enriched => {
  const { traits, ...failed } = visitorOf(interaction, classifier)
  try {
    const told = eventsOf(interaction).map((event) => languageOf(event, languages))
    return { traits: Object.assign({}, traits, ...told), ...failed }
  } catch (error) {
    return { traits, failure: nameOf(error), ...failed }
  }
}
