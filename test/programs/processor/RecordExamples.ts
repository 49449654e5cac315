import type { QueueRecord } from "../../../src/programs/processor/Batch.ts"
import type { AnalyticsEvent } from "../../../src/schema/AnalyticsEvent.ts"
import { encodeMessage } from "../../../src/schema/EventText.ts"

/** The record of an event's message, in the group of its request as the edge sends it. */
export const recordOf = (
  messageId: string,
  event: AnalyticsEvent,
  groupId: string = event.requestId
): QueueRecord => ({ messageId, groupId, body: encodeMessage(event) })

export const poison = (messageId: string, groupId: string, body = "{"): QueueRecord => ({
  messageId,
  groupId,
  body
})
