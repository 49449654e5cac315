/**
 * One interaction as one DynamoDB item. Each of its two events lies whole and compressed in a
 * binary attribute; all other attributes are derived from them, so the same events make the same
 * item in either order, together or apart.
 */
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import {
  EpochMillis,
  type InteractionEvent,
  RequestId,
  SessionId
} from "../../schema/AnalyticsEvent.ts"
import {
  correlate,
  eventKey,
  type Interaction,
  type InteractionKey
} from "../../schema/Interaction.ts"
import { InteractionSummary, queryPart, responsePart } from "../../schema/InteractionSummary.ts"
import {
  AnswerTraits,
  type InteractionTraits,
  QueryTraits
} from "../../schema/InteractionTraits.ts"
import { utcWeekId } from "../../schema/IsoWeek.ts"
import { keptUntil } from "../../schema/Retention.ts"
import { attributesOf, number, plainFields, string } from "./Attributes.ts"
import type { Item } from "./DynamoDb.ts"
import { decodeQuery, decodeResponse, encodeBody, isSameBody } from "./EventBody.ts"

/** Names that infrastructure and code share; a test holds them together. */
export const indexes = { week: "week-index", session: "session-index" } as const
export const ttlAttribute = "expiresAt"
/** AWS allows 20 attributes; the status and the expiry follow from these. */
export const weekProjection = [
  "sessionId",
  "question",
  "country",
  "lostBefore",
  ...Object.keys(QueryTraits.fields),
  "matchType",
  "matchScore",
  "processingTimeMs",
  "outcome",
  "model",
  "tokens",
  ...Object.keys(AnswerTraits.fields),
  /** Of an item of its own; see `VoteItem`. */
  "vote"
]

export const expiresAtOf = ({ timestamp }: InteractionKey): number =>
  Math.floor(keptUntil(timestamp) / 1000)

/** The time of the oldest question that has not expired. */
export const firstLive = (nowMs: number): number => nowMs - keptUntil(0) + 1

export const keyAttributes = ({ requestId, timestamp }: InteractionKey): Item => ({
  requestId: string(requestId),
  timestamp: number(timestamp)
})

/**
 * The attributes that one event writes: `own` belongs to this half, `shared` is the same from both.
 * `nextStatus` becomes the status when the other half comes, so that either order needs one write
 * and no read. `bodyAttribute` tells whether the half is there.
 */
export const halfOf = (event: InteractionEvent, traits?: InteractionTraits) => {
  const key = eventKey(event)
  const { bytes: body, cut } = encodeBody(event)
  const isQuery = event.eventType === "query"
  return {
    key,
    bodyAttribute: isQuery ? "queryEvent" : "responseEvent",
    body,
    cut,
    firstStatus: isQuery ? "awaiting_response" : "awaiting_query",
    shared: attributesOf({
      week: utcWeekId(key.timestamp),
      [ttlAttribute]: expiresAtOf(key),
      nextStatus: "correlated"
    }),
    sessionId: string(event.sessionId),
    own: {
      ...attributesOf(isQuery ? queryPart(event, traits) : responsePart(event, traits)),
      [isQuery ? "queryEvent" : "responseEvent"]: { B: body }
    } satisfies Item
  } as const
}
export type Half = ReturnType<typeof halfOf>

/** Makes the item that the two halves would write one after the other. */
export const wholeItem = (query: Half, response: Half): Item => ({
  ...keyAttributes(query.key),
  ...query.shared,
  ...query.own,
  ...response.own,
  sessionId: query.sessionId,
  status: string("correlated")
})

/** Tells whether the item has this half, with the same or a different content. */
export const standingOf = (item: Item, half: Half): "missing" | "same" | "different" => {
  const found = item[half.bodyAttribute]?.B
  if (found === undefined) return "missing"
  const sameSession =
    half.bodyAttribute === "responseEvent" || item.sessionId?.S === half.sessionId.S
  return sameSession && isSameBody(found, half.body) ? "same" : "different"
}

const decodeContext = Schema.decodeUnknownOption(
  Schema.Struct({ requestId: RequestId, timestamp: EpochMillis, sessionId: SessionId })
)

/** Decodes both halves of an item; `undefined` when a stored body is unreadable. */
export const interactionOf = (item: Item): Interaction | undefined => {
  const context = Option.getOrUndefined(decodeContext(plainFields(item)))
  if (context === undefined) return undefined
  const { sessionId, ...key } = context
  const [query, response] = [item.queryEvent?.B, item.responseEvent?.B]
  const halves = [
    ...(query === undefined ? [] : [decodeQuery(query, key, sessionId)]),
    ...(response === undefined ? [] : [decodeResponse(response, key)])
  ]
  let known: Interaction | undefined
  for (const half of halves) {
    if (Result.isFailure(half)) return undefined
    known = correlate(known, half.success)
  }
  return known
}

/** Tells the status by the halves that the week index shows, or `undefined` without any. */
export const statusOfItem = ({ matchType, question }: Item): Interaction["status"] | undefined => {
  if (question === undefined) return matchType === undefined ? undefined : "awaiting_query"
  return matchType === undefined ? "awaiting_response" : "correlated"
}

const decodeSummary = Schema.decodeUnknownResult(InteractionSummary)

/** Decodes what the week index projects of an interaction; fails for any other item. */
export const summaryOfItem = (item: Item) =>
  Result.flatMap(
    Result.try(() => plainFields(item)),
    (fields): Result.Result<InteractionSummary, unknown> =>
      decodeSummary({
        ...fields,
        status: statusOfItem(item),
        ...(fields.question === undefined ? {} : { query: fields }),
        ...(fields.matchType === undefined ? {} : { response: fields })
      })
  )
