import type { Message, MessageAttributeValue } from "@aws-sdk/client-sqs"
import * as DateTime from "effect/DateTime"
import * as Result from "effect/Result"
import { decodeMessage } from "../../src/schema/AnalyticsEvent.ts"

/** Why a message is dead: what keeps it from being an event, or that it is one. */
export const reasons = [
  "not_json",
  "unknown_version",
  "unknown_event_type",
  "invalid_event",
  "downstream"
] as const
export type Reason = (typeof reasons)[number]

/** Says which part of the contract does not hold, and quotes no content. */
export interface Verdict {
  readonly reason: Reason
  readonly detail: string
}

/** A message as the dead-letter queue delivered it. */
export interface DeadLetter {
  readonly messageId: string
  readonly receiptHandle: string
  readonly group: string
  readonly verdict: Verdict
  /** Counts the dead-letter queue's receives, this look included. */
  readonly receives: number
  /** Epoch ms of the move to this queue: a FIFO queue resets the time that a message was sent. */
  readonly deadSince: number
  readonly body: string
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>
  readonly system: Readonly<Record<string, string>>
}

const verdictOf = (body: string): Verdict =>
  Result.match(decodeMessage(body), {
    onSuccess: ({ eventType }) => ({
      reason: "downstream",
      detail: `a ${eventType} event that decodes, so a later step failed`
    }),
    onFailure: ({ detail, reason }) => ({ reason, detail: detail.replaceAll(/\s+/g, " ") })
  })

export const fromMessage = (message: Message): DeadLetter => {
  const { Attributes = {}, Body = "", MessageAttributes = {} } = message
  return {
    messageId: message.MessageId ?? "",
    receiptHandle: message.ReceiptHandle ?? "",
    group: Attributes.MessageGroupId ?? "",
    verdict: verdictOf(Body),
    receives: Number(Attributes.ApproximateReceiveCount),
    deadSince: Number(Attributes.SentTimestamp),
    body: Body,
    attributes: MessageAttributes,
    system: Attributes
  }
}

/** All of a dead letter but its content. */
export const metadataOf = (letter: DeadLetter, now: number) => ({
  messageId: letter.messageId,
  group: letter.group,
  reason: letter.verdict.reason,
  detail: letter.verdict.detail,
  receives: letter.receives,
  deadSince: DateTime.formatIso(DateTime.makeUnsafe(letter.deadSince)),
  ageSeconds: Math.max(0, Math.round((now - letter.deadSince) / 1000)),
  bodyBytes: Buffer.byteLength(letter.body)
})
export type DeadLetterMetadata = ReturnType<typeof metadataOf>
