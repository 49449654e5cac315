/** The Worker: settings, layers, and the only place of this program where an Effect is run. */
import { AwsClient } from "aws4fetch"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import * as AnswererKnowledgeBase from "../../layers/AnswererKnowledgeBase.ts"
import * as AnswererUpstream from "../../layers/AnswererUpstream.ts"
import * as AnswererWorkersAi from "../../layers/AnswererWorkersAi.ts"
import * as EventQueueSqs from "../../layers/EventQueueSqs.ts"
import * as JsonLogger from "../../layers/JsonLogger.ts"
import * as OutboxCloudflare from "../../layers/OutboxCloudflare.ts"
import { admits, type RateLimitBinding } from "../../layers/RateLimitCloudflare.ts"
import { RequestId } from "../../schema/AnalyticsEvent.ts"
import type { Section } from "../../schema/KnowledgeSection.ts"
import { applyPrivacy } from "../../schema/redaction/Privacy.ts"
import { makeRedactor } from "../../schema/redaction/Redaction.ts"
import { drain, type Kept } from "./drain.ts"
import { Losses } from "./Losses.ts"
import { OwnVisitToken } from "./OwnVisits.ts"
import { observe, type QuestionOf, questionIn, questionInJson } from "./observe.ts"
import { everybody, Policy } from "./Policy.ts"
import { toResponse } from "./Problem.ts"
import { handle } from "./program.ts"
import { makeSessions } from "./Session.ts"
import { type BindingName, readSettings, type Values } from "./settings.ts"
import { requestIdOf, type Visit } from "./Visit.ts"
import { privacyOf } from "./VisitorSignals.ts"

/** The knowledge base, put in by the build from `knowledge/*.md`. */
declare const KNOWLEDGE_SECTIONS: ReadonlyArray<Section>

/** What a Worker may have beside its variables; each is used when it is there. */
interface Bindings extends Partial<Readonly<Record<BindingName, unknown>>> {
  readonly AI?: AnswererWorkersAi.AiBinding
  readonly OUTBOX?: OutboxCloudflare.QueueBinding
  readonly QUESTION_LIMIT?: RateLimitBinding
}

const queueLayer = (env: Values) =>
  EventQueueSqs.layer({
    queueUrl: env.QUEUE_URL.href,
    signer: new AwsClient({
      accessKeyId: env.AWS_ACCESS_KEY_ID,
      secretAccessKey: Redacted.value(env.AWS_SECRET_ACCESS_KEY),
      region: env.AWS_REGION,
      service: "sqs",
      retries: 0
    })
  })

/** The chatbot by URL if one is named, else a model on Workers AI if one is bound, else the CV. */
const answererFor = (env: Values, { AI: ai }: Bindings) => {
  const timeoutMs = env.ANSWER_TIMEOUT_MS
  if (Option.isSome(env.UPSTREAM_URL)) {
    return AnswererUpstream.layer({
      url: env.UPSTREAM_URL.value,
      key: env.UPSTREAM_KEY,
      model: env.MODEL,
      instructions: env.INSTRUCTIONS,
      timeoutMs
    })
  }
  const sections = KNOWLEDGE_SECTIONS
  return ai !== undefined && Option.isSome(env.MODEL)
    ? AnswererWorkersAi.layer({ ai, model: env.MODEL.value, sections, timeoutMs })
    : AnswererKnowledgeBase.layer({ sections })
}

const policyOf = (env: Values, { QUESTION_LIMIT: limit }: Bindings): Policy => {
  const redact = makeRedactor(env.REDACTION_PATTERNS)
  const privacy = { mode: env.PRIVACY_MODE, signals: env.VISITOR_SIGNALS }
  return {
    allowedOrigins: env.ALLOWED_ORIGINS,
    admits: limit === undefined ? everybody : admits(limit),
    // a secret that every deployment has; its derived salts say nothing of it
    sessionOf: makeSessions(env.AWS_SECRET_ACCESS_KEY),
    discretionFor: (request) => {
      const mode = privacyOf(request, privacy)
      return mode === "skip" ? undefined : applyPrivacy(mode, redact)
    }
  }
}

/** What recording needs, whoever answers. */
const recordingLayer = (env: Values, bindings: Bindings) => {
  const { OUTBOX: outbox } = bindings
  return Layer.mergeAll(
    queueLayer(env),
    outbox === undefined ? OutboxCloudflare.none : OutboxCloudflare.layer(outbox),
    Losses.layer,
    Layer.succeed(OwnVisitToken, env.OWN_VISIT_TOKEN),
    Layer.succeed(Policy, policyOf(env, bindings))
  )
}

