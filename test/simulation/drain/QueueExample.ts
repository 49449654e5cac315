/** The state machine of the local queue as a source of messages, by the test's clock. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import { FifoQueue, type Journal } from "../../../local/sqs/FifoQueue.ts"
import { receiptHandle } from "../../../local/sqs/Message.ts"
import { rulesOf, withAttributes } from "../../../local/sqs/QueueAttributes.ts"
import type { QueueRecord } from "../../../src/programs/processor/Batch.ts"
import { EventSource, type EventSourceError } from "../../../src/services/EventSource.ts"

const deaf: Journal = {
  added: () => undefined,
  changed: () => undefined,
  removed: () => undefined,
  remembered: () => undefined,
  forgotten: () => undefined
}

export const maxReceiveCount = 3
export const visibilityMs = 60_000

const rules = rulesOf(
  Result.getOrThrow(
    withAttributes(undefined, {
      FifoQueue: "true",
      VisibilityTimeout: String(visibilityMs / 1000),
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: "arn:aws:sqs:eu-west-1:000000000000:dead-letters.fifo",
        maxReceiveCount
      })
    })
  )
)

/** What the queue is asked, and may answer with a fault instead. */
export type Verb = "receive" | "acknowledge"
type Fault = (verb: Verb) => Effect.Effect<void, EventSourceError>

export class QueueExample {
  readonly #ids: Array<string> = []
  readonly #queue: FifoQueue
  /** The bodies that were received too often. */
  readonly deadLetters: Array<string> = []
  /** The sizes of the batches that were received. */
  readonly batches: Array<number> = []

  constructor() {
    let sequence = 0
    const mint = { sequence: () => ++sequence, messageId: () => this.#ids.at(-1) ?? "" }
    this.#queue = new FifoQueue("events.fifo", rules, mint, deaf)
  }

  send(...records: ReadonlyArray<QueueRecord>): Effect.Effect<void> {
    return Effect.map(Clock.currentTimeMillis, (now) => {
      for (const { body, groupId: group, messageId } of records) {
        this.#ids.push(messageId)
        const draft = { group, body, deduplicationId: messageId, attributes: {} }
        this.#queue.send(now, { ...draft, traceHeader: undefined })
      }
    })
  }

  readonly #receive = Effect.map(Clock.currentTimeMillis, (now) => {
    const ask = { max: 10, visibilityTimeoutSeconds: undefined, attemptId: undefined }
    const { delivered, exhausted } = this.#queue.receive(now, { ...ask, redrives: true })
    this.deadLetters.push(...exhausted.map(({ body }) => body))
    if (delivered.length > 0) this.batches.push(delivered.length)
    return delivered.map((message) => ({
      messageId: message.id,
      groupId: message.group,
      body: message.body,
      receipt: receiptHandle(message)
    }))
  })

  /** How many messages are in the queue, and how many of them somebody holds. */
  readonly counts = Effect.map(Clock.currentTimeMillis, (now) => {
    const { inFlight, visible } = this.#queue.counts(now)
    return { visible, inFlight }
  })

  layer(fault: Fault = () => Effect.void): Layer.Layer<EventSource> {
    return Layer.succeed(EventSource, {
      receive: Effect.andThen(
        Effect.suspend(() => fault("receive")),
        this.#receive
      ),
      acknowledge: (messages) =>
        Effect.andThen(
          fault("acknowledge"),
          Effect.map(Clock.currentTimeMillis, (now) => {
            for (const { receipt } of messages) this.#queue.delete(now, receipt)
          })
        )
    })
  }
}
