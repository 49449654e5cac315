/**
 * An event as the text of a queue message. It knows the contract by its types alone, because the
 * schemas would add a third to the bundle of every Worker that is wrapped; tests hold that
 * `decodeMessage` reads what is written here.
 */
import type { AnalyticsEvent, InteractionEvent } from "./AnalyticsEvent.ts"
import { fieldsOf, parseJson } from "./chat/Json.ts"

/** SQS refuses these two characters, and JSON does not escape them. */
const escapeNoncharacters = (json: string): string =>
  json.replace(/[\uFFFE\uFFFF]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`)

/** The body of the event's queue message; the same event always gives the same bytes. */
export const encodeMessage = (event: AnalyticsEvent): string =>
  escapeNoncharacters(JSON.stringify(event))

/**
 * `<requestId>:<eventType>`, and `:<voteId>` for a vote: the same for every attempt to send the
 * event.
 */
export const deduplicationId = (event: AnalyticsEvent): string =>
  event.eventType === "feedback"
    ? `${event.requestId}:feedback:${event.voteId}`
    : `${event.requestId}:${event.eventType}`

/** Reads a half that a Worker of this version wrote; any other text may be anything. */
export const ownEventIn = (text: string): InteractionEvent | undefined => {
  const json = fieldsOf(parseJson(text))
  const { eventType, metadata, model, query, response, schemaVersion } = json
  if (schemaVersion !== 1) return undefined
  const isQuery = eventType === "query" && typeof query === "string" && metadata !== undefined
  const isNamed = model === undefined || typeof model === "string"
  const isAnswer = eventType === "response" && typeof response === "string" && isNamed
  return isQuery || isAnswer ? (json as unknown as InteractionEvent) : undefined
}
