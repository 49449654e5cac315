/**
 * The events of a request and their queue message: the contract between edge and processor.
 * Readers ignore unknown fields, so that a newer producer never breaks an older consumer. Each past
 * `schemaVersion` stays decodable.
 */
import * as Data from "effect/Data"
import * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { MatchScore, MatchType, Tokens } from "./Answer.ts"
import { isSessionId, sessionIdLengthMax } from "./isSessionId.ts"
import { Vote, VoteId } from "./Vote.ts"

/** Epoch milliseconds from 1970 to the end of 9999, the last year with ISO week ids. */
export const EpochMillis = Schema.Int.check(
  Schema.isBetween({ minimum: 0, maximum: 253_402_300_799_999 })
)

/** A UUID that the Worker makes: message group, deduplication prefix and partition key. */
export const RequestId = Schema.String.check(Schema.isUUID()).pipe(Schema.brand("RequestId"))
export type RequestId = typeof RequestId.Type

export const SessionId = Schema.String.check(
  // tells the tests what to make
  Schema.isBetweenLength(1, sessionIdLengthMax),
  Schema.makeFilter((id) => isSessionId(id) || "text without half a surrogate pair")
).pipe(Schema.brand("SessionId"))
export type SessionId = typeof SessionId.Type

/** The edge's knowledge about the visitor; each part is present only if the edge saw it. */
export const Metadata = Schema.Struct({
  userAgent: Schema.optionalKey(Schema.String),
  referer: Schema.optionalKey(Schema.String),
  country: Schema.optionalKey(Schema.String),
  language: Schema.optionalKey(Schema.String),
  own: Schema.optionalKey(Schema.Boolean),
  /** The client's or gateway's own name for the request; clients may repeat it. */
  clientRequestId: Schema.optionalKey(Schema.String),
  /** The number of lost events that no earlier question reported. */
  lostBefore: Schema.optionalKey(Schema.Natural)
})

/** Distinguishes a text withheld for privacy from an empty one. */
const WithheldText = Schema.optionalKey(Schema.Literal("withheld"))

export const QueryEvent = Schema.Struct({
  eventType: Schema.tag("query"),
  schemaVersion: Schema.tag(1),
  requestId: RequestId,
  sessionId: SessionId,
  timestamp: EpochMillis,
  query: Schema.String,
  text: WithheldText,
  /** Which question of the conversation this is, from 1, when the request tells. */
  turn: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThanOrEqualTo(1))),
  metadata: Metadata
})
export type QueryEvent = typeof QueryEvent.Type

/** `queryTimestamp` is the query event's `timestamp`: the sort key of the interaction. */
export const ResponseEvent = Schema.Struct({
  eventType: Schema.tag("response"),
  schemaVersion: Schema.tag(1),
  requestId: RequestId,
  sessionId: SessionId,
  timestamp: EpochMillis,
  queryTimestamp: EpochMillis,
  response: Schema.String,
  text: WithheldText,
  matchType: MatchType,
  matchScore: Schema.optionalKey(MatchScore),
  processingTimeMs: Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)),
  /** Absent, like the model, unless the chatbot tells them. */
  tokens: Schema.optionalKey(Tokens),
  model: Schema.optionalKey(Schema.String),
  outcome: Schema.Literals(["answered", "failed"]),
  /** The visitor left early; the response holds the part that they saw. */
  visitorLeft: Schema.optionalKey(Schema.Boolean)
})
export type ResponseEvent = typeof ResponseEvent.Type

/** A request may have several votes, and the last one counts; see `latestVote`. */
export const FeedbackEvent = Schema.Struct({
  eventType: Schema.tag("feedback"),
  schemaVersion: Schema.tag(1),
  requestId: RequestId,
  queryTimestamp: EpochMillis,
  votedAt: EpochMillis,
  voteId: VoteId,
  ...Vote.fields
})
export type FeedbackEvent = typeof FeedbackEvent.Type

/** Either half of an interaction. */
export const InteractionEvent = Schema.Union([QueryEvent, ResponseEvent])
export type InteractionEvent = typeof InteractionEvent.Type

export const AnalyticsEvent = Schema.Union([QueryEvent, ResponseEvent, FeedbackEvent])
export type AnalyticsEvent = typeof AnalyticsEvent.Type

/** Names the broken part of the contract, and never quotes the message. */
export class UndecodableMessage extends Data.TaggedError("UndecodableMessage")<{
  readonly reason: "not_json" | "unknown_version" | "unknown_event_type" | "invalid_event"
  readonly detail: string
}> {
  override get message() {
    return `${this.reason}: ${this.detail}`
  }
}

type Decode = (json: unknown) => Result.Result<AnalyticsEvent, Schema.SchemaError>

/** One decoder per kind, because a union would try every candidate again. */
const decoders: { readonly [Kind in AnalyticsEvent["eventType"]]: Decode } = {
  query: Schema.decodeUnknownResult(QueryEvent),
  response: Schema.decodeUnknownResult(ResponseEvent),
  feedback: Schema.decodeUnknownResult(FeedbackEvent)
}

const isKnown = (eventType: unknown): eventType is AnalyticsEvent["eventType"] =>
  typeof eventType === "string" && Object.hasOwn(decoders, eventType)

const undecodable = (reason: UndecodableMessage["reason"], detail: string) =>
  Result.fail(new UndecodableMessage({ reason, detail }))

const decodeJson = (json: unknown): Result.Result<AnalyticsEvent, UndecodableMessage> => {
  if (!Predicate.hasProperty(json, "eventType") || !Predicate.hasProperty(json, "schemaVersion")) {
    return undecodable("invalid_event", "not an event object")
  }
  const { eventType, schemaVersion } = json
  if (schemaVersion !== 1) return undecodable("unknown_version", "schemaVersion is not 1")
  if (!isKnown(eventType)) {
    const known = Object.keys(decoders).join(", ")
    return undecodable("unknown_event_type", `eventType is none of ${known}`)
  }
  const event = decoders[eventType](json)
  return Result.isSuccess(event)
    ? Result.succeed(event.success)
    : undecodable("invalid_event", event.failure.message)
}

/** Decodes the body of a queue message; its errors never reveal the content. */
export const decodeMessage = (body: string): Result.Result<AnalyticsEvent, UndecodableMessage> => {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    // the parser's message is left out, because it quotes the body
    return undecodable("not_json", "the body is not JSON")
  }
  return decodeJson(json)
}
