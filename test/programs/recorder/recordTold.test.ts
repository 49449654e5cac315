/** Exchanges that an owner's code tells: of Durable Objects, WebSockets, Agents and queues. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import type { ToldExchange } from "../../../src/programs/recorder/Package.d.ts"
import { recordTold } from "../../../src/programs/recorder/recordTold.ts"
import { readLengthMax } from "../../../src/schema/redaction/TextLength.ts"
import * as CapturedLog from "../CapturedLog.ts"
import { ask, events, published, world } from "./Door.ts"

const now = 1_800_000_000_000
const secret = "secret-4711"

/** Owners also write JavaScript. */
const told = Effect.fnUntraced(function* (exchange: unknown) {
  yield* TestClock.setTime(now)
  yield* recordTold(exchange as ToldExchange)
  const { queries, responses } = yield* events
  return { query: queries[0], response: responses[0] }
})

const logged = Effect.map(CapturedLog.CapturedLog, (lines) =>
  lines.map(({ fields, level, message, whole }) => {
    assert.notInclude(whole, secret)
    return [level, message, fields]
  })
)

describe("An exchange that is told", () => {
  it.effect("holds everything that it says", () =>
    Effect.gen(function* () {
      const { query, response } = yield* told({
        question: "What do you cost?",
        answer: "Ten crowns.",
        session: "visit-7",
        turn: 2,
        model: "m-7",
        matchType: "partial",
        matchScore: 0.5,
        tokens: { input: 12, output: 3, cachedInput: 4 },
        outcome: "answered",
        processingTimeMs: 840.5,
        request: ask({}, { "user-agent": "Browser/2" })
      } satisfies ToldExchange)
      assert.deepInclude(query, {
        query: "What do you cost?",
        turn: 2,
        timestamp: now - 841,
        metadata: { userAgent: "Browser/2" }
      })
      assert.deepInclude(response, {
        response: "Ten crowns.",
        model: "m-7",
        matchType: "partial",
        matchScore: 0.5,
        tokens: { input: 12, output: 3, cachedInput: 4 },
        outcome: "answered",
        processingTimeMs: 840.5,
        queryTimestamp: now - 841,
        timestamp: now
      })
      for (const event of [query, response]) {
        assert.strictEqual<string | undefined>(event?.sessionId, "visit-7")
      }
      assert.isEmpty(yield* logged)
    }).pipe(Effect.provide(world))
  )

  it.effect("needs a question alone; the answer is then unknown, and the session its own", () =>
    Effect.gen(function* () {
      const { query, response } = yield* told({ question: "What do you cost?" })
      assert.deepInclude(query, { metadata: {} })
      assert.strictEqual<string | undefined>(query?.sessionId, query?.requestId)
      assert.deepInclude(response, { response: "", matchType: "unknown", outcome: "answered" })
    }).pipe(Effect.provide(world))
  )

  it.effect("is judged by its words, as an answer that was read", () =>
    Effect.gen(function* () {
      const { response } = yield* told({ question: "Why?", answer: "I don't know." })
      assert.deepInclude(response, { matchType: "none", outcome: "answered" })
    }).pipe(Effect.provide(world))
  )

  it.effect("keeps what is known of a failed answer", () =>
    Effect.gen(function* () {
      const { response } = yield* told({
        question: "Why?",
        answer: "Because",
        outcome: "failed",
        model: "m-7"
      })
      assert.deepInclude(response, { response: "Because", outcome: "failed", model: "m-7" })
    }).pipe(Effect.provide(world))
  )

  it.effect("may have failed without a word", () =>
    Effect.gen(function* () {
      const { response } = yield* told({ question: "Why?", outcome: "failed" })
      assert.deepInclude(response, { response: "", matchType: "none", outcome: "failed" })
    }).pipe(Effect.provide(world))
  )

  it.effect("is bounded, however long its texts are", () =>
    Effect.gen(function* () {
      const text = "x".repeat(10_000_000)
      const { query, response } = yield* told({ question: text, answer: text })
      assert.strictEqual(query?.query.length, readLengthMax)
      assert.strictEqual(response?.response.length, readLengthMax)
    }).pipe(Effect.provide(world))
  )
})

describe("Bad input is said clearly, and never fails:", () => {
  const withoutQuestion: ReadonlyArray<unknown> = [
    undefined,
    null,
    7,
    "text",
    [],
    {},
    { question: "" },
    { question: "  \n" },
    { question: 7 },
    { question: [secret] },
    { answer: secret }
  ]
  for (const exchange of withoutQuestion) {
    it.effect(`no question in ${JSON.stringify(exchange) ?? "undefined"}`, () =>
      Effect.gen(function* () {
        yield* told(exchange)
        assert.isEmpty(yield* published)
        assert.deepStrictEqual(yield* logged, [
          ["Error", "not recorded", { reason: "`question` must be a text" }]
        ])
      }).pipe(Effect.provide(world))
    )
  }

  it.effect("values of wrong types are left out, and the log names their fields", () =>
    Effect.gen(function* () {
      const { query, response } = yield* told({
        question: "Why?",
        session: { id: secret },
        turn: -1,
        answer: [secret],
        model: 7,
        matchType: "good",
        matchScore: 7,
        tokens: { input: secret },
        outcome: secret,
        processingTimeMs: Number.NaN,
        request: { url: secret }
      })
      assert.strictEqual(query?.query, "Why?")
      assert.deepInclude(response, { response: "", matchType: "unknown", outcome: "answered" })
      const [line, ...others] = yield* logged
      assert.deepStrictEqual(line?.slice(0, 2), ["Warn", "told to `record` with wrong values"])
      assert.sameMembers((line?.[2] as { readonly leftOut: string }).leftOut.split(", "), [
        ...["session", "turn", "answer", "model", "matchType", "matchScore", "tokens"],
        ...["outcome", "processingTimeMs", "request"]
      ])
      assert.isEmpty(others)
    }).pipe(Effect.provide(world))
  )

  it.effect("values that are absent in any way are no fault", () =>
    Effect.gen(function* () {
      for (const absent of [undefined, null, ""]) {
        yield* told({
          question: "Why?",
          answer: "So.",
          session: absent,
          model: absent,
          turn: absent
        })
      }
      assert.lengthOf(yield* published, 6)
      assert.isEmpty(yield* logged)
    }).pipe(Effect.provide(world))
  )
})
