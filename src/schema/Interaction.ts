/**
 * One request as far as it is known: either half, or both. `correlate` is the whole correlation
 * engine; stores only carry out its result.
 */
import * as Schema from "effect/Schema"
import {
  type AnalyticsEvent,
  type InteractionEvent,
  QueryEvent,
  type RequestId,
  ResponseEvent
} from "./AnalyticsEvent.ts"

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

/** The primary key of a stored interaction, which each event of a request names by itself. */
export interface InteractionKey {
  readonly requestId: RequestId
  readonly timestamp: number
}

export const eventKey = (event: AnalyticsEvent): InteractionKey => ({
  requestId: event.requestId,
  timestamp: event.eventType === "query" ? event.timestamp : event.queryTimestamp
})

/** Writes the key as one text, which maps can use. */
export const keyName = ({ requestId, timestamp }: InteractionKey): string =>
  `${requestId}#${timestamp}`

export const interactionKey = (interaction: Interaction): InteractionKey =>
  eventKey(interaction.status === "awaiting_query" ? interaction.response : interaction.query)

const started = (event: InteractionEvent): Interaction =>
  event.eventType === "query"
    ? { status: "awaiting_response", query: event }
    : { status: "awaiting_query", response: event }

/**
 * Folds one event into the interaction that is already known under the same key. Commutative and
 * idempotent: the same two events, repeated and in any order, reach the same interaction. The first
 * event of a kind wins, because a repeat is a redelivery and never a correction.
 */
export const correlate = (known: Interaction | undefined, event: InteractionEvent): Interaction => {
  if (known === undefined) return started(event)
  if (known.status === "awaiting_response" && event.eventType === "response") {
    return { status: "correlated", query: known.query, response: event }
  }
  if (known.status === "awaiting_query" && event.eventType === "query") {
    return { status: "correlated", query: event, response: known.response }
  }
  return known
}

export const eventsOf = (interaction: Interaction): ReadonlyArray<InteractionEvent> => {
  if (interaction.status === "awaiting_response") return [interaction.query]
  if (interaction.status === "awaiting_query") return [interaction.response]
  return [interaction.query, interaction.response]
}
