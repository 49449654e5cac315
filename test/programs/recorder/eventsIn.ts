import * as Result from "effect/Result"
import { type AnalyticsEvent, decodeMessage } from "../../../src/schema/AnalyticsEvent.ts"
import type { QueueMessage } from "../../../src/schema/QueueMessage.ts"

/** The events of the messages that the edge sent or kept. */
export const eventsIn = (messages: ReadonlyArray<QueueMessage>): ReadonlyArray<AnalyticsEvent> =>
  messages.map(({ body }) => Result.getOrThrow(decodeMessage(body)))
