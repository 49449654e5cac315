/** Receives from SQS by itself, where no trigger does: docs/decisions/0029-drain-by-schedule.md. */
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand } from "@aws-sdk/client-sqs"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import {
  EventSource,
  type EventSourceError,
  EventSourceRejected,
  EventSourceUnavailable,
  type ReceivedMessage
} from "../services/EventSource.ts"
import { isTransient, nameOf } from "./aws/AwsFault.ts"
import { Sqs } from "./sqs/Sqs.ts"

export interface Options {
  readonly queueUrl: string
}

/** The AWS actions that each verb needs; IAM knows a batch by the name of its single action. */
export const actions = {
  receive: ["sqs:ReceiveMessage"],
  acknowledge: ["sqs:DeleteMessage"]
} satisfies Record<keyof EventSource["Service"], ReadonlyArray<string>>

/** The most that SQS gives at once. */
const batchSizeMax = 10

/**
 * A receive that does not wait asks only some of SQS's servers, and may miss what the others hold.
 * One second asks them all; a longer wait would be paid as the function's time.
 */
export const waitSeconds = 1

const untilAvailable = Schedule.exponential("100 millis", 3).pipe(
  Schedule.jittered,
  Schedule.upTo({ times: 2 })
)

/** Three tries take about half a second beside the time that SQS needs. */
const patiently = <A>(attempt: Effect.Effect<A, EventSourceError>) =>
  Effect.retry(attempt, {
    schedule: untilAvailable,
    while: ({ _tag }) => _tag === "EventSourceUnavailable"
  })

const call = <A>(
  operation: string,
  send: (options: { readonly abortSignal: AbortSignal }) => Promise<A>
): Effect.Effect<A, EventSourceError> =>
  Effect.tryPromise({
    try: (abortSignal) => send({ abortSignal }),
    catch: (cause) => {
      const fault = { operation, detail: nameOf(cause) }
      return isTransient(cause) ? new EventSourceUnavailable(fault) : new EventSourceRejected(fault)
    }
  })

/** A message without an id or receipt could not be acknowledged, so it is left to come again. */
const receivedOf = ({ Attributes, Body, MessageId, ReceiptHandle }: Message) =>
  MessageId === undefined || ReceiptHandle === undefined
    ? []
    : {
        messageId: MessageId,
        groupId: Attributes?.MessageGroupId ?? MessageId,
        body: Body ?? "",
        receipt: ReceiptHandle
      }

const make = Effect.fnUntraced(function* ({ queueUrl: QueueUrl }: Options) {
  const client = yield* Sqs

  const receive = Effect.suspend(() => {
    const command = new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: batchSizeMax,
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ["MessageGroupId"],
      // gives the same batch again when an answer was lost, which would hide it for minutes
      ReceiveRequestAttemptId: crypto.randomUUID()
    })
    return patiently(call("ReceiveMessage", (o) => client.send(command, o)))
  }).pipe(
    Effect.map(({ Messages = [] }) => Messages.flatMap(receivedOf)),
    Effect.withSpan("EventSource.receive")
  )

  /** Deletes once, and answers with the messages that are worth another try. */
  const deleteOnce = Effect.fnUntraced(function* (messages: ReadonlyArray<ReceivedMessage>) {
    const Entries = messages.map(({ receipt }, index) => ({
      Id: String(index),
      ReceiptHandle: receipt
    }))
    const { Failed = [], Successful = [] } = yield* call("DeleteMessageBatch", (o) =>
      client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }), o)
    )
    const refused = Failed.filter(({ SenderFault }) => SenderFault === true)
    if (refused.length > 0) {
      const codes = [...new Set(refused.map(({ Code }) => Code))]
      yield* Effect.logWarning("messages not acknowledged", { messages: refused.length, codes })
    }
    const done = new Set([...Successful, ...refused].map(({ Id }) => Id))
    return messages.filter((_, index) => !done.has(String(index)))
  })

  return EventSource.of({
    receive,
    acknowledge: Effect.fn("EventSource.acknowledge")((messages) => {
      let left = messages
      return patiently(
        Effect.gen(function* () {
          if (left.length > 0) left = yield* deleteOnce(left)
          if (left.length === 0) return
          const detail = `${left.length} entries failed`
          return yield* new EventSourceUnavailable({ operation: "DeleteMessageBatch", detail })
        })
      )
    })
  })
})

export const layer = (options: Options) => Layer.effect(EventSource, make(options))
