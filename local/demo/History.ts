/**
 * Weeks of a fictional chatbot's life as queue messages: halves are reordered, late or missing,
 * with repeats and failed answers. The same seed and the same end give the same history.
 */
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import type {
  AnalyticsEvent,
  FeedbackEvent,
  InteractionEvent
} from "../../src/schema/AnalyticsEvent.ts"
import { deduplicationId, encodeMessage } from "../../src/schema/EventText.ts"
import { Answerer } from "../../src/services/Answerer.ts"
import { type DemoQuestion, demoQuestion } from "./DemoQuestion.ts"
import { visits } from "./Visits.ts"
import { votesOn } from "./Votes.ts"

/** One message to be sent. A repeat keeps its deduplication id or has a new one. */
export interface Delivery {
  readonly groupId: string
  readonly deduplicationId: string
  readonly body: string
  /** Epoch milliseconds. */
  readonly sentAt: number
  readonly event: AnalyticsEvent
}

export interface History {
  /** Sorted by time. */
  readonly deliveries: ReadonlyArray<Delivery>
  /** Every half that is sent at least once. */
  readonly events: ReadonlyArray<InteractionEvent>
  /** Those of a request in the order of their time. */
  readonly votes: ReadonlyArray<FeedbackEvent>
}

const deliveryOf = (event: AnalyticsEvent, sentAt: number, repeat = ""): Delivery => ({
  groupId: event.requestId,
  deduplicationId: `${deduplicationId(event)}${repeat}`,
  body: encodeMessage(event),
  sentAt,
  event
})

const chance = (share: number) => Effect.map(Random.next, (n) => n < share)

/** Drops a half now and then, and swaps both more often. */
const halves = Effect.fnUntraced(function* ({ query, response }: DemoQuestion) {
  if (yield* chance(0.012)) return [query]
  if (yield* chance(0.006)) return [response]
  return (yield* chance(0.15)) ? [response, query] : [query, response]
})

/** Gives each message of a question its time on the queue, repeats included. */
const place = Effect.fnUntraced(function* (events: ReadonlyArray<InteractionEvent>, start: number) {
  const placed: Array<Delivery> = []
  let at = start
  for (const event of events) {
    const late = (yield* chance(0.05)) ? yield* Random.nextIntBetween(3_600_000, 12 * 3_600_000) : 0
    at += yield* Random.nextIntBetween(50, 2000)
    placed.push(deliveryOf(event, at + late))
    if (yield* chance(0.02)) placed.push(deliveryOf(event, at + 60_000))
    if (yield* chance(0.02)) placed.push(deliveryOf(event, at + 600_000, ":redelivery"))
  }
  return placed
})

export interface Options {
  readonly interactions: number
  readonly startMs: number
  readonly endMs: number
  readonly seed: number
  /** The chatbot of an earlier time, before its owner mended it. */
  readonly answererAt?: (timestamp: number) => Answerer["Service"] | undefined
}

const history = Effect.fnUntraced(function* (options: Options) {
  const { answererAt, endMs, interactions, startMs } = options
  const deliveries: Array<Delivery> = []
  const events: Array<InteractionEvent> = []
  const votes: Array<FeedbackEvent> = []
  const present = yield* Answerer
  for (const visit of yield* visits({ interactions, startMs, endMs })) {
    const answerer = answererAt?.(visit.timestamp) ?? present
    const question = yield* Effect.provideService(demoQuestion(visit), Answerer, answerer)
    const sent = yield* halves(question)
    events.push(...sent)
    deliveries.push(...(yield* place(sent, visit.timestamp)))
    const cast = votesOn(question)
    votes.push(...cast)
    deliveries.push(...cast.map((vote) => deliveryOf(vote, vote.votedAt)))
  }
  deliveries.sort((a, b) => a.sentAt - b.sentAt)
  return { deliveries, events, votes } satisfies History
})

/** Takes the chatbot's `Answerer`, so that a visitor would get the same answers and scores. */
export const makeHistory = (options: Options) =>
  history(options).pipe(Random.withSeed(options.seed))
