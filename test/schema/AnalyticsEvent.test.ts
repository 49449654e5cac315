import { readdirSync, readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import {
  AnalyticsEvent,
  decodeMessage,
  type UndecodableMessage
} from "../../src/schema/AnalyticsEvent.ts"
import { deduplicationId, encodeMessage } from "../../src/schema/EventText.ts"
import { feedbackEvent, queryEvent, requestIdOf, responseEvent, voteIdOf } from "./EventExamples.ts"

const decoded = (body: string): AnalyticsEvent => Result.getOrThrow(decodeMessage(body))

/** JSON has one zero. */
const withoutMinusZero = (event: AnalyticsEvent): AnalyticsEvent =>
  JSON.parse(JSON.stringify(event))

const refusalOf = (body: string): UndecodableMessage => {
  const result = decodeMessage(body)
  assert.isTrue(Result.isFailure(result), `decoded: ${body}`)
  return Result.getOrThrow(Result.flip(result))
}

const refusalOfJson = (value: unknown) => refusalOf(JSON.stringify(value))

/** Any sequence of UTF-16 code units, with those that text formats trip over made frequent. */
const anyText = Arbitrary.array(
  Arbitrary.all({
    unit: Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 0xffff }))),
    trap: Arbitrary.schema(
      Schema.Literals([0, 8, 9, 10, 13, 31, 0x22, 0x5c, 0x7f, 0x85, 0x2028, 0xd800, 0xdc00, 0xfffe])
    ),
    trapped: Arbitrary.schema(Schema.Boolean)
  }),
  { maxLength: 40 }
).pipe(
  Arbitrary.map((units) =>
    String.fromCharCode(...units.map(({ trap, trapped, unit }) => (trapped ? trap : unit)))
  )
)

/** The characters that SQS takes: #x9 #xA #xD #x20-#xD7FF #xE000-#xFFFD #x10000-#x10FFFF. */
const accepted = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u

describe("The message of an event", () => {
  it.prop("decodes to the event that was encoded", [AnalyticsEvent], ([event]) => {
    assert.deepStrictEqual(decoded(encodeMessage(event)), withoutMinusZero(event))
  })

  it.prop("decodes to any text that was encoded", [anyText], ([text]) => {
    const query = queryEvent({ query: text, metadata: { referer: text } })
    const response = responseEvent({ response: text, model: text })
    assert.deepStrictEqual(decoded(encodeMessage(query)), query)
    assert.deepStrictEqual(decoded(encodeMessage(response)), response)
    const vote = feedbackEvent({ rating: "down", comment: text })
    assert.deepStrictEqual(decoded(encodeMessage(vote)), vote)
  })

  it.prop("holds no character that the queue refuses, whatever the texts", [anyText], ([text]) => {
    const messages = [
      encodeMessage(queryEvent({ query: text, metadata: { userAgent: text, language: text } })),
      encodeMessage(responseEvent({ response: text, model: text })),
      encodeMessage(feedbackEvent({ comment: text }))
    ]
    for (const message of messages) assert.match(message, accepted)
  })

  it("holds none of the refused characters one by one", () => {
    const refused = [...Array(32).keys(), 0xfffe, 0xffff, 0xd800, 0xdbff, 0xdc00, 0xdfff]
    for (const unit of refused) {
      const event = queryEvent({ query: `a${String.fromCharCode(unit)}b` })
      assert.match(encodeMessage(event), accepted, unit.toString(16))
      assert.deepStrictEqual(decoded(encodeMessage(event)), event)
    }
  })

  it("may carry fields that this version does not know, which are left out", () => {
    const newer = { ...queryEvent(), traceId: "t", metadata: { country: "SE", theme: "dark" } }
    assert.deepStrictEqual(
      decoded(JSON.stringify(newer)),
      queryEvent({ metadata: { country: "SE" } })
    )
  })

  it("is deduplicated by request and kind alone, and a vote by its own id", () => {
    const id = requestIdOf(1)
    assert.strictEqual(deduplicationId(queryEvent({ query: "other" })), `${id}:query`)
    assert.strictEqual(deduplicationId(responseEvent({ response: "other" })), `${id}:response`)
    const vote = feedbackEvent({ rating: "down", voteId: voteIdOf(7) })
    assert.strictEqual(deduplicationId(vote), `${id}:feedback:${voteIdOf(7)}`)
    assert.isAtMost(deduplicationId(vote).length, 128)
  })
})

