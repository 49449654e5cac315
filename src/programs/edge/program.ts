/** Answers a question, and sees to it that what was asked and answered is known afterwards. */
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import { version } from "../../runtime/version.ts"
import { Answerer, type Reply } from "../../services/Answerer.ts"
import { asksForStream, chunksOf, jsonResponse, streamResponse } from "./answerResponse.ts"
import { askedIn } from "./askedIn.ts"
import { begin, type Conversation } from "./Conversation.ts"
import { corsHeaders, mayAsk, preflight } from "./Cors.ts"
import type { Asked } from "./Exchange.ts"
import { Policy } from "./Policy.ts"
import { Problem, toResponse } from "./Problem.ts"
import type { HealthBody } from "./ResponseBodies.ts"
import { readQuestion } from "./readQuestion.ts"
import { Transcript } from "./Transcript.ts"
import type { Visit } from "./Visit.ts"

const respond = Effect.fnUntraced(function* (
  reply: Reply,
  asked: Asked,
  streaming: boolean,
  conversation: Conversation
) {
  if (reply._tag === "Streaming") {
    const transcript = new Transcript("text/event-stream", reply.known)
    return streamResponse(conversation.streams(reply.events, transcript))
  }
  yield* conversation.answered(reply.answer)
  return streaming
    ? streamResponse(chunksOf(asked, reply.answer))
    : jsonResponse(asked, reply.answer)
})

/** What the owner's policy and the request itself say of a question that may be asked. */
const admitted = Effect.fnUntraced(function* (request: Request, visit: Visit) {
  const { admits, allowedOrigins } = yield* Policy
  if (!mayAsk(request, allowedOrigins)) return yield* new Problem({ code: "origin_not_allowed" })
  if (!(yield* admits(visit.address))) return yield* new Problem({ code: "too_many_questions" })
  const { query, sessionId: given } = yield* readQuestion(request)
  const asked = yield* askedIn(request, visit, { query, given }, yield* Clock.currentTimeMillis)
  return { asked, conversation: yield* begin(Effect.succeed(asked), request, visit) }
})

const replyTo = Effect.fnUntraced(function* (
  query: string,
  streaming: boolean,
  signal: AbortSignal
) {
  const answerer = yield* Answerer
  if (streaming) return yield* answerer.stream(query, signal)
  return { _tag: "Whole", answer: yield* answerer.answer(query, signal) } satisfies Reply
})

const ask = Effect.fnUntraced(function* (request: Request, visit: Visit) {
  const { asked, conversation } = yield* admitted(request, visit)
  const streaming = asksForStream(request)
  // a chatbot that breaks in an unforeseen way has failed to answer, like any other that fails
  const replied = yield* replyTo(asked.query, streaming, request.signal).pipe(
    Effect.flatMap((reply) => respond(reply, asked, streaming, conversation)),
    Effect.exit
  )
  if (Exit.isSuccess(replied)) return replied.value
  yield* conversation.answered(undefined)
  yield* Effect.logError("answer unavailable", replied.cause)
  const error = Option.getOrUndefined(Cause.findErrorOption(replied.cause))
  const code = error?._tag === "AnswererTimedOut" ? "answer_timed_out" : "answer_unavailable"
  return yield* new Problem({ code })
})

/** Says that it is up, and never with what. */
const health = () =>
  Response.json({ status: "ok", version, queue: "configured" } satisfies HealthBody, {
    headers: { "cache-control": "no-store" }
  })

type Handler = (request: Request, visit: Visit) => Effect.Effect<Response, Problem, Answerer>

const routes: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
  "/health": { GET: () => Effect.sync(() => health()) },
  "/query": { POST: ask }
}

const route = Effect.fnUntraced(function* (request: Request, visit: Visit) {
  const methods = routes[new URL(request.url).pathname]
  if (methods === undefined) return yield* new Problem({ code: "not_found" })
  const { allowedOrigins } = yield* Policy
  if (request.method === "OPTIONS") return preflight(request, allowedOrigins)
  const method = request.method === "HEAD" ? "GET" : request.method
  // a method may have any name, that of what every object has included
  const handler = Object.hasOwn(methods, method) ? methods[method] : undefined
  if (handler !== undefined) return yield* handler(request, visit)
  const allow = Object.keys(methods).flatMap((name) => (name === "GET" ? ["GET", "HEAD"] : [name]))
  return yield* new Problem({ code: "method_not_allowed", allow: [...allow, "OPTIONS"].join(", ") })
})

/** A HEAD gets everything that a GET does, but the body. */
const withoutBody = (request: Request, response: Response) =>
  request.method === "HEAD" ? new Response(null, response) : response

const withHeaders = Effect.fnUntraced(function* (
  request: Request,
  visit: Visit,
  response: Response
) {
  const { allowedOrigins } = yield* Policy
  const headers = { ...corsHeaders(request, allowedOrigins), "x-request-id": visit.requestId }
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
  return response
})

/**
 * Every request gets an answer: what is wrong with it becomes a problem, a defect becomes a 500.
 */
export const handle = Effect.fnUntraced(function* (request: Request, visit: Visit) {
  const response = yield* Effect.suspend(() => route(request, visit)).pipe(
    Effect.catchTag("Problem", ({ allow, code }) =>
      Effect.as(
        Effect.logInfo("refused", { code, requestId: visit.requestId }),
        toResponse(code, allow)
      )
    ),
    Effect.catchCause((cause) =>
      Effect.as(Effect.logError("unhandled", cause), toResponse("internal_error"))
    )
  )
  return yield* withHeaders(request, visit, withoutBody(request, response))
})
