/**
 * Weeks of a fictional chatbot's life as queue messages: halves are reordered, late or missing,
 * repeats, failed answers and poison. The same seed and the same end give the same history.
 */
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import type { AnalyticsEvent } from "../../src/schema/AnalyticsEvent.ts"
import { deduplicationId, encodeMessage } from "../../src/schema/EventText.ts"
import { type DemoQuestion, demoQuestion } from "./DemoQuestion.ts"
import { poison } from "./poison.ts"
import { visits } from "./Visits.ts"

/** One message to be sent. A repeat keeps its deduplication id or has a new one. */
export interface Delivery {
  readonly groupId: string
  readonly deduplicationId: string
  readonly body: string
}

export interface History {
  readonly deliveries: ReadonlyArray<Delivery>
  /** Every event that is sent at least once. */
  readonly events: ReadonlyArray<AnalyticsEvent>
  readonly poisonCount: number
}

const deliveryOf = (event: AnalyticsEvent, repeat = ""): Delivery => ({
  groupId: event.requestId,
  deduplicationId: `${deduplicationId(event)}${repeat}`,
  body: encodeMessage(event)
})

const chance = (share: number) => Effect.map(Random.next, (n) => n < share)

/** Drops a half now and then, and swaps both more often. */
const halves = Effect.fnUntraced(function* ({ query, response }: DemoQuestion) {
  if (yield* chance(0.012)) return [query]
  if (yield* chance(0.006)) return [response]
  return (yield* chance(0.15)) ? [response, query] : [query, response]
})

interface Placed {
  readonly at: number
  readonly delivery: Delivery
}

/** Gives each message of a question its time on the queue, repeats included. */
const place = Effect.fnUntraced(function* (events: ReadonlyArray<AnalyticsEvent>, start: number) {
  const placed: Array<Placed> = []
  let at = start
  for (const event of events) {
    const late = (yield* chance(0.05)) ? yield* Random.nextIntBetween(3_600_000, 12 * 3_600_000) : 0
    at += yield* Random.nextIntBetween(50, 2000)
    placed.push({ at: at + late, delivery: deliveryOf(event) })
    if (yield* chance(0.02)) placed.push({ at: at + 60_000, delivery: deliveryOf(event) })
    if (yield* chance(0.02)) {
      const redelivery = deliveryOf(event, ":redelivery")
      placed.push({ at: at + 600_000, delivery: redelivery })
    }
  }
  return placed
})

export interface Options {
  readonly interactions: number
  readonly startMs: number
  readonly endMs: number
  readonly seed: number
}

const history = Effect.fnUntraced(function* ({ endMs, interactions, startMs }: Options) {
  const placed: Array<Placed> = []
  const events: Array<AnalyticsEvent> = []
  for (const visit of yield* visits({ interactions, startMs, endMs })) {
    const sent = yield* halves(yield* demoQuestion(visit))
    events.push(...sent)
    placed.push(...(yield* place(sent, visit.timestamp)))
  }
  placed.sort((a, b) => a.at - b.at)
  const poisonous = poison.map(({ body, name }) => ({
    groupId: `poison-${name}`,
    deduplicationId: `poison-${name}`,
    body
  }))
  return {
    deliveries: [...poisonous, ...placed.map(({ delivery }) => delivery)],
    events,
    poisonCount: poisonous.length
  } satisfies History
})

/** Takes the chatbot's `Answerer`, so that a visitor would get the same answers and scores. */
export const makeHistory = (options: Options) =>
  history(options).pipe(Random.withSeed(options.seed))
