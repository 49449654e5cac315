/** Chooses the adapters of our chatbot by its settings and bindings. */
import * as Layer from "effect/Layer"
import * as AnswererKnowledgeBase from "../../layers/AnswererKnowledgeBase.ts"
import * as AnswererUpstream from "../../layers/AnswererUpstream.ts"
import * as AnswererWorkersAi from "../../layers/AnswererWorkersAi.ts"
import type { Section } from "../../layers/knowledge/KnowledgeSection.ts"
import * as RateLimitCloudflare from "../../layers/RateLimitCloudflare.ts"
import { AllowedOrigins } from "./AllowedOrigins.ts"
import type { BindingName, Values } from "./settings.ts"

/** The build puts in the sample's knowledge base. */
declare const KNOWLEDGE_SECTIONS: ReadonlyArray<Section>

interface Bound extends Readonly<Record<BindingName, unknown>> {
  readonly AI: AnswererWorkersAi.AiBinding
  readonly QUESTION_LIMIT: RateLimitCloudflare.RateLimitBinding
}
export type Bindings = Partial<Pick<Bound, BindingName>>

/** A chatbot by URL goes first, then a bound model on Workers AI, then the sample CV. */
const answererLayer = (values: Values, { AI: ai }: Bindings) => {
  const { MODEL: model, UPSTREAM_URL: url } = values
  const timeoutMs = values.ANSWER_TIMEOUT_MS
  if (url !== undefined) {
    return AnswererUpstream.layer({
      url,
      key: values.UPSTREAM_KEY,
      model,
      instructions: values.INSTRUCTIONS,
      timeoutMs
    })
  }
  const sections = KNOWLEDGE_SECTIONS
  return ai !== undefined && model !== undefined
    ? AnswererWorkersAi.layer({ ai, model, sections, timeoutMs })
    : AnswererKnowledgeBase.layer({ sections })
}

export const chatbotLayer = (values: Values, bindings: Bindings) => {
  const { QUESTION_LIMIT: limit } = bindings
  return Layer.mergeAll(
    answererLayer(values, bindings),
    Layer.succeed(AllowedOrigins, values.ALLOWED_ORIGINS),
    limit === undefined ? Layer.empty : RateLimitCloudflare.layer(limit)
  )
}
