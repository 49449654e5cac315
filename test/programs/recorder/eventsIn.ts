import * as Result from "effect/Result"
import { decodeMessage, type InteractionEvent } from "../../../src/schema/AnalyticsEvent.ts"
import type { QueueMessage } from "../../../src/schema/QueueMessage.ts"

/** The halves of the messages that the edge sent or kept. */
export const eventsIn = (messages: ReadonlyArray<QueueMessage>): ReadonlyArray<InteractionEvent> =>
  messages.map(({ body }) => Result.getOrThrow(decodeMessage(body)) as InteractionEvent)
