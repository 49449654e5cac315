/** Reads the dead-letter queue and gives back every message that the reader does not remove. */
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
import { depthOf, type Queue } from "../installation/Queue.ts"
import { ServiceRejected } from "../ServiceFault.ts"
import { type DeadLetter, fromMessage } from "./DeadLetter.ts"

const batchSizeMax = 10

/** A killed reader hides its messages for this long, so a short queue gets a short time. */
const visibilitySecondsFor = (expected: number): number =>
  Math.min(43_200, 60 + Math.ceil(expected / 20))

/** Counts messages, also those in flight; fails where a look would do harm. */
const countMessages = Effect.fnUntraced(function* (queue: Queue) {
  const { hasRedrivePolicy, inFlight, visible } = yield* depthOf(queue)
  if (hasRedrivePolicy) {
    const message =
      `${queue.name} has a redrive policy, so looking at a message would count as a failed ` +
      "receive: it is not a dead-letter queue"
    return yield* new ServiceRejected({ message })
  }
  return visible + inFlight
})

const receive = Effect.fnUntraced(function* ({ send, url }: Queue, visibilitySeconds: number) {
  const { Messages = [] } = yield* send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: batchSizeMax,
      VisibilityTimeout: visibilitySeconds,
      // a long poll asks every server, so that an empty answer means an empty queue
      WaitTimeSeconds: 1,
      MessageSystemAttributeNames: ["All"],
      MessageAttributeNames: ["All"],
      // the client's next try brings a batch again whose answer was lost
      ReceiveRequestAttemptId: randomUUID()
    })
  )
  return Messages.map(fromMessage)
})

/** Makes messages visible again; if that fails, they become visible when their time is over. */
const release = ({ send, url }: Queue, receiptHandles: Iterable<string>) =>
  Effect.forEach(
    Arr.chunksOf(receiptHandles, batchSizeMax),
    (chunk) => {
      const Entries = chunk.map((ReceiptHandle, index) => ({
        Id: String(index),
        ReceiptHandle,
        VisibilityTimeout: 0
      }))
      return Effect.ignore(
        send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries }))
      )
    },
    { concurrency: 4, discard: true }
  )

/**
 * The messages of the group that a full batch cuts. SQS holds the rest of the group back while they
 * are in flight, so they are released and come again together. A group that fills the whole batch
 * is kept, because otherwise the same ten would come for ever.
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
 * One look at the whole dead-letter queue. It hides every letter it has seen until the scope
 * closes, so that each receive brings others. Letters that stay become visible again in their
 * order.
 */
export const look = Effect.fnUntraced(function* (queue: Queue) {
  const expected = yield* countMessages(queue)
  const visibilitySeconds = visibilitySecondsFor(expected)
  /** Receipt handles by message id, and not the letters, because their bodies may be a gigabyte. */
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
    // two receives without a new letter: the first are visible again before the last were read
    const isOver = batch.length === 0 || !(wasNew || previous.wasNew)
    return [[fresh], isOver ? Option.none() : Option.some({ batch, wasNew })] as const
  })

  return {
    expected,
    /** Each letter once, in its group's order; the consumer finishes a batch before the next. */
    batches: Stream.paginate({ batch: [], wasNew: true }, next),
    remove: Effect.fnUntraced(function* ({ messageId, receiptHandle }: DeadLetter) {
      yield* queue.send(
        new DeleteMessageCommand({ QueueUrl: queue.url, ReceiptHandle: receiptHandle })
      )
      held.delete(messageId)
    }),
    /** Passes a message of this id over if it comes into the queue during the look. */
    disregard: (messageId: string) => Effect.sync(() => known.add(messageId)),
    /** Counts letters that another reader holds, or that stand behind ten others of their group. */
    unseen: Effect.sync(() => Math.max(0, expected - seen))
  }
})
export type Look = Effect.Success<ReturnType<typeof look>>
