/**
 * Encodes an event as the bytes of an item: its values without their names, compressed, and cut if
 * they would not fit. They do not repeat the item's key and plain attributes.
 */
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import {
  InteractionEvent,
  type QueryEvent,
  type ResponseEvent
} from "../../schema/AnalyticsEvent.ts"
import { Tokens } from "../../schema/Answer.ts"
import { cutToFit } from "../../schema/cutToFit.ts"
import type { InteractionKey } from "../../schema/Interaction.ts"

/** Two bodies and the plain attributes stay below DynamoDB's 400 KB for an item. */
export const bodyBytesMax = 190 * 1024

/** The version of the order of values; new values go to the end, and need no new one. */
const layout = 1

/** Longer than any chat; see docs/decisions/0007-stored-item.md for both qualities. */
const carefulBytesMax = 64 * 1024

/** Compresses long texts less well, so that they cannot use up the time of their batch. */
const compress = (text: string): Uint8Array => {
  const bytes = Buffer.from(text)
  return new Uint8Array(
    brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_QUALITY]: bytes.length <= carefulBytesMax ? 10 : 5,
        [constants.BROTLI_PARAM_LGWIN]: 18,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length
      }
    })
  )
}

type Values = ReadonlyArray<unknown>

/** The orders of the layout, in which items stay for ninety days: new names go to the end. */
const queryNames = [
  "userAgent",
  "referer",
  "country",
  "language",
  "own",
  "text",
  "lostBefore",
  "clientRequestId",
  "turn"
] as const satisfies ReadonlyArray<keyof (QueryEvent & QueryEvent["metadata"])>

const responseNames = [
  "sessionId",
  "timestamp",
  "matchType",
  "matchScore",
  "processingTimeMs",
  "model",
  "outcome",
  "input",
  "output",
  "cachedInput",
  "reasoning",
  "text",
  "visitorLeft",
  "cacheWrites",
  "hourCacheWrites"
] as const satisfies ReadonlyArray<keyof ResponseEvent | keyof Tokens>

const detailsOf = (event: InteractionEvent): Values => {
  if (event.eventType === "query") {
    const fields = { ...event, ...event.metadata }
    return queryNames.map((name) => fields[name] ?? null)
  }
  const fields = { ...event, ...event.tokens }
  return responseNames.map((name) => fields[name] ?? null)
}

const textOf = (event: InteractionEvent): string =>
  event.eventType === "query" ? event.query : event.response

/** Names the values; a field lies wherever one may belong, and the schema drops the others. */
const fieldsOf = (names: ReadonlyArray<string>, details: Values) =>
  Object.fromEntries(
    names.map((name, index) => [name, details[index] ?? null]).filter(([, value]) => value !== null)
  )

const queryFrom = ([, query, ...details]: Values, key: InteractionKey, sessionId: string) => {
  const fields = fieldsOf(queryNames, details)
  return {
    ...fields,
    ...key,
    sessionId,
    eventType: "query",
    schemaVersion: 1,
    query,
    metadata: fields
  }
}

const responseFrom = (
  [, response, ...details]: Values,
  { requestId, timestamp }: InteractionKey
) => {
  const fields = fieldsOf(responseNames, details)
  const head = { eventType: "response", schemaVersion: 1, requestId, queryTimestamp: timestamp }
  const tellsTokens = Object.keys(Tokens.fields).some((name) => name in fields)
  return { ...fields, ...head, response, ...(tellsTokens ? { tokens: fields } : {}) }
}

export interface EventBody {
  readonly bytes: Uint8Array
  /** True when a marker in the text says that the rest is gone. */
  readonly cut: boolean
}

/** Encodes the same event always as the same bytes. */
export const encodeBody = (event: InteractionEvent): EventBody => {
  const { cut, written } = cutToFit(event, {
    write: (one) => compress(JSON.stringify([layout, textOf(one), ...detailsOf(one)])),
    sizeOf: (bytes) => bytes.length,
    sizeMax: bodyBytesMax
  })
  return { bytes: written, cut }
}

const decodeEvent = Schema.decodeUnknownResult(InteractionEvent)
const decodeValues = Schema.decodeUnknownResult(Schema.fromJsonString(Schema.Array(Schema.Unknown)))

/** A message has at most 1 MiB, so bytes that unfold to far more are damaged. */
const maxOutputLength = 4 * 1024 * 1024

const valuesIn = (bytes: Uint8Array): Result.Result<Values, unknown> =>
  Result.try(() => brotliDecompressSync(bytes, { maxOutputLength }).toString("utf8")).pipe(
    Result.flatMap(decodeValues)
  )

const meaningOf = (bytes: Uint8Array): string | undefined => {
  const values = Result.getOrElse(valuesIn(bytes), (): Values => [])
  const length = values.findLastIndex((value) => value !== null) + 1
  return length === 0 ? undefined : JSON.stringify(values.slice(0, length))
}

/** Compares contents, because another version may compress otherwise, or know fewer values. */
export const isSameBody = (one: Uint8Array, other: Uint8Array): boolean => {
  if (Buffer.compare(one, other) === 0) return true
  const meaning = meaningOf(one)
  return meaning !== undefined && meaning === meaningOf(other)
}

const decode = (
  bytes: Uint8Array,
  eventFrom: (values: Values) => unknown
): Result.Result<InteractionEvent, unknown> =>
  valuesIn(bytes).pipe(
    Result.flatMap(
      (values): Result.Result<InteractionEvent, unknown> =>
        values[0] === layout ? decodeEvent(eventFrom(values)) : Result.fail("unknown layout")
    )
  )

/** Fails unless {@link encodeBody} wrote the bytes; the session comes from the item. */
export const decodeQuery = (bytes: Uint8Array, key: InteractionKey, sessionId: string) =>
  decode(bytes, (values) => queryFrom(values, key, sessionId))

/** Fails unless {@link encodeBody} wrote the bytes. */
export const decodeResponse = (bytes: Uint8Array, key: InteractionKey) =>
  decode(bytes, (values) => responseFrom(values, key))
