/**
 * One interaction as one DynamoDB item. The two events are kept whole, each compressed in its own
 * binary attribute; everything else is derived from them, so the same events always give the same
 * item, whichever half came first and whether they came together.
 */

import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import {
  type AnalyticsEvent,
  EpochMillis,
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
import { utcWeekId } from "../../schema/IsoWeek.ts"
import { keptUntil } from "../../schema/Retention.ts"
import { VisitorTraits } from "../../schema/VisitorTraits.ts"
import type { Item } from "./DynamoDb.ts"
import { decodeQuery, decodeResponse, encodeBody, isSameBody } from "./EventBody.ts"

/** Names that infrastructure and code share; a test holds them together. */
export const indexes = { week: "week-index", session: "session-index" } as const
export const ttlAttribute = "expiresAt"
/** AWS's API takes 20 at the most; the status and the expiry follow from what is here. */
export const weekProjection = [
  "sessionId",
  "question",
  "country",
  "lostBefore",
  ...Object.keys(VisitorTraits.fields),
  "matchType",
  "matchScore",
  "processingTimeMs",
  "outcome",
  "model",
  "inputTokens",
  "outputTokens",
  "cachedInputTokens",
  "reasoningTokens"
]

export const expiresAtOf = ({ timestamp }: InteractionKey): number =>
  Math.floor(keptUntil(timestamp) / 1000)

/** The time of the oldest question that has not expired. */
export const firstLive = (nowMs: number): number => nowMs - keptUntil(0) + 1

/** DynamoDB refuses half a surrogate pair, which an event may hold and only its body keeps. */
const string = (value: string): AttributeValue => ({ S: value.toWellFormed() })

/** No number of an event is negative; DynamoDB refuses those outside of this range, except 0. */
const number = (value: number): AttributeValue => ({
  N: String(value < 1e-130 ? 0 : Math.min(value, 9.99e125))
})

const attributeOf = (value: string | number): AttributeValue =>
  typeof value === "string" ? string(value) : number(value)

const attributesOf = (fields: Readonly<Record<string, string | number>>): Item =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, attributeOf(value)]))

export const keyAttributes = ({ requestId, timestamp }: InteractionKey): Item => ({
  requestId: string(requestId),
  timestamp: number(timestamp)
})

/**
 * What one event writes. `own` belongs to this half alone; `shared` is the same from either half,
 * and in it `nextStatus` is what the status becomes when another half comes: with it either order
 * needs one write and no read. `bodyAttribute` tells whether the half is there.
 */
export const halfOf = (event: AnalyticsEvent, traits?: VisitorTraits) => {
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
      ...attributesOf(isQuery ? queryPart(event, traits) : responsePart(event)),
      [isQuery ? "queryEvent" : "responseEvent"]: { B: body }
    } satisfies Item
  } as const
}
export type Half = ReturnType<typeof halfOf>

/** The item of a whole interaction: what its two halves would have written, one after the other. */
export const wholeItem = (query: Half, response: Half): Item => ({
  ...keyAttributes(query.key),
  ...query.shared,
  ...query.own,
  ...response.own,
  sessionId: query.sessionId,
  status: string("correlated")
})

/** Whether the item has this half, and if so whether it has it with the same content. */
export const standingOf = (item: Item, half: Half): "missing" | "same" | "different" => {
  const found = item[half.bodyAttribute]?.B
  if (found === undefined) return "missing"
  const sameSession =
    half.bodyAttribute === "responseEvent" || item.sessionId?.S === half.sessionId.S
  return sameSession && isSameBody(found, half.body) ? "same" : "different"
}

const plain = (value: AttributeValue): unknown =>
  value.S ?? (value.N === undefined ? undefined : Number(value.N))

const plainFields = (item: Item): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plain(value)]))

const decodeContext = Schema.decodeUnknownOption(
  Schema.Struct({ requestId: RequestId, timestamp: EpochMillis, sessionId: SessionId })
)

/** Decodes both halves of an item; `undefined` when a stored body is no event. */
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

/** By the halves that the week index tells of; `undefined` when it tells of none. */
export const statusOfItem = ({ matchType, question }: Item): Interaction["status"] | undefined => {
  if (question === undefined) return matchType === undefined ? undefined : "awaiting_query"
  return matchType === undefined ? "awaiting_response" : "correlated"
}

const decodeSummary = Schema.decodeUnknownResult(InteractionSummary)

/** Decodes what the week index projects; fails with the schema's words when it is no summary. */
export const summaryOfItem = (item: Item) => {
  const fields = plainFields(item)
  return decodeSummary({
    ...fields,
    status: statusOfItem(item),
    ...(fields.question === undefined ? {} : { query: fields }),
    ...(fields.matchType === undefined ? {} : { response: fields })
  })
}