const stringsOf = (env: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => typeof entry[1] === "string")
  )

/**
 * Gives work its services, which are built once an isolate, here and now: a layer that would have
 * to wait is a defect, because requests cannot wait for each other.
 */
const providing = <A>(layerOf: (env: Values, bindings: Bindings) => Layer.Layer<A>) => {
  const build = (bindings: Bindings) =>
    Layer.unwrap(Effect.map(readSettings, (env) => layerOf(env, bindings))).pipe(
      Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnvRecord(stringsOf(bindings)))),
      Layer.tapError((error) => Effect.logFatal(error.message)),
      Layer.provideMerge(JsonLogger.layer("Info")),
      (all) => Effect.runSyncExit(Layer.buildWithScope(all, Scope.makeUnsafe()))
    )
  const known = new WeakMap<Bindings, ReturnType<typeof build>>()
  return (bindings: Bindings) => {
    const built = known.get(bindings) ?? build(bindings)
    known.set(bindings, built)
    return <B, E>(work: Effect.Effect<B, E, A>) =>
      Effect.flatMap(built, (context) => Effect.provideContext(work, context))
  }
}

const recorderOf = providing(recordingLayer)
// the bundler may leave it out, for a Worker around which there is analytics has its own
const chatbotOf = /* @__PURE__ */ providing((env, bindings) =>
  Layer.merge(recordingLayer(env, bindings), answererFor(env, bindings))
)
type Recorder = ReturnType<typeof recorderOf>

interface Platform {
  readonly waitUntil: (promise: Promise<unknown>) => void
}

type Incoming = Request & { readonly cf?: { readonly country?: string } }

const visitOf = (request: Incoming, recorder: Recorder, platform: Platform): Visit => ({
  requestId: requestIdOf(request) ?? RequestId.make(crypto.randomUUID()),
  country: request.cf?.country,
  address: request.headers.get("cf-connecting-ip") ?? "unknown",
  later: (work) => platform.waitUntil(Effect.runPromise(recorder(work)))
})

interface Chatbot<Env> {
  // a method, so that one that asks its platform for more than we know of fits too
  fetch(request: Incoming, env: Env, platform: Platform): Response | Promise<Response>
}

interface Batch {
  readonly messages: ReadonlyArray<Kept>
}

const sendOn = (recorder: Recorder, { messages }: Batch): Promise<void> =>
  Effect.runPromise(recorder(drain(messages)))

/** What empties the outbox, for a Worker around which there is analytics and that has a `queue`. */
export const drainOutbox = (batch: Batch, env: object): Promise<void> =>
  sendOn(recorderOf(env), batch)

/**
 * The Worker as it is, with what is asked and answered recorded: every POST in whose body
 * `questionOf` finds a question. It needs our variables beside its own, and an analytics that is
 * misconfigured or fails changes nothing for a visitor.
 */
export const withAnalytics = <Env extends object, Worker extends Chatbot<Env>>(
  worker: Worker,
  questionOf: QuestionOf = questionInJson
) => ({
  queue: drainOutbox,
  ...worker,
  async fetch(request: Incoming, env: Env & Bindings, platform: Platform): Promise<Response> {
    if (request.method !== "POST") return worker.fetch(request, env, platform)
    const question = questionIn(request.clone(), questionOf)
    // a failure is told where it is recorded, and where nothing is, it is nobody's
    question.catch(() => undefined)
    // a handler that throws is a promise that rejects
    const answering = (async () => worker.fetch(request, env, platform))()
    const recorder = recorderOf(env)
    const visit = visitOf(request, recorder, platform)
    const observed = await Effect.runPromiseExit(
      recorder(observe(request, visit, question, answering))
    )
    return Exit.isSuccess(observed) ? (observed.value ?? answering) : answering
  }
})

export default {
  async fetch(request: Incoming, env: Bindings, platform: Platform): Promise<Response> {
    const chatbot = chatbotOf(env)
    const visit = visitOf(request, chatbot, platform)
    const handled = await Effect.runPromiseExit(chatbot(handle(request, visit)))
    // `handle` itself cannot fail: a failure is a layer that its settings did not allow to be built
    return Exit.isSuccess(handled) ? handled.value : toResponse("misconfigured")
  },

  queue: (batch: Batch, env: Bindings): Promise<void> => sendOn(chatbotOf(env), batch)
}
