/** Each odd message is stored as it is, or returned alone with a reason. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as TestClock from "effect/testing/TestClock"
import {
  AnalyticsEvent,
  decodeMessage,
  Metadata,
  QueryEvent,
  ResponseEvent
} from "../../../src/schema/AnalyticsEvent.ts"
import { encodeMessage } from "../../../src/schema/EventText.ts"
import { eventKey, eventsOf } from "../../../src/schema/Interaction.ts"
import { InteractionStore } from "../../../src/services/InteractionStore.ts"
import { askedAt, queryEvent, requestIdOf, responseEvent } from "../../schema/EventExamples.ts"
import { fieldsOf, hostileValues, withField, without } from "../../schema/HostileValues.ts"
import * as CapturedLog from "../CapturedLog.ts"
import { poison, recordOf } from "./RecordExamples.ts"
import { idsReturned, isStored, lastCounts, world } from "./World.ts"

const budget = 5000
const neighbour = recordOf("neighbour", queryEvent({ requestId: requestIdOf(99) }))

/** Each event with every field that its schema knows. */
const full = {
  query: queryEvent({
    text: "withheld",
    metadata: {
      userAgent: "Test/1.0",
      referer: "https://example.com/",
      country: "SE",
      language: "sv",
      own: true,
      lostBefore: 2,
      clientRequestId: "an-id"
    },
    turn: 3
  }),
  response: responseEvent({ text: "withheld", visitorLeft: true })
}

const optional = new Set(["text", "turn", "matchScore", "visitorLeft", "tokens", "model"])

const isEvent = Schema.is(AnalyticsEvent)

const storedUnder = Effect.fnUntraced(function* (event: AnalyticsEvent) {
  const store = yield* InteractionStore
  const interaction = Option.getOrUndefined(yield* store.get(eventKey(event)))
  return interaction === undefined ? [] : eventsOf(interaction)
})

/** Processes the body beside a healthy neighbour, and holds what must come of it. */
const assertFate = Effect.fnUntraced(function* (body: string, told: string) {
  const returned = yield* idsReturned([poison("odd", "odd", body), neighbour], { budget })
  assert.isTrue(yield* isStored(neighbour), told)
  const event = decodeMessage(body)
  if (Result.isFailure(event)) {
    assert.deepStrictEqual(returned, ["odd"], told)
    return "returned"
  }
  assert.deepStrictEqual(returned, [], told)
  assert.isTrue(isEvent(event.success), told)
  assert.deepStrictEqual(
    (yield* storedUnder(event.success)).map(encodeMessage),
    [encodeMessage(event.success)],
    told
  )
  return "stored"
})

const fateOf = (value: unknown, told: string) => {
  const body = JSON.stringify(value)
  return assertFate(body, told).pipe(Effect.provide(world(), { local: true }))
}

describe("The fields that are tried", () => {
  it("are all that the schemas know", () => {
    const names = (value: object) => Object.keys(value).sort()
    assert.deepStrictEqual(names(full.query), Object.keys(QueryEvent.fields).sort())
    assert.deepStrictEqual(names(full.response), Object.keys(ResponseEvent.fields).sort())
    assert.deepStrictEqual(names(full.query.metadata), Object.keys(Metadata.fields).sort())
  })
})

for (const [kind, event] of Object.entries(full)) {
  for (const path of fieldsOf(event)) {
    const field = `the ${kind} event's ${path.join(".")}`
    const isDetail = path.length === 2 && ["metadata", "tokens"].includes(path[0] ?? "")
    const isOptional = optional.has(path.join(".")) || isDetail

    describe(`Of ${field}`, () => {
      it.effect(isOptional ? "the lack is no fault" : "the lack is returned", () =>
        Effect.gen(function* () {
          const fate = yield* fateOf(without(event, path), field)
          assert.strictEqual(fate, isOptional ? "stored" : "returned")
        })
      )

      it.effect("every odd value is stored as it is or returned, and costs no neighbour", () =>
        Effect.gen(function* () {
          for (const [index, value] of hostileValues.entries()) {
            const told = `${field}, value ${index}`
            const fate = yield* fateOf(withField(event, path, value), told)
            if (value === null) assert.strictEqual(fate, "returned", told)
          }
          assert.notProperty({}, "polluted")
        })
      )
    })
  }
}

