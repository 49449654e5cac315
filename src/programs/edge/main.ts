/** Our chatbot's entry points; every Effect of this program is run here. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import * as JsonLogger from "../../layers/JsonLogger.ts"
import { clientRequestIdOf } from "../../runtime/clientRequestId.ts"
import { visitorNetwork } from "../../runtime/visitorNetwork.ts"
import type { RequestId } from "../../schema/AnalyticsEvent.ts"
import {
  feedback,
  feedbackToken,
  isConfigured,
  requestIdOf,
  tell,
  withAnalytics
} from "../recorder/main.ts"
import { type Bindings, chatbotLayer } from "./layers.ts"
import { toResponse } from "./Problem.ts"
import { handle } from "./program.ts"
import type { RequestContext } from "./RequestContext.ts"
import { readSettings } from "./settings.ts"

const textsIn = (env: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => typeof entry[1] === "string")
  )

/** Built synchronously, because one request cannot wait for another. */
const build = (env: object) =>
  Layer.unwrap(
    Effect.map(Effect.fromResult(readSettings(textsIn(env))), (values) =>
      chatbotLayer(values, env as Bindings)
    )
  ).pipe(
    Layer.tapError((error) => Effect.logFatal(error.message)),
    Layer.provideMerge(JsonLogger.layer("Info")),
    (all) => Effect.runSyncExit(Layer.buildWithScope(all, Scope.makeUnsafe()))
  )

/** Each isolate builds its services once. */
const built = new WeakMap<object, ReturnType<typeof build>>()

const servicesOf = (env: object) => {
  const services = built.get(env) ?? build(env)
  built.set(env, services)
  return services
}

type Platform = Parameters<typeof feedback>[2]

const contextOf = (request: Request, env: object, platform: Platform): RequestContext => ({
  requestId: (requestIdOf(request) ?? crypto.randomUUID()) as RequestId,
  clientRequestId: clientRequestIdOf(request),
  address: visitorNetwork(request) ?? "unknown",
  canRecord: Effect.promise(() => isConfigured(env)),
  feedback: Effect.promise(() => feedbackToken(request)),
  vote: Effect.promise(() => feedback(request, env, platform)),
  tell: (answer) => tell(request, answer)
})

const chatbot = {
  fetch: (request: Request, env: object, platform: Platform): Promise<Response> =>
    Effect.flatMap(servicesOf(env), (services) =>
      Effect.provideContext(handle(request, contextOf(request, env, platform)), services)
    ).pipe(
      // `handle` cannot fail, so a failure means that a setting is missing or wrong
      Effect.catchCause(() => Effect.sync(() => toResponse("misconfigured"))),
      Effect.runPromise
    )
}

export default withAnalytics(chatbot, { at: "/query" })