describe("An undecodable body", () => {
  it("is not_json", () => {
    for (const body of ["", "{", "hello", '{"eventType":"query"', "\u0000", "undefined"]) {
      assert.strictEqual(refusalOf(body).reason, "not_json", body)
    }
  })

  it("is unknown_version, whatever the rest says", () => {
    for (const schemaVersion of [0, 2, "1", null, 1.5]) {
      const refusal = refusalOfJson({ ...queryEvent(), eventType: "click", schemaVersion })
      assert.strictEqual(refusal.reason, "unknown_version")
    }
  })

  it("is unknown_event_type", () => {
    for (const eventType of ["click", "Query", "", null, ["query"]]) {
      assert.strictEqual(refusalOfJson({ ...queryEvent(), eventType }).reason, "unknown_event_type")
    }
  })

  it("is invalid_event when it is not an object with type and version", () => {
    for (const value of [null, 1, "text", [], {}, { eventType: "query" }, { schemaVersion: 1 }]) {
      assert.strictEqual(refusalOfJson(value).reason, "invalid_event")
    }
  })

  it("is invalid_event, and the detail names the field that is missing or wrong", () => {
    const { matchScore: _, model: __, tokens: ___, ...answered } = responseEvent()
    for (const event of [queryEvent(), answered, feedbackEvent()]) {
      for (const field of Object.keys(event)) {
        if (field === "eventType" || field === "schemaVersion") continue
        const { [field as keyof typeof event]: _, ...rest } = event
        for (const value of [rest, { ...event, [field]: null }]) {
          const { detail, reason } = refusalOfJson(value)
          assert.strictEqual(reason, "invalid_event")
          assert.include(detail, field)
        }
      }
    }
  })

  it("is invalid_event when a number is out of its range", () => {
    const wrong = [
      { ...queryEvent(), timestamp: -1 },
      { ...queryEvent(), timestamp: 1.5 },
      { ...queryEvent(), timestamp: 253_402_300_800_000 },
      { ...queryEvent(), sessionId: "" },
      { ...queryEvent(), sessionId: "x".repeat(129) },
      { ...queryEvent(), requestId: "not-a-uuid" },
      { ...responseEvent(), matchScore: 1.01 },
      { ...responseEvent(), processingTimeMs: -1 },
      { ...responseEvent(), tokens: { input: -1, output: 0 } },
      { ...responseEvent(), tokens: { cacheWrites: 0.5 } },
      { ...responseEvent(), tokens: null },
      { ...responseEvent(), model: 7 },
      { ...responseEvent(), outcome: "maybe" },
      { ...feedbackEvent(), rating: "sideways" },
      { ...feedbackEvent(), reason: "mood" },
      { ...feedbackEvent(), votedAt: 253_402_300_800_000 },
      { ...feedbackEvent(), voteId: "first" },
      { ...feedbackEvent(), comment: "x".repeat(501) }
    ]
    for (const value of wrong) assert.strictEqual(refusalOfJson(value).reason, "invalid_event")
  })
})

describe("The error of an undecodable body", () => {
  const secret = "secret-4711"

  const assertSilent = (body: string) => {
    const refusal = refusalOf(body)
    for (const text of [
      refusal.detail,
      refusal.message,
      String(refusal),
      JSON.stringify(refusal)
    ]) {
      assert.notInclude(text, "4711", body)
    }
    assert.strictEqual(refusal.message, `${refusal.reason}: ${refusal.detail}`)
  }

  it("never quotes a body that is not JSON", () => {
    for (const body of [secret, `{"query":"${secret}`, `{"query":${secret}}`, `[${secret}]`]) {
      assertSilent(body)
    }
  })

  it("never quotes a version or an event type", () => {
    assertSilent(JSON.stringify({ ...queryEvent(), schemaVersion: secret }))
    assertSilent(JSON.stringify({ ...queryEvent(), eventType: secret }))
    assertSilent(JSON.stringify(secret))
    assertSilent(JSON.stringify({ [secret]: secret }))
  })

  it("never quotes a field, whichever field is wrong and in whatever way", () => {
    const full = { userAgent: secret, referer: secret, country: secret, language: secret }
    const events = [
      queryEvent({ query: secret, metadata: full }),
      responseEvent({ response: secret, model: secret }),
      feedbackEvent({ comment: secret })
    ]
    const wrongValues = [{ [secret]: secret }, [secret], [[secret]], -4711.5]
    for (const event of events) {
      for (const field of Object.keys(event)) {
        const isOpen = field === "metadata" || field === "tokens"
        for (const wrong of isOpen ? [secret, -4711.5] : wrongValues) {
          assertSilent(JSON.stringify({ ...event, [secret]: secret, [field]: wrong }))
        }
      }
    }
    const texts = ["requestId", "timestamp", "queryTimestamp", "matchType", "outcome", "tokens"]
    for (const field of texts) {
      assertSilent(JSON.stringify({ ...responseEvent(), [field]: secret }))
    }
    for (const field of Object.keys(full)) {
      const metadata = { ...full, [field]: { [secret]: secret }, [secret]: secret }
      assertSilent(JSON.stringify({ ...queryEvent(), metadata }))
    }
  })
})

describe("The corpus of past messages", () => {
  const folder = new URL("corpus/", import.meta.url)
  for (const version of readdirSync(folder)) {
    for (const name of readdirSync(new URL(`${version}/`, folder))) {
      it(`still decodes ${version}/${name}`, () => {
        const body = readFileSync(new URL(`${version}/${name}`, folder), "utf8")
        const event = decoded(body)
        assert.containsSubset(JSON.parse(body), event)
        assert.deepStrictEqual(decoded(encodeMessage(event)), event)
      })
    }
  }

  it("holds all events of version 1", () => {
    const kinds = readdirSync(new URL("v1/", folder)).map(
      (name) => decoded(readFileSync(new URL(`v1/${name}`, folder), "utf8")).eventType
    )
    assert.sameMembers([...new Set(kinds)], ["query", "response", "feedback"])
  })
})
