/** Answers a question, and has the question and its answer recorded afterwards. */
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { version } from "../../runtime/version.ts"
import type { Answerer, AnswererTimedOut, AnswererUnavailable } from "../../services/Answerer.ts"
import { RateLimit } from "../../services/RateLimit.ts"
import { begin, type Conversation } from "../recorder/Conversation.ts"
import { askedIn } from "../recorder/Exchange.ts"
import { Policy } from "../recorder/Policy.ts"
import type { RequestContext } from "../recorder/RequestContext.ts"
import { answerStreaming, answerWhole, asksForStream } from "./answerResponse.ts"
import { corsHeaders, mayAsk, preflight } from "./Cors.ts"
import { Problem, toResponse } from "./Problem.ts"
import type { HealthBody } from "./ResponseBodies.ts"
import { readQuestion } from "./readQuestion.ts"

const admit = Effect.fnUntraced(function* (request: Request, { address }: RequestContext) {
  const [{ allowedOrigins }, { admits }] = [yield* Policy, yield* RateLimit]
  if (!mayAsk(request, allowedOrigins)) return yield* new Problem({ code: "origin_not_allowed" })
  if (!(yield* admits(address))) return yield* new Problem({ code: "too_many_questions" })
})

/** Records a failed answer, even if a defect of the chatbot is the cause. */
const giveUp = Effect.fnUntraced(function* (
  cause: Cause.Cause<AnswererUnavailable | AnswererTimedOut>,
  { answered }: Conversation
) {
  yield* answered(undefined)
  yield* Effect.logError("answer unavailable", cause)
  const error = Option.getOrUndefined(Cause.findErrorOption(cause))
  const timedOut = error?._tag === "AnswererTimedOut"
  return yield* new Problem({ code: timedOut ? "answer_timed_out" : "answer_unavailable" })
})

const ask = Effect.fnUntraced(function* (request: Request, context: RequestContext) {
  yield* admit(request, context)
  const question = yield* readQuestion(request)
  const askedAt = yield* Clock.currentTimeMillis
  const asked = yield* askedIn(request, context, { ...question, askedAt })
  const conversation = yield* begin(Effect.succeed(asked), request, context)
  const answer = asksForStream(request) ? answerStreaming : answerWhole
  return yield* answer(request, asked, conversation).pipe(
    Effect.catchCause((cause) => giveUp(cause, conversation))
  )
})

/** Tells that the Worker is up, and never which queue it has. */
const health = () =>
  Response.json({ status: "ok", version, queue: "configured" } satisfies HealthBody, {
    headers: { "cache-control": "no-store" }
  })

type Handler = (
  request: Request,
  context: RequestContext
) => Effect.Effect<Response, Problem, Answerer>

const routes: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
  "/health": { GET: () => Effect.sync(() => health()) },
  "/query": { POST: ask }
}

const route = Effect.fnUntraced(function* (request: Request, context: RequestContext) {
  const methods = routes[new URL(request.url).pathname]
  if (methods === undefined) return yield* new Problem({ code: "not_found" })
  const { allowedOrigins } = yield* Policy
  if (request.method === "OPTIONS") return preflight(request, allowedOrigins)
  const method = request.method === "HEAD" ? "GET" : request.method
  // hasOwn, because a method may be called "toString"
  const handler = Object.hasOwn(methods, method) ? methods[method] : undefined
  if (handler !== undefined) return yield* handler(request, context)
  const allow = Object.keys(methods).flatMap((name) => (name === "GET" ? ["GET", "HEAD"] : [name]))
  return yield* new Problem({ code: "method_not_allowed", allow: [...allow, "OPTIONS"].join(", ") })
})

const withoutBody = (request: Request, response: Response) =>
  request.method === "HEAD" ? new Response(null, response) : response

/** Answers every request: a refusal becomes a problem, and a defect becomes a 500. */
export const handle = Effect.fnUntraced(function* (request: Request, context: RequestContext) {
  const { clientRequestId, requestId } = context
  const routed = yield* Effect.suspend(() => route(request, context)).pipe(
    Effect.catchTag("Problem", ({ allow, code }) =>
      Effect.as(Effect.logInfo("refused", { code, requestId }), toResponse(code, allow))
    ),
    Effect.catchCause((cause) =>
      Effect.as(Effect.logError("unhandled", cause), toResponse("internal_error"))
    )
  )
  const response = withoutBody(request, routed)
  const { allowedOrigins } = yield* Policy
  const headers = {
    ...corsHeaders(request, allowedOrigins),
    "x-request-id": clientRequestId ?? requestId
  }
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
  return response
})
