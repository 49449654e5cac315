import { randomBytes } from "node:crypto"
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib"
import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import {
  bodyBytesMax,
  decodeQuery,
  decodeResponse,
  encodeBody,
  isSameBody
} from "../../../src/layers/dynamodb/EventBody.ts"
import type { InteractionEvent } from "../../../src/schema/AnalyticsEvent.ts"
import { eventKey } from "../../../src/schema/Interaction.ts"
import { queryEvent, responseEvent } from "../../schema/EventExamples.ts"

/** Text that no codec makes much smaller. */
const noise = (length: number): string => randomBytes(length).toString("base64").slice(0, length)

const stored = (event: InteractionEvent) => {
  const { bytes, cut } = encodeBody(event)
  assert.isAtMost(bytes.length, bodyBytesMax)
  const key = eventKey(event)
  const decoded =
    event.eventType === "query"
      ? decodeQuery(bytes, key, event.sessionId)
      : decodeResponse(bytes, key)
  return { cut, event: Result.getOrThrow(decoded) }
}

const marker = (kept: number, length: number): RegExp =>
  new RegExp(`\\[cut: ${kept} of ${length} characters kept\\]$`)

/** The same list of values as another version would have written it. */
const rewritten = (bytes: Uint8Array, quality: number, more = ""): Uint8Array => {
  const json = brotliDecompressSync(bytes).toString("utf8").replace(/\]$/, `${more}]`)
  const size = Buffer.byteLength(json)
  return new Uint8Array(
    brotliCompressSync(json, {
      params: {
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_QUALITY]: quality,
        [constants.BROTLI_PARAM_LGWIN]: 18,
        [constants.BROTLI_PARAM_SIZE_HINT]: size
      }
    })
  )
}

describe("A stored body", () => {
  it("is the event itself when it fits", () => {
    const event = queryEvent({ query: "a".repeat(1_000_000) })
    assert.deepStrictEqual(stored(event), { cut: false, event })
  })

  it("keeps what the edge told of losses, also beside an own visit", () => {
    for (const metadata of [{ lostBefore: 3 }, { own: true, lostBefore: 0 }, { own: false }]) {
      const event = queryEvent({ metadata })
      assert.deepStrictEqual(stored(event), { cut: false, event })
    }
  })

  it("keeps the question whole when the details alone are too large", () => {
    const event = queryEvent({ query: "A short question?", metadata: { referer: noise(400_000) } })
    const { cut, event: kept } = stored(event)
    assert.isTrue(cut)
    assert.ok(kept.eventType === "query")
    assert.strictEqual(kept.query, "A short question?")
    assert.match(kept.metadata.referer ?? "", marker(1024, 400_000))
  })

  it("keeps as much of a text as fits, and says how much that is", () => {
    const response = noise(600_000)
    const { cut, event } = stored(responseEvent({ response }))
    assert.isTrue(cut)
    assert.ok(event.eventType === "response")
    const [text = ""] = event.response.split("\n[cut: ")
    assert.isAbove(text.length, 150_000)
    assert.isTrue(response.startsWith(text))
    assert.match(event.response, marker(text.length, 600_000))
  })

  it("is never cut inside a character", () => {
    const emoji = Array.from(noise(200_000), (c) => String.fromCodePoint(0x1f300 + c.charCodeAt(0)))
    const { event } = stored(queryEvent({ query: emoji.join("") + noise(300_000) }))
    assert.ok(event.eventType === "query" && event.query.isWellFormed())
  })

  it("keeps each count of tokens that is told, and neither others nor the model", () => {
    const { model: _, tokens: __, ...untold } = responseEvent()
    const input = { ...untold, tokens: { input: 331, cacheWrites: 20 } }
    for (const event of [untold, input, { ...untold, tokens: { input: 0, output: 0 } }]) {
      assert.deepStrictEqual(stored(event), { cut: false, event })
    }
  })

  it("has the same bytes for the same event, cut or not", () => {
    const event = responseEvent({ response: noise(500_000) })
    assert.deepStrictEqual(encodeBody(event), encodeBody(event))
  })

  it("is compressed with care up to 64 KB, and a longer one in a moment", () => {
    for (const [length, quality] of [
      [60_000, 10],
      [70_000, 5]
    ] as const) {
      const { bytes } = encodeBody(queryEvent({ query: noise(length) }))
      assert.deepStrictEqual(bytes, rewritten(bytes, quality))
    }
  })

  it("is no event when it unfolds to more than any message holds", () => {
    const event = queryEvent({ query: "a".repeat(16 * 1024 * 1024) })
    const { bytes } = encodeBody(event)
    assert.isBelow(bytes.length, 10_000)
    assert.isTrue(Result.isFailure(decodeQuery(bytes, eventKey(event), event.sessionId)))
  })
})

