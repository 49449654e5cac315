/** The Worker: settings, layers, and the only place of this program where an Effect is run. */
import { AwsClient } from "aws4fetch"
import * as Config from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Redacted from "effect/Redacted"
import * as AnswererKnowledgeBase from "../../layers/AnswererKnowledgeBase.ts"
import * as EventQueueSqs from "../../layers/EventQueueSqs.ts"
import * as JsonLogger from "../../layers/JsonLogger.ts"
import * as Settings from "../../layers/Settings.ts"
import { RequestId } from "../../schema/AnalyticsEvent.ts"
import type { Section } from "../../schema/KnowledgeSection.ts"
import { OwnVisitToken } from "./OwnVisits.ts"
import { toResponse } from "./Problem.ts"
import { handle } from "./program.ts"

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
  OWN_VISIT_TOKEN: {
    config: Config.option(Config.Redacted("OWN_VISIT_TOKEN")),
    expected: "a secret that marks the owner's own visits, or nothing",
    example: "a long random word"
  }
}

const settingsLayer = Layer.unwrap(
  Effect.map(Settings.read(settings), (env) => {
    const signer = new AwsClient({
      accessKeyId: env.AWS_ACCESS_KEY_ID,
      secretAccessKey: Redacted.value(env.AWS_SECRET_ACCESS_KEY),
      region: env.AWS_REGION,
      service: "sqs",
      retries: 0
    })
    return Layer.merge(
      EventQueueSqs.layer({ queueUrl: env.QUEUE_URL.href, signer }),
      Layer.succeed(OwnVisitToken, env.OWN_VISIT_TOKEN)
    )
  })
)

type Bindings = Readonly<Record<string, unknown>>

const stringsOf = (env: Bindings): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => typeof entry[1] === "string")
  )

const makeRuntime = (env: Bindings) =>
  ManagedRuntime.make(
    Layer.mergeAll(
      settingsLayer,
      AnswererKnowledgeBase.layer({ sections: KNOWLEDGE_SECTIONS })
    ).pipe(
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

interface WaitUntil {
  readonly waitUntil: (promise: Promise<unknown>) => void
}

const countryOf = (request: Request & { readonly cf?: { readonly country?: string } }) =>
  request.cf?.country

export default {
  async fetch(request: Request, env: Bindings, context: WaitUntil): Promise<Response> {
    const runtime = runtimeOf(env)
    const visit = {
      requestId: RequestId.make(crypto.randomUUID()),
      country: countryOf(request)
    }
    const handled = await runtime.runPromiseExit(handle(request, visit))
    // `handle` itself cannot fail: a failure is a layer that its settings did not allow to be built
    if (Exit.isFailure(handled)) return toResponse("misconfigured")
    context.waitUntil(runtime.runPromise(handled.value.afterwards))
    return handled.value.response
  }
}
