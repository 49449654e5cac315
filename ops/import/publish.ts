import { SendMessageBatchCommand } from "@aws-sdk/client-sqs"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import type { AnalyticsEvent } from "../../src/schema/AnalyticsEvent.ts"
import { deduplicationId, encodeMessage } from "../../src/schema/EventText.ts"
import type { Queue } from "../installation/Queue.ts"
import { ServiceRejected, ServiceUnavailable } from "../ServiceFault.ts"

/** Limits of one request to SQS: messages, and the bytes of all of them. */
export const batchMax = { messages: 10, bytes: 1024 * 1024 }

const untilAccepted = Schedule.exponential("500 millis").pipe(
  Schedule.jittered,
  Schedule.upTo({ times: 6 })
)

/** Sends one request, and returns the events to send again. */
const attempt = Effect.fnUntraced(function* (queue: Queue, events: ReadonlyArray<AnalyticsEvent>) {
  const { Failed = [] } = yield* queue.send(
    new SendMessageBatchCommand({
      QueueUrl: queue.url,
      Entries: events.map((event, index) => ({
        Id: String(index),
        MessageBody: encodeMessage(event),
        MessageGroupId: event.requestId,
        MessageDeduplicationId: deduplicationId(event)
      }))
    })
  )
  const rejected = Failed.find(({ SenderFault }) => SenderFault)
  if (rejected !== undefined) {
    const message = `SQS refused an event for ${queue.name} (${rejected.Code})`
    return yield* new ServiceRejected({ message })
  }
  const failed = new Set(Failed.map(({ Id }) => Id))
  return events.filter((_, index) => failed.has(String(index)))
})

/** Puts events on the queue as the edge does; it sends only failed entries again. */
export const publish = Effect.fnUntraced(function* (
  queue: Queue,
  events: ReadonlyArray<AnalyticsEvent>
) {
  let pending = events
  const step = Effect.gen(function* () {
    pending = yield* attempt(queue, pending)
    if (pending.length === 0) return
    const fault = { service: "SQS", place: queue.name, detail: "entries failed" } as const
    return yield* new ServiceUnavailable(fault)
  })
  yield* Effect.retry(step, {
    schedule: untilAccepted,
    while: (error) => error._tag === "ServiceUnavailable"
  })
})