describe("A body that an earlier version stored", () => {
  const listed = (...values: ReadonlyArray<unknown>) =>
    new Uint8Array(brotliCompressSync(JSON.stringify(values)))

  it("is read by the place of each of its values, which never changes", () => {
    const event = queryEvent({
      text: "withheld",
      turn: 3,
      metadata: {
        userAgent: "Test/1.0",
        referer: "https://example.com/",
        country: "SE",
        language: "sv",
        own: true,
        lostBefore: 2,
        clientRequestId: "gateway-7"
      }
    })
    const visit = ["Test/1.0", "https://example.com/", "SE", "sv", true]
    const whole = listed(1, event.query, ...visit, "withheld", 2, "gateway-7", 3)
    const { metadata, text: _, turn: _turn, ...early } = event
    const { clientRequestId: __, lostBefore: ___, ...visited } = metadata
    const read = (bytes: Uint8Array) =>
      Result.getOrThrow(decodeQuery(bytes, eventKey(event), event.sessionId))
    assert.deepStrictEqual(read(whole), event)
    assert.deepStrictEqual(read(listed(1, event.query, ...visit)), { ...early, metadata: visited })
    assert.isTrue(isSameBody(encodeBody(event).bytes, whole))
  })

  it("is an answer by the place of each of its values, too", () => {
    const tokens = { input: 7, output: 5, cachedInput: 3, cacheWrites: 1, reasoning: 2 }
    const event = responseEvent({ tokens, text: "withheld", visitorLeft: true })
    const { matchScore, matchType, model, outcome, processingTimeMs, response } = event
    const measured = [matchType, matchScore, processingTimeMs, model, outcome]
    const head = [1, response, event.sessionId, event.timestamp, ...measured, 7, 5]
    const read = (bytes: Uint8Array) => Result.getOrThrow(decodeResponse(bytes, eventKey(event)))
    const whole = listed(...head, 3, 2, "withheld", true, 1)
    assert.deepStrictEqual(read(whole), event)
    const early = responseEvent({ tokens: { input: 7, output: 5 } })
    assert.deepStrictEqual(read(listed(...head)), early)
    assert.isTrue(isSameBody(encodeBody(event).bytes, whole))
  })
})

describe("A repeat of a stored body", () => {
  const { bytes } = encodeBody(responseEvent())

  it("is the same when another version compressed it, or knew fewer or more values", () => {
    for (const other of [bytes, rewritten(bytes, 4), rewritten(bytes, 10, ",null,null")]) {
      assert.isTrue(isSameBody(bytes, other))
      assert.isTrue(isSameBody(other, bytes))
    }
  })

  it("is another when a value differs, was added, or cannot be read", () => {
    const { bytes: longer } = encodeBody(responseEvent({ visitorLeft: true }))
    const { bytes: worded } = encodeBody(responseEvent({ response: "other" }))
    for (const other of [longer, worded, rewritten(bytes, 10, ",1"), bytes.slice(1)]) {
      assert.isFalse(isSameBody(bytes, other))
      assert.isFalse(isSameBody(other, bytes))
    }
    assert.isFalse(isSameBody(bytes.slice(1), bytes.slice(2)))
  })
})
