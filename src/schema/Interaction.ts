/**
 * What is known of one request: one half, the other half, or both. `correlate` is the whole
 * correlation engine; stores only carry out what it says.
 */
import * as Schema from "effect/Schema"
import { type AnalyticsEvent, QueryEvent, type RequestId, ResponseEvent } from "./AnalyticsEvent.ts"

export const AwaitingResponse = Schema.Struct({
  status: Schema.tag("awaiting_response"),
  query: QueryEvent
})

export const AwaitingQuery = Schema.Struct({
  status: Schema.tag("awaiting_query"),
  response: ResponseEvent
})

export const Correlated = Schema.Struct({
  status: Schema.tag("correlated"),
  query: QueryEvent,
  response: ResponseEvent
})
export type Correlated = typeof Correlated.Type

export const Interaction = Schema.Union([AwaitingResponse, AwaitingQuery, Correlated]).pipe(
  Schema.toTaggedUnion("status")
)
export type Interaction = typeof Interaction.Type

/** Primary key of the stored interaction: both events of a request name it by themselves. */
export interface InteractionKey {
  readonly requestId: RequestId
  readonly timestamp: number
}

export const eventKey = (event: AnalyticsEvent): InteractionKey => ({
  requestId: event.requestId,
  timestamp: event.eventType === "query" ? event.timestamp : event.queryTimestamp
})

/** The key as one text, for use in maps. */
export const keyName = ({ requestId, timestamp }: InteractionKey): string =>
  `${requestId}#${timestamp}`

export const interactionKey = (interaction: Interaction): InteractionKey =>
  eventKey(interaction.status === "awaiting_query" ? interaction.response : interaction.query)

const started = (event: AnalyticsEvent): Interaction =>
  event.eventType === "query"
    ? { status: "awaiting_response", query: event }
    : { status: "awaiting_query", response: event }

/**
 * Folds one event into what is already known under the same key.
 *
 * Commutative and idempotent: any order and any number of repeats of the same two events reach the
 * same interaction. The first event of a kind wins, because a repeat is a redelivery and never a
 * correction.
 */
export const correlate = (known: Interaction | undefined, event: AnalyticsEvent): Interaction => {
  if (known === undefined) return started(event)
  if (known.status === "awaiting_response" && event.eventType === "response") {
    return { status: "correlated", query: known.query, response: event }
  }
  if (known.status === "awaiting_query" && event.eventType === "query") {
    return { status: "correlated", query: event, response: known.response }
  }
  return known
}

/** The events that an interaction holds: one or both halves. */
export const eventsOf = (interaction: Interaction): ReadonlyArray<AnalyticsEvent> => {
  if (interaction.status === "awaiting_response") return [interaction.query]
  if (interaction.status === "awaiting_query") return [interaction.response]
  return [interaction.query, interaction.response]
}