describe("A message", () => {
  it.effect.each([
    ["unknown fields", { ...full.query, traceId: "t", __v: { deep: [1] } }, "stored"],
    ["a field of another event", { ...full.query, response: "text" }, "stored"],
    ["version 0", { ...full.query, schemaVersion: 0 }, "returned"],
    ["version 2", { ...full.query, schemaVersion: 2 }, "returned"],
    ["version 1 as a text", { ...full.query, schemaVersion: "1" }, "returned"],
    ["an unknown event", { ...full.query, eventType: "click" }, "returned"],
    ["an event named like a property", { ...full.query, eventType: "__proto__" }, "returned"],
    ["a list of events", [full.query], "returned"]
  ] as const)("with %s is dealt with by itself", ([name, value, fate]) =>
    Effect.map(fateOf(value, name), (actual) => assert.strictEqual(actual, fate, name))
  )

  it.effect.each([
    ["__proto__", '{"__proto__":{"eventType":"query","schemaVersion":1}}'],
    ["constructor", '{"constructor":{"prototype":{"polluted":true}}}'],
    ["deep nesting", "[".repeat(100_000)],
    ["deep, closed nesting", `${"[".repeat(50_000)}${"]".repeat(50_000)}`],
    ["1 MiB of blanks", " ".repeat(1_048_576)],
    ["1 MiB of digits", "9".repeat(1_048_576)],
    ["1 MiB of control characters", "\u0000".repeat(1_048_576)],
    ["a byte order mark", `\uFEFF${JSON.stringify(full.query)}`],
    ["half of an event", JSON.stringify(full.query).slice(0, 100)]
  ] as const)("that is %s is returned", ([name, body]) =>
    assertFate(body, name).pipe(
      Effect.map((fate) => assert.strictEqual(fate, "returned", name)),
      Effect.provide(world())
    )
  )

  it.effect("that brings its prototype along stores its own fields, and changes nobody's", () =>
    Effect.gen(function* () {
      const json = JSON.stringify(full.query)
      const body = `{"__proto__":{"polluted":true,"query":"forged"},${json.slice(1)}`
      assert.strictEqual(yield* assertFate(body, "prototype"), "stored")
      assert.deepStrictEqual(yield* storedUnder(full.query), [full.query])
      assert.notProperty({}, "polluted")
    }).pipe(Effect.provide(world()))
  )
})

describe("An event of another time", () => {
  const dayMs = 86_400_000
  const at = (n: number, timestamp: number) =>
    recordOf(`q${n}`, queryEvent({ requestId: requestIdOf(n), timestamp }))

  it.effect("is kept, and counted when its clock is more than a day ahead", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(askedAt)
      const far = [dayMs + 1, 365 * dayMs, 253_402_300_799_999 - askedAt]
      const near = [dayMs, 1, 0, -dayMs, -askedAt]
      const records = [...far, ...near].map((ahead, n) => at(n + 1, askedAt + ahead))
      assert.deepStrictEqual(yield* idsReturned(records, { budget }), [])
      for (const record of records) assert.isTrue(yield* isStored(record), record.messageId)
      assert.deepInclude(yield* lastCounts, { clockAhead: far.length, stored: records.length })
    }).pipe(Effect.provide(world()))
  )

  it.effect("is counted by the question's time too, when only the answer came", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(askedAt)
      const ahead = askedAt + 2 * dayMs
      const orphan = recordOf("r1", responseEvent({ queryTimestamp: ahead }))
      const late = recordOf("r2", responseEvent({ requestId: requestIdOf(2), timestamp: ahead }))
      assert.deepStrictEqual(yield* idsReturned([orphan, late], { budget }), [])
      assert.deepInclude(yield* lastCounts, { clockAhead: 2, stored: 2 })
    }).pipe(Effect.provide(world()))
  )
})

describe("A batch", () => {
  it.effect("without records is answered and counted", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* idsReturned([], { budget }), [])
      assert.deepInclude(yield* lastCounts, { records: 0, decoded: 0, returned: 0, stored: 0 })
    }).pipe(Effect.provide(world()))
  )

  it.effect("with a message id twice names it once, and loses neither record", () =>
    Effect.gen(function* () {
      const query = recordOf("same", queryEvent())
      const bad = poison("same", "g")
      const alsoBad = poison("same", "h")
      assert.deepStrictEqual(yield* idsReturned([query, bad, alsoBad, query], { budget }), ["same"])
      assert.isTrue(yield* isStored(query))
    }).pipe(Effect.provide(world()))
  )

  it.effect("keeps the content of an odd message out of its log", () =>
    Effect.gen(function* () {
      const secret = "secret-4711"
      const bodies = fieldsOf(full.query).flatMap((path) =>
        [secret, [secret], { [secret]: secret }].map((value) =>
          JSON.stringify(withField({ ...full.query, query: secret }, path, value))
        )
      )
      const records = bodies.map((body, n) => poison(`m${n}`, `g${n}`, body))
      yield* idsReturned(records, { budget })
      const lines = yield* CapturedLog.CapturedLog
      assert.isAbove(lines.length, 10)
      for (const { whole } of lines) assert.notInclude(whole, "4711")
    }).pipe(Effect.provide(world()))
  )
})
