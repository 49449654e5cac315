import { SendMessageBatchCommand, type SendMessageBatchRequestEntry } from "@aws-sdk/client-sqs"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import type { LocalSystem } from "../LocalSystem.ts"
import type { Delivery } from "./History.ts"

/** The queue did not take messages that the demo counts on. */
export class ReplayFailed extends Data.TaggedError("ReplayFailed")<{ readonly detail: string }> {
  override get message() {
    return `the history could not be put on the queue: ${this.detail}`
  }
}

const batchSizeMax = 10

type Message = Pick<Delivery, "body" | "deduplicationId" | "groupId">

const entryOf = (delivery: Message, index: number): SendMessageBatchRequestEntry => ({
  Id: String(index),
  MessageBody: delivery.body,
  MessageGroupId: delivery.groupId,
  MessageDeduplicationId: delivery.deduplicationId
})

const send = ({ queueUrl, sqs }: LocalSystem, deliveries: ReadonlyArray<Message>) =>
  Effect.tryPromise({
    try: () =>
      sqs.send(
        new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: deliveries.map(entryOf) })
      ),
    catch: (cause) => new ReplayFailed({ detail: String(cause) })
  }).pipe(
    Effect.flatMap(({ Failed = [] }) =>
      Failed.length === 0
        ? Effect.void
        : Effect.fail(new ReplayFailed({ detail: Failed.map(({ Code }) => Code).join(", ") }))
    ),
    // the deduplication ids make every attempt after the first harmless
    Effect.retry(Schedule.spaced("200 millis").pipe(Schedule.upTo({ times: 10 })))
  )

const chunksOf = <A>(values: ReadonlyArray<A>, size: number): ReadonlyArray<ReadonlyArray<A>> =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, n) =>
    values.slice(n * size, (n + 1) * size)
  )

/** Sends the history in its order, batch after batch, and says how far it is. */
export const replay = (
  system: LocalSystem,
  deliveries: ReadonlyArray<Message>,
  onSent: (sent: number) => Effect.Effect<void>
) =>
  Effect.forEach(
    chunksOf(deliveries, batchSizeMax),
    (chunk, n) => send(system, chunk).pipe(Effect.andThen(onSent(n * batchSizeMax + chunk.length))),
    { discard: true }
  )
