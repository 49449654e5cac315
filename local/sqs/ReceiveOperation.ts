import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { Bells } from "./Bells.ts"
import { type Message, receiptHandle, sequenceText } from "./Message.ts"
import { md5, md5OfAttributes } from "./MessageContents.ts"
import { invalidValue, type Rejection } from "./Rejection.ts"
import { type Desk, type Operation, queueNameOf, reader, Texts } from "./Request.ts"

const Request = Schema.Struct({
  QueueUrl: Schema.String,
  MaxNumberOfMessages: Schema.optionalKey(Schema.Int),
  VisibilityTimeout: Schema.optionalKey(Schema.Int),
  WaitTimeSeconds: Schema.optionalKey(Schema.Int),
  ReceiveRequestAttemptId: Schema.optionalKey(Schema.String),
  AttributeNames: Schema.optionalKey(Texts),
  MessageSystemAttributeNames: Schema.optionalKey(Texts),
  MessageAttributeNames: Schema.optionalKey(Texts)
})
type Request = typeof Request.Type
const read = reader(Request)

const ranges = [
  ["MaxNumberOfMessages", 1, 10],
  ["VisibilityTimeout", 0, 43_200],
  ["WaitTimeSeconds", 0, 20]
] as const

const check = (request: Request): Result.Result<Request, Rejection> => {
  for (const [name, min, max] of ranges) {
    const value = request[name]
    if (value === undefined || (value >= min && value <= max)) continue
    const reason = `Must be between ${min} and ${max}, if provided.`
    return Result.fail(invalidValue(name, value, reason))
  }
  return Result.succeed(request)
}

const systemAttributes = (message: Message): Record<string, string> => ({
  SenderId: "AIDALOCALSENDER",
  SentTimestamp: String(message.sentAt),
  ApproximateReceiveCount: String(message.receiveCount),
  ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
  MessageGroupId: message.group,
  MessageDeduplicationId: message.deduplicationId,
  SequenceNumber: sequenceText(message.sequence),
  ...(message.traceHeader === undefined ? {} : { AWSTraceHeader: message.traceHeader }),
  ...(message.deadLetterSource === undefined
    ? {}
    : { DeadLetterQueueSourceArn: message.deadLetterSource })
})

const matches = (name: string, pattern: string): boolean =>
  pattern === "All" ||
  pattern === name ||
  (pattern.endsWith(".*") && name.startsWith(pattern.slice(0, -1))) ||
  pattern === ".*"

const pick = <V>(all: Readonly<Record<string, V>>, patterns: ReadonlyArray<string>) =>
  Object.fromEntries(
    Object.entries(all).filter(([name]) => patterns.some((pattern) => matches(name, pattern)))
  )

const shown = (message: Message, request: Request) => {
  const asked = [...(request.AttributeNames ?? []), ...(request.MessageSystemAttributeNames ?? [])]
  const system = pick(systemAttributes(message), asked)
  const attributes = pick(message.attributes, request.MessageAttributeNames ?? [])
  const ofAttributes = md5OfAttributes(attributes)
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandle(message),
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(Object.keys(system).length === 0 ? {} : { Attributes: system }),
    ...(ofAttributes === undefined
      ? {}
      : { MessageAttributes: attributes, MD5OfMessageAttributes: ofAttributes })
  }
}

const attempt = ({ queues }: Desk, now: number, request: Request) =>
  Result.map(queues.find(queueNameOf(request.QueueUrl)), (open) => {
    const messages = queues.run(now, () =>
      queues.receive(now, open, {
        max: request.MaxNumberOfMessages ?? 1,
        visibilityTimeoutSeconds: request.VisibilityTimeout,
        attemptId: request.ReceiveRequestAttemptId
      })
    )
    // Messages are rendered here, because the next command may change them.
    const waitSeconds = request.WaitTimeSeconds ?? open.queue.rules.receiveWaitSeconds
    return {
      found: messages.map((message) => shown(message, request)),
      waitMillis: waitSeconds * 1000,
      nextReadyAt: open.queue.nextReadyAt(now),
      queue: open.queue
    }
  })

/**
 * Waits up to the given time for the first message, and looks again when the queue changes or time
 * frees a group. A receiver that leaves is interrupted while it waits, so it takes no message.
 */
export const receiveOperation =
  (bells: Bells): Operation =>
  (desk, input) =>
    Effect.gen(function* () {
      const request = yield* Effect.fromResult(Result.flatMap(read(input), check))
      const startedAt = yield* Clock.currentTimeMillis
      for (;;) {
        const bell = bells.next(queueNameOf(request.QueueUrl))
        const now = yield* Clock.currentTimeMillis
        const look = yield* Effect.fromResult(attempt(desk, now, request))
        const endsAt = startedAt + look.waitMillis
        if (look.found.length > 0) return { Messages: look.found }
        if (now >= endsAt) {
          look.queue.tally.add("NumberOfEmptyReceives")
          return {}
        }
        const pauseMillis = Math.max(1, Math.min(endsAt, look.nextReadyAt) - now)
        yield* Effect.timeoutOption(bell, pauseMillis)
      }
    })
