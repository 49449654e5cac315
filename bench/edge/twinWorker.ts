/**
 * The Worker without analytics, with the same questions, answerers and answers. A streamed answer
 * goes straight from the chatbot to the visitor, which is the cheapest way for a Worker.
 */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import * as AnswererKnowledgeBase from "../../src/layers/AnswererKnowledgeBase.ts"
import * as AnswererUpstream from "../../src/layers/AnswererUpstream.ts"
import * as JsonLogger from "../../src/layers/JsonLogger.ts"
import type { Section } from "../../src/layers/knowledge/KnowledgeSection.ts"
import {
  asksForStream,
  chunksOf,
  jsonResponse,
  streamResponse
} from "../../src/programs/edge/answerResponse.ts"
import { corsHeaders, mayAsk } from "../../src/programs/edge/Cors.ts"
import { toResponse } from "../../src/programs/edge/Problem.ts"
import { readQuestion } from "../../src/programs/edge/readQuestion.ts"
import { clientRequestIdOf } from "../../src/runtime/clientRequestId.ts"
import type { RequestId } from "../../src/schema/AnalyticsEvent.ts"
import { newRequestId } from "../../src/schema/Identifiers.ts"
import { Answerer } from "../../src/services/Answerer.ts"

declare const KNOWLEDGE_SECTIONS: ReadonlyArray<Section>

interface Bindings {
  readonly UPSTREAM_URL: string
}

const answererLayer = ({ UPSTREAM_URL: url }: Bindings) =>
  url === ""
    ? AnswererKnowledgeBase.layer({ sections: KNOWLEDGE_SECTIONS })
    : AnswererUpstream.layer({
        url: new URL(url),
        key: undefined,
        model: undefined,
        instructions: undefined,
        timeoutMs: 30_000
      })

const servicesOf = (env: Bindings) =>
  Effect.runSync(
    Layer.buildWithScope(
      answererLayer(env).pipe(Layer.provideMerge(JsonLogger.layer("Info"))),
      Scope.makeUnsafe()
    )
  )

const known = new WeakMap<Bindings, ReturnType<typeof servicesOf>>()

const keptServicesOf = (env: Bindings) => {
  const services = known.get(env) ?? servicesOf(env)
  known.set(env, services)
  return services
}

const ask = Effect.fnUntraced(function* (request: Request, requestId: RequestId) {
  if (!mayAsk(request, [])) return toResponse("origin_not_allowed")
  const { question } = yield* readQuestion(request)
  const answerer = yield* Answerer
  if (!asksForStream(request)) {
    return jsonResponse({ requestId }, yield* answerer.answer(question, request.signal))
  }
  const reply = yield* answerer.stream(question, request.signal)
  return streamResponse(
    reply._tag === "Streaming" ? reply.events : chunksOf({ requestId }, reply.answer)
  )
})

const handle = Effect.fnUntraced(function* (request: Request) {
  const { pathname } = new URL(request.url)
  const requestId = newRequestId()
  if (pathname !== "/query" || request.method !== "POST") return toResponse("not_found")
  const response = yield* ask(request, requestId)
  const id = clientRequestIdOf(request) ?? requestId
  const headers = { ...corsHeaders(request, []), "x-request-id": id }
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
  return response
})

export default {
  async fetch(request: Request, env: Bindings): Promise<Response> {
    const handled = await Effect.runPromiseExit(
      Effect.provideContext(handle(request), keptServicesOf(env))
    )
    return Exit.isSuccess(handled) ? handled.value : toResponse("answer_unavailable")
  }
}
