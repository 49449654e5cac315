import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as EventQueueMemory from "../../../src/layers/EventQueueMemory.ts"
import * as OutboxCloudflare from "../../../src/layers/OutboxCloudflare.ts"
import { handle } from "../../../src/programs/edge/program.ts"
import { Losses } from "../../../src/programs/recorder/Losses.ts"
import { Policy } from "../../../src/programs/recorder/Policy.ts"
import type { RequestContext } from "../../../src/programs/recorder/RequestContext.ts"
import type { Answer } from "../../../src/schema/Answer.ts"
import {
  Answerer,
  type AnswererTimedOut,
  type AnswererUnavailable
} from "../../../src/services/Answerer.ts"
import type { EventQueue } from "../../../src/services/EventQueue.ts"
import { RateLimit } from "../../../src/services/RateLimit.ts"
import { requestIdOf } from "../../schema/EventExamples.ts"
import * as CapturedLog from "../CapturedLog.ts"

export const requestId = requestIdOf(1)

/** The answer, and the work that the platform was to do after it. */
export const handled = Effect.fnUntraced(function* (
  request: Request,
  known: Partial<RequestContext> = {}
) {
  const works: Array<Parameters<RequestContext["later"]>[0]> = []
  const response = yield* handle(request, {
    requestId,
    country: "SE",
    address: "192.0.2.1",
    later: (work) => works.push(work),
    ...known
  })
  return { response, afterwards: Effect.forEach(works, (work) => work, { discard: true }) }
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

/** The default policy, with these parts changed. */
export const policy = (changes: Partial<Policy>) =>
  Layer.effect(
    Policy,
    Effect.map(Policy, (known) => ({ ...known, ...changes }))
  )

export const rateLimit = (admitted: Effect.Effect<boolean>) =>
  Layer.succeed(RateLimit, { admits: () => admitted })

/** A chatbot that answers whole, even when the visitor asks for a stream. */
export const answererThat = (
  answering: Effect.Effect<Answer, AnswererUnavailable | AnswererTimedOut>
) =>
  Layer.succeed(
    Answerer,
    Answerer.of({
      answer: () => answering,
      stream: () => Effect.map(answering, (whole) => ({ _tag: "Whole", answer: whole }))
    })
  )

/** A chatbot that answers every question in this way, and by default a queue in memory. */
export const world = (
  answering: Effect.Effect<Answer, AnswererUnavailable | AnswererTimedOut> = Effect.succeed(answer),
  queue: Layer.Layer<EventQueue | EventQueueMemory.Published> = EventQueueMemory.layer
) =>
  Layer.mergeAll(
    answererThat(answering),
    queue,
    OutboxCloudflare.none,
    Losses.layer,
    CapturedLog.layer
  )
