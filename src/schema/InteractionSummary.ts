/**
 * The small part of an interaction that the week index projects and the weekly report reads. Each
 * half has its own fields, so that halves can be stored one by one.
 */
import * as Schema from "effect/Schema"
import {
  EpochMillis,
  type QueryEvent,
  RequestId,
  ResponseEvent,
  SessionId
} from "./AnalyticsEvent.ts"
import { Tokens } from "./Answer.ts"
import { type Interaction, interactionKey } from "./Interaction.ts"
import {
  AnswerTraits,
  answerTraits,
  type InteractionTraits,
  QueryTraits,
  queryTraits
} from "./InteractionTraits.ts"
import { Vote } from "./Vote.ts"

/** Longest question text that the index and the report carry, in characters. */
export const questionLengthMax = 300

const QueryPart = Schema.Struct({
  /** Empty when its text was withheld. */
  question: Schema.String,
  country: Schema.optionalKey(Schema.String),
  lostBefore: Schema.optionalKey(Schema.Natural),
  ...QueryTraits.fields
})

const ResponsePart = Schema.Struct({
  matchType: ResponseEvent.fields.matchType,
  matchScore: ResponseEvent.fields.matchScore,
  processingTimeMs: ResponseEvent.fields.processingTimeMs,
  outcome: ResponseEvent.fields.outcome,
  model: ResponseEvent.fields.model,
  /** Absent unless the chatbot told a count. */
  tokens: Schema.optionalKey(Tokens),
  ...AnswerTraits.fields
})

export const InteractionSummary = Schema.Struct({
  requestId: RequestId,
  timestamp: EpochMillis,
  sessionId: SessionId,
  status: Schema.Literals(["awaiting_response", "awaiting_query", "correlated"]),
  query: Schema.optionalKey(QueryPart),
  response: Schema.optionalKey(ResponsePart),
  /** Stored as an item of its own, and added by the readers of a week. */
  vote: Schema.optionalKey(Vote)
})
export type InteractionSummary = typeof InteractionSummary.Type

/** Stands for a stored item that this version cannot read; it is only counted. */
export const unreadable = { status: "unreadable" } as const
export type Unreadable = typeof unreadable

/** Longest name of a country or a model, in characters. */
const nameLengthMax = 100

/** Cuts by code points, so that no half of a surrogate pair remains. */
export const excerpt = (text: string, lengthMax: number): string =>
  text.length <= lengthMax ? text : [...text.slice(0, 2 * lengthMax)].slice(0, lengthMax).join("")

export const queryPart = (
  { metadata, query }: QueryEvent,
  traits: InteractionTraits = {}
): typeof QueryPart.Type => ({
  question: excerpt(query, questionLengthMax),
  ...(metadata.country === undefined ? {} : { country: excerpt(metadata.country, nameLengthMax) }),
  ...(metadata.lostBefore === undefined || metadata.lostBefore === 0
    ? {}
    : { lostBefore: metadata.lostBefore }),
  ...queryTraits(traits)
})

export const responsePart = (
  event: ResponseEvent,
  traits: InteractionTraits = {}
): typeof ResponsePart.Type => ({
  matchType: event.matchType,
  ...(event.matchScore === undefined ? {} : { matchScore: event.matchScore }),
  processingTimeMs: event.processingTimeMs,
  outcome: event.outcome,
  ...(event.model === undefined ? {} : { model: excerpt(event.model, nameLengthMax) }),
  ...(Object.keys(event.tokens ?? {}).length === 0 ? {} : { tokens: { ...event.tokens } }),
  ...answerTraits(traits)
})

export const summaryOf = (
  interaction: Interaction,
  traits: InteractionTraits = {}
): InteractionSummary => ({
  ...interactionKey(interaction),
  status: interaction.status,
  sessionId:
    interaction.status === "awaiting_query"
      ? interaction.response.sessionId
      : interaction.query.sessionId,
  ...(interaction.status === "awaiting_query"
    ? {}
    : { query: queryPart(interaction.query, traits) }),
  ...(interaction.status === "awaiting_response"
    ? {}
    : { response: responsePart(interaction.response, traits) })
})
