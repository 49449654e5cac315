import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient
} from "@aws-sdk/client-sqs"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import type { SqsSource } from "./SqsEvent.ts"

export interface SourceQueueOptions extends SqsSource {
  readonly endpoint: string
  /** At most 10, which is the default and the limit of a FIFO queue. */
  readonly batchSize?: number
}

const batchSizeMax = 10

class QueueUnavailable extends Data.TaggedError("QueueUnavailable")<{ readonly cause: unknown }> {}

const longPollSeconds = 20

export const makeClient = ({ endpoint, region }: SourceQueueOptions) =>
  Effect.acquireRelease(
    Effect.sync(
      () =>
        new SQSClient({
          endpoint,
          region,
          credentials: { accessKeyId: "local", secretAccessKey: "local" },
          // The poller retries itself, and two kinds of retries would multiply.
          maxAttempts: 1,
          // Otherwise the client connects to the host in the queue's URL, which may be AWS.
          useQueueUrlAsEndpoint: false,
          requestHandler: {
            connectionTimeout: 2000,
            requestTimeout: (longPollSeconds + 10) * 1000,
            throwOnRequestTimeout: true
          }
        })
    ),
    (client) => Effect.sync(() => client.destroy())
  )

const call = <A>(send: (abortSignal: AbortSignal) => Promise<A>) =>
  Effect.tryPromise({ try: send, catch: (cause) => new QueueUnavailable({ cause }) })

const untilReachable = Schedule.min([
  Schedule.exponential("100 millis"),
  Schedule.spaced("2 seconds")
]).pipe(Schedule.jittered)

const deletePatience = Schedule.exponential("100 millis").pipe(Schedule.upTo({ times: 3 }))

/** Waits for messages up to one long poll, and for an unreachable queue without limit. */
export const receive = (client: SQSClient, options: SourceQueueOptions) =>
  call((abortSignal) =>
    client.send(
      new ReceiveMessageCommand({
        QueueUrl: options.queueUrl,
        MaxNumberOfMessages: options.batchSize ?? batchSizeMax,
        WaitTimeSeconds: longPollSeconds,
        MessageSystemAttributeNames: ["All"],
        MessageAttributeNames: ["All"]
      }),
      { abortSignal }
    )
  ).pipe(
    Effect.map(({ Messages }) => Messages ?? []),
    Effect.tapError(({ cause }) => Effect.logDebug("the queue does not answer", cause)),
    Effect.retry(untilReachable),
    // The schedule has no end.
    Effect.orDie
  )

/** Deletes messages; the queue delivers those that stay again, as after a lost acknowledgement. */
export const remove = Effect.fn("SourceQueue.remove")(function* (
  client: SQSClient,
  queueUrl: string,
  messages: ReadonlyArray<Message>
) {
  let left = messages.map((message, index) => ({
    Id: String(index),
    ReceiptHandle: message.ReceiptHandle
  }))
  const attempt = Effect.gen(function* () {
    if (left.length === 0) return
    const command = new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries: left })
    const { Failed = [] } = yield* call((abortSignal) => client.send(command, { abortSignal }))
    const worthAnother = new Set(Failed.filter((entry) => !entry.SenderFault).map(({ Id }) => Id))
    left = left.filter(({ Id }) => worthAnother.has(Id))
    if (left.length > 0) return yield* Effect.fail(new QueueUnavailable({ cause: Failed }))
  })
  yield* attempt.pipe(
    Effect.retry(deletePatience),
    Effect.catch(({ cause }) => Effect.logWarning("messages left to redelivery", cause))
  )
})
