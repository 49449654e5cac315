/** Answers a question, and says what is to be published once the answer has left. */
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import {
  type AnalyticsEvent,
  QueryEvent,
  type RequestId,
  ResponseEvent,
  SessionId
} from "../../schema/AnalyticsEvent.ts"
import type { Answer } from "../../schema/Answer.ts"
import { Answerer } from "../../services/Answerer.ts"
import { EventQueue } from "../../services/EventQueue.ts"
import { isOwnVisit } from "./OwnVisits.ts"
import { Problem, toResponse } from "./Problem.ts"
import { readQuestion } from "./Question.ts"

/** What the platform knows of a request beyond its HTTP form. */
export interface Visit {
  readonly requestId: RequestId
  readonly country: string | undefined
}

/** The answer for the visitor, and the work that must not delay it. */
export interface Handled {
  readonly response: Response
  readonly afterwards: Effect.Effect<void>
}

const optional = <K extends string>(key: K, value: string | null | undefined) =>
  (value == null || value === "" ? {} : { [key]: value }) as { readonly [P in K]?: string }

const metadataOf = ({ own, request, visit }: Exchange) => ({
  ...optional("userAgent", request.headers.get("user-agent")),
  ...optional("referer", request.headers.get("referer")),
  ...optional("language", request.headers.get("accept-language")),
  ...optional("country", visit.country),
  ...(own ? { own } : {})
})

const failedAnswer: Answer = {
  text: "",
  matchType: "none",
  matchScore: 0,
  model: "unknown",
  tokens: { input: 0, output: 0 }
}

interface Exchange {
  readonly request: Request
  readonly visit: Visit
  readonly own: boolean
  readonly query: string
  readonly sessionId: SessionId
  readonly askedAt: number
  readonly answeredAt: number
  readonly answer: Answer | undefined
}

const eventsOf = (exchange: Exchange): ReadonlyArray<AnalyticsEvent> => {
  const { answer = failedAnswer, askedAt, answeredAt, sessionId, visit } = exchange
  const shared = { requestId: visit.requestId, sessionId }
  return [
    QueryEvent.make({
      ...shared,
      timestamp: askedAt,
      query: exchange.query,
      metadata: metadataOf(exchange)
    }),
    ResponseEvent.make({
      ...shared,
      timestamp: answeredAt,
      queryTimestamp: askedAt,
      response: answer.text,
      matchType: answer.matchType,
      matchScore: answer.matchScore,
      processingTimeMs: Math.max(0, answeredAt - askedAt),
      tokens: answer.tokens,
      model: answer.model,
      outcome: exchange.answer === undefined ? "failed" : "answered"
    })
  ]
}

const answerResponse = ({ sessionId, visit }: Exchange, answer: Answer): Response =>
  Response.json(
    {
      requestId: visit.requestId,
      sessionId,
      answer: answer.text,
      matchType: answer.matchType,
      matchScore: answer.matchScore
    },
    { headers: { "cache-control": "no-store" } }
  )

/** Publishes, or counts the loss in the log: a visitor never hears of it. */
const publish = Effect.fnUntraced(function* (events: ReadonlyArray<AnalyticsEvent>) {
  const queue = yield* EventQueue
  yield* queue.publish(events).pipe(
    Effect.catchCause((cause) => {
      const error = Option.getOrUndefined(Cause.findErrorOption(cause))
      return Effect.logError("events lost", cause, {
        lost: error?.deduplicationIds.length ?? events.length,
        requestId: events[0]?.requestId
      })
    })
  )
})

const ask = Effect.fnUntraced(function* (request: Request, visit: Visit) {
  const { query, sessionId = SessionId.make(visit.requestId) } = yield* readQuestion(request)
  const answerer = yield* Answerer
  const askedAt = yield* Clock.currentTimeMillis
  // a chatbot that breaks in an unforeseen way has failed to answer, like any other that fails
  const result = yield* Effect.exit(answerer.answer(query))
  const answeredAt = yield* Clock.currentTimeMillis
  if (Exit.isFailure(result)) yield* Effect.logError("answer unavailable", result.cause)
  const answer = Exit.isSuccess(result) ? result.value : undefined
  const own = yield* isOwnVisit(request)
  const exchange = { request, visit, own, query, sessionId, askedAt, answeredAt, answer }
  return {
    response:
      answer === undefined ? toResponse("answer_unavailable") : answerResponse(exchange, answer),
    afterwards: publish(eventsOf(exchange))
  }
})

const route = (request: Request, visit: Visit) => {
  const { pathname } = new URL(request.url)
  if (pathname === "/health" && (request.method === "GET" || request.method === "HEAD")) {
    return Effect.succeed({ response: Response.json({ status: "ok" }), afterwards: Effect.void })
  }
  if (pathname !== "/query") return new Problem({ code: "not_found" })
  if (request.method !== "POST") return new Problem({ code: "method_not_allowed" })
  return ask(request, visit)
}

/**
 * Every request gets an answer: what is wrong with it becomes a problem, a defect becomes a 500.
 */
export const handle = Effect.fnUntraced(function* (request: Request, visit: Visit) {
  const services = yield* Effect.context<EventQueue>()
  const handled = yield* Effect.suspend(() => route(request, visit)).pipe(
    Effect.catchTag("Problem", ({ code }) =>
      Effect.succeed({ response: toResponse(code), afterwards: Effect.void })
    ),
    Effect.catchCause((cause) =>
      Effect.as(Effect.logError("unhandled", cause), {
        response: toResponse("internal_error"),
        afterwards: Effect.void
      })
    )
  )
  const afterwards = Effect.provideContext(handled.afterwards, services)
  return { response: handled.response, afterwards } satisfies Handled
})
