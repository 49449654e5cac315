/**
 * One event as the bytes that are stored: its message, compressed, and cut when it would not fit.
 */
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib"
import * as Result from "effect/Result"
import { type AnalyticsEvent, decodeMessage, encodeMessage } from "../schema/AnalyticsEvent.ts"

/** Two bodies and the plain attributes stay below DynamoDB's 400 KB for an item. */
const bodyBytesMax = 190 * 1024

/** Longest text beside the question and the answer that a cut event keeps. */
const detailLengthMax = 1024

/** Brotli 10 is the knee for prose of a few KB; see docs/decisions/0007-stored-item.md. */
const compress = (text: string): Uint8Array => {
  const bytes = Buffer.from(text)
  return new Uint8Array(
    brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_QUALITY]: 10,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length
      }
    })
  )
}

const cutTo = (text: string, lengthMax: number): string => {
  if (text.length <= lengthMax) return text
  return `${text.slice(0, lengthMax)}\n[cut: ${lengthMax} of ${text.length} characters kept]`
}

/** The event with its question or answer cut to a length, and its other texts to a fixed one. */
const cutEvent = (event: AnalyticsEvent, lengthMax: number): AnalyticsEvent =>
  event.eventType === "response"
    ? {
        ...event,
        response: cutTo(event.response, lengthMax),
        model: cutTo(event.model, detailLengthMax)
      }
    : {
        ...event,
        query: cutTo(event.query, lengthMax),
        metadata: Object.fromEntries(
          Object.entries(event.metadata).map(([name, value]) => [
            name,
            typeof value === "string" ? cutTo(value, detailLengthMax) : value
          ])
        )
      }

const textOf = (event: AnalyticsEvent): string =>
  event.eventType === "query" ? event.query : event.response

export interface EventBody {
  readonly bytes: Uint8Array
  /** True when a marker in the text says that the rest is gone. */
  readonly cut: boolean
}

/**
 * The same event always gives the same bytes; an event that is too large loses the end of its text.
 */
export const encodeBody = (event: AnalyticsEvent): EventBody => {
  let bytes = compress(encodeMessage(event))
  let lengthMax = textOf(event).length
  let cut = false
  while (bytes.length > bodyBytesMax) {
    cut = true
    lengthMax = Math.floor((lengthMax * bodyBytesMax * 0.95) / bytes.length)
    bytes = compress(encodeMessage(cutEvent(event, lengthMax)))
  }
  return { bytes, cut }
}

/** The event that the bytes hold; fails when they were never written by {@link encodeBody}. */
export const decodeBody = (bytes: Uint8Array): Result.Result<AnalyticsEvent, unknown> =>
  Result.flatMap(
    Result.try(() => brotliDecompressSync(bytes).toString("utf8")),
    decodeMessage
  )
