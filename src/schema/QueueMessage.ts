/** A message of the queue: an event's text beside the ids that the queue goes by. */
import type { AnalyticsEvent } from "./AnalyticsEvent.ts"
import { fieldsOf, listOf } from "./chat/Json.ts"
import { cutToFit } from "./cutToFit.ts"
import { deduplicationId, encodeMessage, ownEventIn } from "./EventText.ts"

/** It can be passed on by versions of the Worker that do not know its text. */
export interface QueueMessage {
  readonly groupId: string
  readonly deduplicationId: string
  readonly body: string
}

export const messageOf = (event: AnalyticsEvent): QueueMessage => ({
  groupId: event.requestId,
  deduplicationId: deduplicationId(event),
  body: encodeMessage(event)
})

const isMessage = (value: unknown): value is QueueMessage => {
  const { body, deduplicationId: id, groupId } = fieldsOf(value)
  return [body, id, groupId].every((text) => typeof text === "string" && text !== "")
}

/** Reads messages that were kept as JSON; `undefined` unless each part is a message. */
export const messagesIn = (json: unknown): ReadonlyArray<QueueMessage> | undefined => {
  const messages = listOf(json)
  return messages.length > 0 && messages.every(isMessage) ? messages : undefined
}

/** The length of a text in UTF-8. */
export const bytesOf = (text: string): number => new TextEncoder().encode(text).length

/** Cuts the event of a too large message; a vote, and a text that it cannot read, stay whole. */
export const fitted = (
  message: QueueMessage,
  sizeMax: number,
  sizeOf: (message: QueueMessage) => number
): QueueMessage => {
  if (sizeOf(message) <= sizeMax) return message
  const event = ownEventIn(message.body)
  return event === undefined
    ? message
    : cutToFit(event, { write: messageOf, sizeOf, sizeMax }).written
}
