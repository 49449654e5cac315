/** Answers a question; the door around this program records it. */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { version } from "../../runtime/version.ts"
import type { Answerer, AnswererTimedOut, AnswererUnavailable } from "../../services/Answerer.ts"
import { RateLimit } from "../../services/RateLimit.ts"
import { AllowedOrigins } from "./AllowedOrigins.ts"
import { answerStreaming, answerWhole, asksForStream } from "./answerResponse.ts"
import type { HealthBody } from "./Bodies.ts"
import { corsHeaders, mayAsk, preflight } from "./Cors.ts"
import { Problem, toResponse } from "./Problem.ts"
import type { RequestContext } from "./RequestContext.ts"
import { readQuestion } from "./readQuestion.ts"

const admit = Effect.fnUntraced(function* (request: Request, { address }: RequestContext) {
  const [allowedOrigins, { admits }] = [yield* AllowedOrigins, yield* RateLimit]
  if (!mayAsk(request, allowedOrigins)) return yield* new Problem({ code: "origin_not_allowed" })
  if (!(yield* admits(address))) return yield* new Problem({ code: "too_many_questions" })
})

const problemFor = Effect.fnUntraced(function* (
  cause: Cause.Cause<AnswererUnavailable | AnswererTimedOut>
) {
  yield* Effect.logError("answer unavailable", cause)
  const error = Option.getOrUndefined(Cause.findErrorOption(cause))
  const timedOut = error?._tag === "AnswererTimedOut"
  return yield* new Problem({ code: timedOut ? "answer_timed_out" : "answer_unavailable" })
})

const ask = Effect.fnUntraced(function* (request: Request, context: RequestContext) {
  yield* admit(request, context)
  const { question } = yield* readQuestion(request)
  const answer = asksForStream(request) ? answerStreaming : answerWhole
  return yield* Effect.catchCause(answer(request, context, question), problemFor)
})

/** The door takes the vote; a vote counts towards the limit as a question does. */
const vote = Effect.fnUntraced(function* (request: Request, context: RequestContext) {
  yield* admit(request, context)
  return yield* context.vote
})

/** Tells that the Worker is up and can record, and never which queue it has. */
const health = Effect.fnUntraced(function* (_: Request, { canRecord }: RequestContext) {
  if (!(yield* canRecord)) return yield* new Problem({ code: "misconfigured" })
  const body = { status: "ok", version, queue: "configured" } satisfies HealthBody
  return Response.json(body, { headers: { "cache-control": "no-store" } })
})

type Handler = (
  request: Request,
  context: RequestContext
) => Effect.Effect<Response, Problem, Answerer>

const routes: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
  "/feedback": { POST: vote },
  "/health": { GET: health },
  "/query": { POST: ask }
}

const route = Effect.fnUntraced(function* (request: Request, context: RequestContext) {
  const methods = routes[new URL(request.url).pathname]
  if (methods === undefined) return yield* new Problem({ code: "not_found" })
  if (request.method === "OPTIONS") return preflight(request, yield* AllowedOrigins)
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
  const headers = {
    ...corsHeaders(request, yield* AllowedOrigins),
    "x-request-id": clientRequestId ?? requestId
  }
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
  return response
})
