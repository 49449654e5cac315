import { SendMessageBatchCommand } from "@aws-sdk/client-sqs"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import {
  type AnalyticsEvent,
  deduplicationId,
  encodeMessage
} from "../../src/schema/AnalyticsEvent.ts"
import type { Queue } from "../dlq/Queue.ts"
import { ServiceRejected, ServiceUnavailable } from "../ServiceFault.ts"

/** The most that one request to SQS may carry: messages, and bytes of all of them. */
export const batchMax = { messages: 10, bytes: 1024 * 1024 }

const untilAccepted = Schedule.exponential("500 millis").pipe(
  Schedule.jittered,
  Schedule.upTo({ times: 6 })
)

const send = (queue: Queue, events: ReadonlyArray<AnalyticsEvent>) => {
  const command = new SendMessageBatchCommand({
    QueueUrl: queue.url,
    Entries: events.map((event, index) => ({
      Id: String(index),
      MessageBody: encodeMessage(event),
      MessageGroupId: event.requestId,
      MessageDeduplicationId: deduplicationId(event)
    }))
  })
  return queue.call((sqs, abortSignal) => sqs.send(command, { abortSignal }))
}

/** One request; succeeds with the events that were not accepted and may be later. */
const attempt = Effect.fnUntraced(function* (queue: Queue, events: ReadonlyArray<AnalyticsEvent>) {
  const { Failed = [] } = yield* send(queue, events)
  const refused = Failed.find(({ SenderFault }) => SenderFault)
  if (refused !== undefined) {
    const detail = `SQS refused an event for ${queue.name} (${refused.Code})`
    return yield* new ServiceRejected({ detail })
  }
  const failed = new Set(Failed.map(({ Id }) => Id))
  return events.filter((_, index) => failed.has(String(index)))
})

/** Puts events on the queue as the edge does; entries that failed are tried again alone. */
export const publish = Effect.fnUntraced(function* (
  queue: Queue,
  events: ReadonlyArray<AnalyticsEvent>
) {
  let pending = events
  const untilNone = Effect.gen(function* () {
    pending = yield* attempt(queue, pending)
    if (pending.length === 0) return
    return yield* new ServiceUnavailable({
      service: "SQS",
      place: queue.name,
      detail: "entries failed"
    })
  })
  yield* Effect.retry(untilNone, {
    schedule: untilAccepted,
    while: (error) => error._tag === "ServiceUnavailable"
  })
})
