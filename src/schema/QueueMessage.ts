/** A message of the queue: an event's text beside the ids that the queue goes by. */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import {
  type AnalyticsEvent,
  decodeMessage,
  deduplicationId,
  encodeMessage
} from "./AnalyticsEvent.ts"
import { cutToFit } from "./cutToFit.ts"

/** It can be passed on by versions of the Worker that do not know its text. */
export const QueueMessage = Schema.Struct({
  groupId: Schema.NonEmptyString,
  deduplicationId: Schema.NonEmptyString,
  body: Schema.NonEmptyString
})
export type QueueMessage = typeof QueueMessage.Type

export const messageOf = (event: AnalyticsEvent): QueueMessage => ({
  groupId: event.requestId,
  deduplicationId: deduplicationId(event),
  body: encodeMessage(event)
})

/** The length of a text in UTF-8. */
export const bytesOf = (text: string): number => new TextEncoder().encode(text).length

/** Cuts the event of a too large message; a text that this version cannot read stays whole. */
export const fitted = (
  message: QueueMessage,
  sizeMax: number,
  sizeOf: (message: QueueMessage) => number
): QueueMessage => {
  if (sizeOf(message) <= sizeMax) return message
  const event = decodeMessage(message.body)
  return Result.isFailure(event)
    ? message
    : cutToFit(event.success, { write: messageOf, sizeOf, sizeMax }).written
}
