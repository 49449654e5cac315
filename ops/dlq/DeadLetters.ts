/** The dead-letter queue, read without consuming it: what is not taken out is given back. */
import { randomUUID } from "node:crypto"
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand
} from "@aws-sdk/client-sqs"
import * as Arr from "effect/Array"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { ServiceRejected } from "../ServiceFault.ts"
import { type DeadLetter, fromMessage } from "./DeadLetter.ts"
import type { Queue } from "./Queue.ts"
import { depthOf } from "./QueueDepth.ts"

const batchSizeMax = 10

/** A reader that is killed hides what it holds for this long, so it grows only with the queue. */
const visibilitySecondsFor = (expected: number): number =>
  Math.min(43_200, 60 + Math.ceil(expected / 20))

/** How many messages there are, in flight or not; fails where a look would do harm. */
const countMessages = Effect.fnUntraced(function* (queue: Queue) {
  const { hasRedrivePolicy, inFlight, visible } = yield* depthOf(queue)
  if (hasRedrivePolicy) {
    const detail =
      `${queue.name} has a redrive policy, so to look at a message would count as a failed ` +
      "receive: it is no dead-letter queue"
    return yield* new ServiceRejected({ detail })
  }
  return visible + inFlight
})

const receive = (queue: Queue, visibilitySeconds: number) => {
  const command = new ReceiveMessageCommand({
    QueueUrl: queue.url,
    MaxNumberOfMessages: batchSizeMax,
    VisibilityTimeout: visibilitySeconds,
    // a long poll asks every server, so that an empty answer means an empty queue
    WaitTimeSeconds: 1,
    MessageSystemAttributeNames: ["All"],
    MessageAttributeNames: ["All"],
    // a batch whose answer was lost comes again with the client's next try
    ReceiveRequestAttemptId: randomUUID()
  })
  return queue
    .call((sqs, abortSignal) => sqs.send(command, { abortSignal }))
    .pipe(Effect.map(({ Messages = [] }) => Messages.map(fromMessage)))
}

/** Makes messages visible again; one that cannot be does so by itself when its time is over. */
const release = (queue: Queue, receiptHandles: Iterable<string>) =>
  Effect.forEach(
    Arr.chunksOf(receiptHandles, batchSizeMax),
    (chunk) => {
      const command = new ChangeMessageVisibilityBatchCommand({
        QueueUrl: queue.url,
        Entries: chunk.map((ReceiptHandle, index) => ({
          Id: String(index),
          ReceiptHandle,
          VisibilityTimeout: 0
        }))
      })
      return Effect.ignore(queue.call((sqs, abortSignal) => sqs.send(command, { abortSignal })))
    },
    { concurrency: 4, discard: true }
  )

/**
 * What to let go after a batch. A full batch may end inside a group, whose later messages are
 * blocked while its first are in flight: let go, they come again together with the later ones. A
 * group that fills a batch alone stays, for otherwise the same ten would come for ever.
 */
const cutGroupOf = (
  batch: ReadonlyArray<DeadLetter>,
  isHeld: (letter: DeadLetter) => boolean
): ReadonlyArray<DeadLetter> => {
  if (batch.length < batchSizeMax) return []
  const group = batch.at(-1)?.group
  const cut = batch.filter((letter) => letter.group === group && isHeld(letter))
  return cut.length === batch.length ? [] : cut
}

/**
 * One look at the whole dead-letter queue. While the scope is open every letter that was seen stays
 * hidden, so that the next receive brings others; then all that were not removed are visible again,
 * in their order.
 */
export const look = Effect.fnUntraced(function* (queue: Queue) {
  const expected = yield* countMessages(queue)
  const visibilitySeconds = visibilitySecondsFor(expected)
  /** Receipt handles by message id: not the letters, whose bodies may be a gigabyte. */
  const held = new Map<string, string>()
  const known = new Set<string>()
  let seen = 0
  yield* Effect.addFinalizer(() => release(queue, held.values()))

  const letGo = (letters: ReadonlyArray<DeadLetter>) => {
    for (const { messageId } of letters) held.delete(messageId)
    return release(
      queue,
      letters.map(({ receiptHandle }) => receiptHandle)
    )
  }

  const next = Effect.fnUntraced(function* (previous: {
    readonly batch: ReadonlyArray<DeadLetter>
    readonly wasNew: boolean
  }) {
    yield* letGo(cutGroupOf(previous.batch, ({ messageId }) => held.has(messageId)))
    const batch = yield* receive(queue, visibilitySeconds)
    for (const { messageId, receiptHandle } of batch) held.set(messageId, receiptHandle)
    const fresh = batch.filter(({ messageId }) => !known.has(messageId))
    for (const { messageId } of fresh) known.add(messageId)
    seen += fresh.length
    const wasNew = fresh.length > 0
    // twice nothing new: the first letters are visible again before the last were read
    const isOver = batch.length === 0 || !(wasNew || previous.wasNew)
    return [[fresh], isOver ? Option.none() : Option.some({ batch, wasNew })] as const
  })

  return {
    expected,
    /** Each letter once, in the order of its group; the consumer is done with one batch first. */
    batches: Stream.paginate({ batch: [], wasNew: true }, next),
    remove: ({ messageId, receiptHandle }: DeadLetter) => {
      const command = new DeleteMessageCommand({
        QueueUrl: queue.url,
        ReceiptHandle: receiptHandle
      })
      return queue
        .call((sqs, abortSignal) => sqs.send(command, { abortSignal }))
        .pipe(Effect.tap(() => Effect.sync(() => held.delete(messageId))))
    },
    /** Should a message of this id come into the queue during the look, it is passed over. */
    disregard: (messageId: string) => Effect.sync(() => known.add(messageId)),
    /** How many are held by another reader, or stand behind ten others of their group. */
    unseen: Effect.sync(() => Math.max(0, expected - seen))
  }
})
export type Look = Effect.Success<ReturnType<typeof look>>
