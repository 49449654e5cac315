/**
 * SQS over plain HTTP with aws4fetch, because a Worker cannot afford the AWS client. Its effects,
 * like all of the edge, have no spans, which would add 1.5 KB gzipped to every wrapped Worker.
 */
import type { AwsClient } from "aws4fetch"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import { fieldsOf, listOf } from "../schema/chat/Json.ts"
import { bytesOf, fitted, type QueueMessage } from "../schema/QueueMessage.ts"
import { EventQueue, EventQueueRejected, EventQueueUnavailable } from "../services/EventQueue.ts"
import { entryTreatment, faultName, requestTreatment } from "./sqs/SqsFault.ts"

/** The AWS actions that each verb needs; IAM knows a batch by the name of its single action. */
export const actions = {
  publish: ["sqs:SendMessage"]
} satisfies Record<keyof EventQueue["Service"], ReadonlyArray<string>>

export interface Options {
  readonly queueUrl: string
  /** Signs requests for service `sqs`; its own retries must be off. */
  readonly signer: AwsClient
}

/** Reads how SQS treated each entry; entries that it does not name are sent again. */
const outcomesIn = (json: unknown) => {
  const { Failed, Successful } = fieldsOf(json)
  return {
    accepted: new Set(listOf(Successful).map((entry) => fieldsOf(entry).Id)),
    refused: new Set(
      listOf(Failed)
        .map(fieldsOf)
        .filter(
          ({ Code, SenderFault }) => entryTreatment(String(Code), SenderFault === true) === "never"
        )
        .map(({ Id }) => Id)
    )
  }
}

/** Four tries take about 10 s, well inside the 30 s that a Worker has after its answer. */
const untilAccepted = Schedule.exponential("150 millis", 3).pipe(
  Schedule.jittered,
  Schedule.upTo({ times: 3 })
)
const attemptTimeout = "2 seconds"

/** SQS counts the messages of a request together. */
export const bytesMax = 1024 * 1024

const sizeOf = ({ body }: QueueMessage): number => bytesOf(body)

const entryOf = (message: QueueMessage, index: number) => ({
  Id: String(index),
  MessageBody: message.body,
  MessageGroupId: message.groupId,
  MessageDeduplicationId: message.deduplicationId
})

const idsOf = (messages: ReadonlyArray<QueueMessage>) =>
  messages.map(({ deduplicationId }) => deduplicationId)

const unavailable = (messages: ReadonlyArray<QueueMessage>, detail: string) =>
  new EventQueueUnavailable({ detail, deduplicationIds: idsOf(messages) })

const rejected = (messages: ReadonlyArray<QueueMessage>, detail: string) =>
  new EventQueueRejected({ detail, deduplicationIds: idsOf(messages) })

const request = ({ queueUrl, signer }: Options, messages: ReadonlyArray<QueueMessage>) =>
  Effect.tryPromise({
    try: (signal) =>
      signer.fetch(new URL("/", queueUrl).href, {
        method: "POST",
        headers: {
          "content-type": "application/x-amz-json-1.0",
          "x-amz-target": "AmazonSQS.SendMessageBatch"
        },
        body: JSON.stringify({ QueueUrl: queueUrl, Entries: messages.map(entryOf) }),
        signal
      }),
    catch: () => unavailable(messages, "no connection")
  })

const readAnswer = (response: Response, messages: ReadonlyArray<QueueMessage>) =>
  Effect.tryPromise({
    try: () => response.json().then(outcomesIn),
    catch: () => unavailable(messages, "unreadable answer")
  })

const refusalOf = Effect.fnUntraced(function* (
  response: Response,
  messages: ReadonlyArray<QueueMessage>
) {
  const body = yield* Effect.tryPromise({
    try: () => response.text(),
    catch: () => unavailable(messages, "unreadable answer")
  })
  const name = faultName(response, body)
  const failed = requestTreatment(response.status, name) === "later" ? unavailable : rejected
  return yield* failed(messages, `HTTP ${response.status} ${name}`.trim())
})

/** Sends one request, and returns the entries that were refused or have to be sent again. */
const attempt = Effect.fnUntraced(
  function* (options: Options, messages: ReadonlyArray<QueueMessage>) {
    const response = yield* request(options, messages)
    if (!response.ok) return yield* refusalOf(response, messages)
    const { accepted, refused } = yield* readAnswer(response, messages)
    return {
      refused: messages.filter((_, index) => refused.has(String(index))),
      remaining: messages.filter((_, index) => {
        const id = String(index)
        return !accepted.has(id) && !refused.has(id)
      })
    }
  },
  (effect, _, messages) =>
    Effect.timeoutOrElse(effect, {
      duration: attemptTimeout,
      orElse: () => Effect.fail(unavailable(messages, "no answer in time"))
    })
)

/** Tries failed entries again alone; a refused entry never holds up its neighbour. */
const publishBatch = Effect.fnUntraced(function* (
  options: Options,
  messages: ReadonlyArray<QueueMessage>
) {
  let pending = messages
  const refusedMessages: Array<QueueMessage> = []
  yield* Effect.suspend(() => attempt(options, pending)).pipe(
    Effect.flatMap(({ refused, remaining }) => {
      pending = remaining
      refusedMessages.push(...refused)
      return remaining.length === 0
        ? Effect.void
        : Effect.fail(unavailable(remaining, "entries failed"))
    }),
    Effect.retry({
      schedule: untilAccepted,
      while: (error) => error._tag === "EventQueueUnavailable"
    }),
    // names the entries that were refused on an earlier try, so that the caller can count them
    Effect.mapError(({ _tag, detail }) => {
      const failed = _tag === "EventQueueUnavailable" ? unavailable : rejected
      return failed([...pending, ...refusedMessages], detail)
    })
  )
  if (refusedMessages.length > 0) return yield* rejected(refusedMessages, "entries refused")
})

/** Messages that are too long for one request go alone, and are cut if they still are. */
const publish = Effect.fnUntraced(function* (
  options: Options,
  messages: ReadonlyArray<QueueMessage>
) {
  const bytes = messages.reduce((sum, message) => sum + sizeOf(message), 0)
  if (bytes <= bytesMax) return yield* publishBatch(options, messages)
  const [, failures] = yield* Effect.partition(
    messages,
    (message) => publishBatch(options, [fitted(message, bytesMax, sizeOf)]),
    { concurrency: "unbounded" }
  )
  const failure = failures.find(({ _tag }) => _tag === "EventQueueUnavailable") ?? failures[0]
  if (failure === undefined) return
  const { _tag, detail } = failure
  const deduplicationIds = failures.flatMap((one) => one.deduplicationIds)
  return yield* _tag === "EventQueueUnavailable"
    ? new EventQueueUnavailable({ detail, deduplicationIds })
    : new EventQueueRejected({ detail, deduplicationIds })
})

/** Built synchronously, because requests of a Worker cannot wait for each other. */
export const layer = (options: Options) =>
  Layer.sync(EventQueue, () => EventQueue.of({ publish: (messages) => publish(options, messages) }))
