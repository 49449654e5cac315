/** Which requests and responses are an exchange, and the facts that its events hold. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/testing/TestClock"
import { OwnVisitToken } from "../../../src/programs/recorder/OwnVisits.ts"
import { Policy } from "../../../src/programs/recorder/Policy.ts"
import { readLengthMax } from "../../../src/schema/redaction/TextLength.ts"
import * as CapturedLog from "../CapturedLog.ts"
import { answered, ask, door, events, published, settled, world } from "./Door.ts"

const question = { message: "What do you cost?" }
const answer = "Ten crowns an hour."

const failed = { response: "", matchType: "none", outcome: "failed" } as const

describe("A question", () => {
  it.effect("is sent with its answer, and with nothing else", () =>
    Effect.gen(function* () {
      const { text } = yield* answered(() => new Response(answer), ask(question))
      assert.strictEqual(text, answer)
      const [query, response, ...others] = yield* published
      assert.deepInclude(query, { eventType: "query", query: question.message, metadata: {} })
      assert.deepInclude(response, {
        eventType: "response",
        response: answer,
        matchType: "full",
        outcome: "answered"
      })
      assert.strictEqual(query?.requestId, response?.requestId)
      const { queries, responses } = yield* events
      assert.strictEqual(queries[0]?.sessionId, responses[0]?.sessionId)
      assert.isEmpty(others)
    }).pipe(Effect.provide(world))
  )

  it.effect("keeps every character of its text, up to a length beyond the cut", () =>
    Effect.gen(function* () {
      const texts = ["Köln 日本語 👩‍💻?", "\u0000 \uFFFE \u2028", "\uD800 alone", '"quoted"\\\n']
      for (const message of [...texts, "x".repeat(readLengthMax + 1)]) {
        yield* answered(() => new Response(answer), ask({ message }))
      }
      assert.deepStrictEqual(
        (yield* events).queries.map(({ query }) => query),
        [...texts, "x".repeat(readLengthMax)]
      )
    }).pipe(Effect.provide(world))
  )

  it.effect("carries what the request tells of its visitor, and leaves out the rest", () =>
    Effect.gen(function* () {
      const request = ask(question, {
        "user-agent": "Browser/2",
        referer: "https://cv.example.com/about",
        "accept-language": "sv-SE,en;q=0.5",
        cookie: "id=1",
        authorization: "Bearer 1"
      })
      Object.assign(request, { cf: { country: "SE", city: "Lund" } })
      yield* answered(() => new Response(answer), request)
      assert.deepInclude((yield* published)[0], {
        metadata: {
          userAgent: "Browser/2",
          referer: "https://cv.example.com/about",
          language: "sv-SE,en;q=0.5",
          country: "SE"
        }
      })
    }).pipe(Effect.provide(world))
  )

  it.effect("has an id of ours, and the client's own for a label if it is one", () =>
    Effect.gen(function* () {
      const label = "00000000-0000-4000-8000-0000000000ff"
      const ids = [label, label, "0".repeat(129), "a b", ""]
      for (const id of ids) {
        yield* answered(() => new Response(answer), ask(question, { "x-request-id": id }))
      }
      const { queries } = yield* events
      const requestIds = new Set(queries.map(({ requestId }) => requestId as string))
      assert.strictEqual(requestIds.size, ids.length)
      assert.isFalse(requestIds.has(label))
      assert.deepStrictEqual(
        queries.map(({ metadata }) => metadata.clientRequestId),
        [label, label, undefined, undefined, undefined]
      )
    }).pipe(Effect.provide(world))
  )

  it.effect("of a visitor who must not be recorded is answered, and only counted in the log", () =>
    Effect.gen(function* () {
      const { text } = yield* answered(() => new Response(answer), ask(question))
      assert.strictEqual(text, answer)
      assert.isEmpty(yield* published)
      assert.deepStrictEqual(
        (yield* CapturedLog.CapturedLog).map(({ fields, message }) => [message, fields]),
        [["not recorded", { reason: "the visitor's signal" }]]
      )
    }).pipe(
      Effect.provide([
        world,
        Layer.effect(
          Policy,
          Effect.map(Policy, (known) => ({ ...known, discretionFor: () => undefined }))
        )
      ])
    )
  )
})

describe("The owner's own visits", () => {
  const token = "long-random-word"
  const withToken = Layer.succeed(OwnVisitToken, Redacted.make(token))

  const marksFor = Effect.fnUntraced(function* (...given: ReadonlyArray<string>) {
    for (const value of given) {
      yield* answered(() => new Response(answer), ask(question, { "x-own-visit": value }))
    }
    return (yield* events).queries.map(({ metadata }) => metadata.own)
  })

  it.effect("are marked when they carry the token, which goes no further", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* marksFor(token), [true])
      assert.notInclude(JSON.stringify(yield* published), token)
    }).pipe(Effect.provide([world, withToken]))
  )

  it.effect("are not marked by another token, or by none", () =>
    Effect.gen(function* () {
      const guesses = ["guess", token.slice(1), `${token} x`, token.toUpperCase(), ""]
      assert.deepStrictEqual(yield* marksFor(...guesses), Array(5).fill(undefined))
    }).pipe(Effect.provide([world, withToken]))
  )

  it.effect("are not marked where no token is configured, not even by an empty one", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* marksFor(""), [undefined])
    }).pipe(Effect.provide(world))
  )
})

describe("A refusal of the handler", () => {
  for (const status of [301, 302, 303, 304, 307, 400, 401, 403, 404, 405, 413, 415, 422, 429]) {
    it.effect(`is no exchange: ${status}`, () =>
      Effect.gen(function* () {
        const headers = { location: "/elsewhere", "retry-after": "60" }
        const body = status === 304 ? null : '{"answer":"No."}'
        const fetch = () => new Response(body, { status, headers })
        const { response, text } = yield* answered(fetch, ask(question))
        assert.deepStrictEqual([response.status, text], [status, body ?? ""])
        assert.strictEqual(response.headers.get("retry-after"), "60")
        assert.isEmpty(yield* published)
        assert.isEmpty(yield* CapturedLog.CapturedLog)
      }).pipe(Effect.provide(world))
    )
  }
})

describe("A failure of the handler", () => {
  for (const status of [500, 501, 502, 503, 504, 529]) {
    it.effect(`is a failed answer: ${status}`, () =>
      Effect.gen(function* () {
        const fetch = () => new Response("Oh no.", { status, headers: { "x-trace": "7" } })
        const { response, text } = yield* answered(fetch, ask(question))
        assert.deepStrictEqual([response.status, text], [status, "Oh no."])
        assert.strictEqual(response.headers.get("x-trace"), "7")
        const { queries, responses } = yield* events
        assert.deepInclude(queries[0], { query: question.message })
        assert.deepInclude(responses[0], failed)
      }).pipe(Effect.provide(world))
    )
  }

  const fault = new Error("the handler's own")
  const nothing = undefined as unknown as Response
  const spoken = new Response(answer)
  for (const [how, fetch, outcome] of [
    [
      "that throws",
      () => {
        throw fault
      },
      fault
    ],
    ["that rejects", () => Promise.reject(fault), fault],
    ["that gives no response", () => nothing, undefined],
    ["that gives a response whose body is being read", () => spoken, spoken]
  ] as const) {
    it.effect(`${how} reaches the runtime as it is, and is a failed answer`, () =>
      Effect.gen(function* () {
        if (!spoken.bodyUsed) yield* Effect.promise(() => spoken.text())
        const { platform, recorded, wrap } = yield* door
        const got = yield* Effect.promise(async () => {
          try {
            return await wrap({ fetch }).fetch(ask(question), {}, platform)
          } catch (error) {
            return error
          }
        })
        assert.strictEqual(got, outcome)
        yield* recorded
        assert.deepInclude((yield* events).responses[0], failed)
      }).pipe(Effect.provide(world))
    )
  }

  for (const [where, type, body, shown] of [
    ["whole", "application/json", '{"error":{"message":"overloaded","code":529}}', ""],
    [
      "at its end",
      "text/event-stream",
      'data: {"choices":[{"delta":{"content":"Ten"}}]}\n\ndata: {"error":{"message":"no"}}\n\n',
      "Ten"
    ]
  ] as const) {
    it.effect(`that a response of 200 tells is a failed answer: ${where}`, () =>
      Effect.gen(function* () {
        const fetch = () => new Response(body, { headers: { "content-type": type } })
        const { response, text } = yield* answered(fetch, ask(question))
        assert.deepStrictEqual([response.status, text], [200, body])
        assert.deepInclude((yield* events).responses[0], { response: shown, outcome: "failed" })
      }).pipe(Effect.provide(world))
    )
  }
})

describe("The time of an answer", () => {
  /** What is recorded when the clock goes on in this way while the handler works. */
  const timesAfter = Effect.fnUntraced(function* (passing: Effect.Effect<void>) {
    yield* TestClock.setTime(1_800_000_000_000)
    const { platform, recorded, wrap } = yield* door
    const { promise, resolve } = Promise.withResolvers<Response>()
    const fetch = () => promise
    const answering = wrap({ fetch }).fetch(ask(question), {}, platform)
    yield* passing
    resolve(new Response(answer))
    const response = yield* Effect.promise(async () => answering)
    yield* Effect.promise(() => response.text())
    yield* settled
    yield* recorded
    const { queries, responses } = yield* events
    return { query: queries[0], response: responses[0] }
  })

  it.effect("goes from the request to the end of the answer", () =>
    Effect.gen(function* () {
      const { query, response } = yield* timesAfter(TestClock.adjust(840))
      assert.deepInclude(query, { timestamp: 1_800_000_000_000 })
      assert.deepInclude(response, {
        timestamp: 1_800_000_000_840,
        queryTimestamp: 1_800_000_000_000,
        processingTimeMs: 840
      })
    }).pipe(Effect.provide(world))
  )

  it.effect("is never negative, even when the clock is set back", () =>
    Effect.gen(function* () {
      const { response } = yield* timesAfter(TestClock.setTime(1_799_999_995_000))
      assert.deepInclude(response, { timestamp: 1_799_999_995_000, processingTimeMs: 0 })
    }).pipe(Effect.provide(world))
  )
})
