/**
 * Sends the events of the outbox, once the queue can be reached again. It never reads their texts,
 * because a newer version of the Worker may have kept them.
 */
import * as Effect from "effect/Effect"
import { messagesIn } from "../../schema/QueueMessage.ts"
import { EventQueue } from "../../services/EventQueue.ts"
import { countLost, Losses } from "./Losses.ts"
import type { OutboxBatch, OutboxMessage } from "./Package.d.ts"

/** Doubles from 30 s up to 15 minutes: a day's outage costs about a hundred deliveries. */
export const delaySeconds = (attempts: number): number =>
  Math.min(900, 30 * 2 ** Math.min(10, Math.max(0, attempts - 1)))

const drainOne = Effect.fnUntraced(function* (message: OutboxMessage) {
  const kept = messagesIn(message.body)
  if (kept === undefined) {
    const losses = yield* Losses
    losses.untold += 1
    yield* Effect.logError("events lost", { lost: 1, reason: "no event in the outbox" })
    return message.ack()
  }
  const queue = yield* EventQueue
  yield* queue.publish(kept).pipe(
    Effect.catchTag("EventQueueRejected", ({ deduplicationIds, detail }) =>
      countLost(
        kept.filter(({ deduplicationId }) => deduplicationIds.includes(deduplicationId)),
        detail
      )
    ),
    Effect.andThen(Effect.sync(() => message.ack())),
    Effect.catchCause((cause) =>
      Effect.andThen(
        Effect.logWarning("kept for later", cause, { events: kept.length }),
        Effect.sync(() => message.retry({ delaySeconds: delaySeconds(message.attempts) }))
      )
    )
  )
})

/** Acknowledges a message once all its events are accepted; the others come again. */
export const drain = ({ messages }: OutboxBatch) =>
  Effect.forEach(messages, drainOne, { concurrency: 4, discard: true })
