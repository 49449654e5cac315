import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { handle } from "../../../src/programs/edge/program.ts"
import type { RequestContext } from "../../../src/programs/edge/RequestContext.ts"
import type { ToldAnswer } from "../../../src/programs/recorder/main.ts"
import type { Answer } from "../../../src/schema/Answer.ts"
import {
  Answerer,
  type AnswererTimedOut,
  type AnswererUnavailable
} from "../../../src/services/Answerer.ts"
import { RateLimit } from "../../../src/services/RateLimit.ts"
import { requestIdOf } from "../../schema/EventExamples.ts"
import * as CapturedLog from "../CapturedLog.ts"

export const requestId = requestIdOf(1)

/** The response, and what the chatbot told the door of its answer. */
export const handled = Effect.fnUntraced(function* (
  request: Request,
  known: Partial<RequestContext> = {}
) {
  const told: Array<ToldAnswer> = []
  const response = yield* handle(request, {
    requestId,
    clientRequestId: undefined,
    address: "192.0.2.1",
    canRecord: Effect.succeed(true),
    feedback: Effect.succeed(undefined),
    vote: Effect.sync(() => new Response(null, { status: 202 })),
    tell: (answer) => told.push(answer),
    ...known
  })
  return { response, told }
})

export const answer: Answer = {
  text: "PostgreSQL and DynamoDB.",
  matchType: "full",
  matchScore: 0.92,
  model: "knowledge-base",
  tokens: { input: 120, output: 30 }
}

export const jsonHeaders = { "content-type": "application/json" }

export const post = (
  body: BodyInit | null,
  headers: Readonly<Record<string, string>> = jsonHeaders
): Request => {
  // streams are sent in half duplex, which the DOM's types do not know
  const init = { method: "POST", headers, body, duplex: "half" }
  return new Request("https://cv.example.com/query", init)
}

export const ask = (body: unknown, headers?: Readonly<Record<string, string>>): Request =>
  post(JSON.stringify(body), headers)

export const rateLimit = (admitted: Effect.Effect<boolean>) =>
  Layer.succeed(RateLimit, { admits: () => admitted })

type Answering = Effect.Effect<Answer, AnswererUnavailable | AnswererTimedOut>

/** A chatbot that answers whole, even when the visitor asks for a stream. */
export const world = (
  answering: Answering | ((question: string) => Answering) = Effect.succeed(answer)
) => {
  const answerTo = Effect.isEffect(answering) ? () => answering : answering
  const answerer = Answerer.of({
    answer: answerTo,
    stream: (question) =>
      Effect.map(answerTo(question), (whole) => ({ _tag: "Whole", answer: whole }))
  })
  return Layer.merge(Layer.succeed(Answerer, answerer), CapturedLog.layer)
}
