/** The Worker: settings, layers, and the only place of this program where an Effect is run. */
import { AwsClient } from "aws4fetch"
import * as Config from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as AnswererKnowledgeBase from "../../layers/AnswererKnowledgeBase.ts"
import * as AnswererUpstream from "../../layers/AnswererUpstream.ts"
import * as AnswererWorkersAi from "../../layers/AnswererWorkersAi.ts"
import * as EventQueueSqs from "../../layers/EventQueueSqs.ts"
import * as JsonLogger from "../../layers/JsonLogger.ts"
import * as OutboxCloudflare from "../../layers/OutboxCloudflare.ts"
import { admits, type RateLimitBinding } from "../../layers/RateLimitCloudflare.ts"
import * as Settings from "../../layers/Settings.ts"
import { RequestId } from "../../schema/AnalyticsEvent.ts"
import type { Section } from "../../schema/KnowledgeSection.ts"
import { drain, type Kept } from "./drain.ts"
import { OwnVisitToken } from "./OwnVisits.ts"
import { Policy } from "./Policy.ts"
import { toResponse } from "./Problem.ts"
import { handle } from "./program.ts"
import { requestIdOf, type Visit } from "./Visit.ts"

/** The knowledge base, put in by the build from `knowledge/*.md`. */
declare const KNOWLEDGE_SECTIONS: ReadonlyArray<Section>

const settings = {
  AWS_REGION: {
    config: Config.NonEmptyString("AWS_REGION"),
    expected: "the region of the queue",
    example: "eu-west-1"
  },
  AWS_ACCESS_KEY_ID: {
    config: Config.NonEmptyString("AWS_ACCESS_KEY_ID"),
    expected: "the key id of a user that may send to the queue",
    example: "AKIAIOSFODNN7EXAMPLE"
  },
  AWS_SECRET_ACCESS_KEY: {
    config: Config.Redacted("AWS_SECRET_ACCESS_KEY"),
    expected: "the secret of that key",
    example: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
  },
  QUEUE_URL: {
    config: Config.URL("QUEUE_URL"),
    expected: "the URL of the FIFO queue",
    example: "https://sqs.eu-west-1.amazonaws.com/123456789012/cv-analytics.fifo"
  },
  UPSTREAM_URL: {
    config: Config.option(Config.URL("UPSTREAM_URL")),
    expected: "the URL of the chatbot that answers, or nothing",
    example: "https://api.openai.com/v1/chat/completions"
  },
  UPSTREAM_KEY: {
    config: Config.option(Config.Redacted("UPSTREAM_KEY")),
    expected: "the key that the chatbot asks for, or nothing",
    example: "a secret"
  },
  MODEL: {
    config: Config.option(Config.NonEmptyString("MODEL")),
    expected: "the language model that answers, or nothing",
    example: "@cf/meta/llama-3.1-8b-instruct-fast"
  },
  INSTRUCTIONS: {
    config: Config.option(Config.NonEmptyString("INSTRUCTIONS")),
    expected: "what the chatbot is told before every question, or nothing",
    example: "You answer questions about example.com."
  },
  ANSWER_TIMEOUT_MS: {
    config: Config.withDefault(Config.Int("ANSWER_TIMEOUT_MS"), 30_000),
    expected: "how long the chatbot may take to begin, in milliseconds",
    example: "30000"
  },
  ALLOWED_ORIGINS: {
    config: Config.withDefault(Config.Array(Schema.NonEmptyString, "ALLOWED_ORIGINS"), []),
    expected: "origins of the pages that may ask, separated by commas, or nothing",
    example: "https://example.com,https://www.example.com"
  },
  OWN_VISIT_TOKEN: {
    config: Config.option(Config.Redacted("OWN_VISIT_TOKEN")),
    expected: "a secret that marks the owner's own visits, or nothing",
    example: "a long random word"
  }
}

const readSettings = Settings.read(settings)
type Values = Effect.Success<typeof readSettings>

/** What a Worker may have beside its variables; each is used when it is there. */
interface Bindings {
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
const answererLayer = (env: Values, { AI: ai }: Bindings) => {
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

const policyOf = (env: Values, { QUESTION_LIMIT: limit }: Bindings): Partial<Policy> => ({
  allowedOrigins: env.ALLOWED_ORIGINS,
  ...(limit === undefined ? {} : { admits: admits(limit) })
})

const servicesLayer = (bindings: Bindings) =>
  Layer.unwrap(
    Effect.map(readSettings, (env) =>
      Layer.mergeAll(
        queueLayer(env),
        answererLayer(env, bindings),
        bindings.OUTBOX === undefined
          ? OutboxCloudflare.none
          : OutboxCloudflare.layer(bindings.OUTBOX),
        Layer.succeed(OwnVisitToken, env.OWN_VISIT_TOKEN),
        Layer.effect(
          Policy,
          Effect.map(Policy, (known) => ({ ...known, ...policyOf(env, bindings) }))
        )
      )
    )
  )

const stringsOf = (env: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => typeof entry[1] === "string")
  )

const makeRuntime = (env: Bindings) =>
  ManagedRuntime.make(
    servicesLayer(env).pipe(
      Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnvRecord(stringsOf(env)))),
      Layer.tapError((error) => Effect.logFatal(error.message)),
      Layer.provideMerge(JsonLogger.layer("Info"))
    )
  )

/**
 * One runtime an isolate: every layer is built synchronously, so requests never wait for another.
 */
const runtimes = new WeakMap<Bindings, ReturnType<typeof makeRuntime>>()

const runtimeOf = (env: Bindings) => {
  const known = runtimes.get(env)
  if (known !== undefined) return known
  const runtime = makeRuntime(env)
  runtimes.set(env, runtime)
  return runtime
}

interface Platform {
  readonly waitUntil: (promise: Promise<unknown>) => void
}

type Incoming = Request & { readonly cf?: { readonly country?: string } }

const visitOf = (request: Incoming, env: Bindings, platform: Platform): Visit => ({
  requestId: requestIdOf(request) ?? RequestId.make(crypto.randomUUID()),
  country: request.cf?.country,
  address: request.headers.get("cf-connecting-ip") ?? "unknown",
  later: (work) => platform.waitUntil(runtimeOf(env).runPromise(work))
})

export default {
  async fetch(request: Incoming, env: Bindings, platform: Platform): Promise<Response> {
    const handled = await runtimeOf(env).runPromiseExit(
      handle(request, visitOf(request, env, platform))
    )
    // `handle` itself cannot fail: a failure is a layer that its settings did not allow to be built
    return Exit.isSuccess(handled) ? handled.value : toResponse("misconfigured")
  },

  async queue(batch: { readonly messages: ReadonlyArray<Kept> }, env: Bindings): Promise<void> {
    await runtimeOf(env).runPromise(drain(batch.messages))
  }
}
