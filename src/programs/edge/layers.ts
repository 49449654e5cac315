/** Chooses the adapters by the Worker's settings and bindings. */
import { AwsClient } from "aws4fetch"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as AnswererKnowledgeBase from "../../layers/AnswererKnowledgeBase.ts"
import * as AnswererUpstream from "../../layers/AnswererUpstream.ts"
import * as AnswererWorkersAi from "../../layers/AnswererWorkersAi.ts"
import * as EventQueueSqs from "../../layers/EventQueueSqs.ts"
import type { Section } from "../../layers/knowledge/KnowledgeSection.ts"
import * as OutboxCloudflare from "../../layers/OutboxCloudflare.ts"
import * as RateLimitCloudflare from "../../layers/RateLimitCloudflare.ts"
import { applyPrivacy } from "../../schema/redaction/Privacy.ts"
import { makeRedactor } from "../../schema/redaction/Redaction.ts"
import { textLengthMax } from "../../schema/redaction/TextLength.ts"
import { Losses } from "../recorder/Losses.ts"
import { namesSomeone } from "../recorder/namesSomeone.ts"
import { OwnVisitToken } from "../recorder/OwnVisits.ts"
import { Policy, privacyOf } from "../recorder/Policy.ts"
import { makeSessions } from "../recorder/Session.ts"
import type { BindingName, Values } from "./settings.ts"

/** The build puts in the knowledge base from `knowledge/*.md`. */
declare const KNOWLEDGE_SECTIONS: ReadonlyArray<Section>

interface Bound extends Readonly<Record<BindingName, unknown>> {
  readonly AI: AnswererWorkersAi.AiBinding
  readonly OUTBOX: OutboxCloudflare.QueueBinding
  readonly QUESTION_LIMIT: RateLimitCloudflare.RateLimitBinding
}
export type Bindings = Partial<Pick<Bound, BindingName>>

const queueLayer = (values: Values) =>
  EventQueueSqs.layer({
    queueUrl: values.QUEUE_URL.href,
    signer: new AwsClient({
      accessKeyId: values.AWS_ACCESS_KEY_ID,
      secretAccessKey: Redacted.value(values.AWS_SECRET_ACCESS_KEY),
      region: values.AWS_REGION,
      service: "sqs",
      retries: 0
    })
  })

const policyOf = (values: Values): Policy => {
  const redact = makeRedactor(values.REDACTION_PATTERNS)
  const privacy = { mode: values.PRIVACY_MODE, signals: values.VISITOR_SIGNALS }
  return {
    allowedOrigins: values.ALLOWED_ORIGINS,
    // every deployment has this secret, and the salts that are derived from it do not reveal it
    sessionOf: makeSessions(
      values.AWS_SECRET_ACCESS_KEY,
      (id, request) => privacyOf(request, privacy) !== "full" && namesSomeone(id, redact)
    ),
    discretionFor: (request) => {
      const mode = privacyOf(request, privacy)
      return mode === "skip" ? undefined : applyPrivacy(mode, redact, textLengthMax)
    }
  }
}

/** Everything that recording needs, for any chatbot. */
export const recordingLayer = (values: Values, { OUTBOX: outbox }: Bindings) =>
  Layer.mergeAll(
    queueLayer(values),
    outbox === undefined ? OutboxCloudflare.none : OutboxCloudflare.layer(outbox),
    Losses.layer,
    Layer.succeed(OwnVisitToken, values.OWN_VISIT_TOKEN),
    Layer.succeed(Policy, policyOf(values))
  )

/** A chatbot by URL goes first, then a bound model on Workers AI, then the sample CV. */
const answererLayer = (values: Values, { AI: ai }: Bindings) => {
  const timeoutMs = values.ANSWER_TIMEOUT_MS
  if (Option.isSome(values.UPSTREAM_URL)) {
    return AnswererUpstream.layer({
      url: values.UPSTREAM_URL.value,
      key: values.UPSTREAM_KEY,
      model: values.MODEL,
      instructions: values.INSTRUCTIONS,
      timeoutMs
    })
  }
  const sections = KNOWLEDGE_SECTIONS
  return ai !== undefined && Option.isSome(values.MODEL)
    ? AnswererWorkersAi.layer({ ai, model: values.MODEL.value, sections, timeoutMs })
    : AnswererKnowledgeBase.layer({ sections })
}

export const chatbotLayer = (values: Values, bindings: Bindings) => {
  const { QUESTION_LIMIT: limit } = bindings
  return Layer.mergeAll(
    recordingLayer(values, bindings),
    answererLayer(values, bindings),
    limit === undefined ? Layer.empty : RateLimitCloudflare.layer(limit)
  )
}
