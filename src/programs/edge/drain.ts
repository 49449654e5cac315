/** Sends the events of the outbox, once the queue can be reached again. */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { type AnalyticsEvent, decodeMessage, deduplicationId } from "../../schema/AnalyticsEvent.ts"
import { EventQueue } from "../../services/EventQueue.ts"
import { countLost } from "./Losses.ts"

/** A message of the outbox: the encoded events of one request, in their order. */
export interface OutboxMessage {
  readonly body: unknown
  /** Deliveries so far, including this one. */
  readonly attempts: number
  readonly ack: () => void
  readonly retry: (options: { readonly delaySeconds: number }) => void
}

export interface OutboxBatch {
  readonly messages: ReadonlyArray<OutboxMessage>
}

/** Doubles from 30 s up to 15 minutes: a day's outage costs about a hundred deliveries. */
export const delaySeconds = (attempts: number): number =>
  Math.min(900, 30 * 2 ** Math.min(10, Math.max(0, attempts - 1)))

const decodeBodies = Schema.decodeUnknownResult(Schema.Array(Schema.String))

const eventsIn = (body: unknown): ReadonlyArray<AnalyticsEvent> | undefined => {
  const bodies = decodeBodies(body)
  if (Result.isFailure(bodies)) return undefined
  const events = bodies.success.map(decodeMessage)
  return events.every(Result.isSuccess) ? events.map(({ success }) => success) : undefined
}

const drainOne = Effect.fnUntraced(function* (message: OutboxMessage) {
  const events = eventsIn(message.body)
  if (events === undefined) {
    yield* Effect.logError("events lost", { lost: 1, reason: "no event in the outbox" })
    return message.ack()
  }
  const queue = yield* EventQueue
  yield* queue.publish(events).pipe(
    Effect.catchTag("EventQueueRejected", ({ deduplicationIds, detail }) =>
      countLost(
        events.filter((event) => deduplicationIds.includes(deduplicationId(event))),
        detail
      )
    ),
    Effect.andThen(Effect.sync(() => message.ack())),
    Effect.catchCause((cause) =>
      Effect.andThen(
        Effect.logWarning("kept for later", cause, { events: events.length }),
        Effect.sync(() => message.retry({ delaySeconds: delaySeconds(message.attempts) }))
      )
    )
  )
})

/** Acknowledges a message once all its events are accepted; the others come again. */
export const drain = ({ messages }: OutboxBatch) =>
  Effect.forEach(messages, drainOne, { concurrency: 4, discard: true })
