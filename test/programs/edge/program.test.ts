import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { version } from "../../../src/runtime/version.ts"
import type { Answer } from "../../../src/schema/Answer.ts"
import { AnswererTimedOut, AnswererUnavailable } from "../../../src/services/Answerer.ts"
import * as CapturedLog from "../CapturedLog.ts"
import { answer, ask, handled, rateLimit, requestId, world } from "./Requests.ts"

const question = { query: "Which databases does she know?", sessionId: "session-1" }

const jsonOf = (response: Response) => Effect.promise(() => response.json())

describe("A question", () => {
  it.effect("is answered with the answer, its quality, and the id of the request", () =>
    Effect.gen(function* () {
      const { response, told } = yield* handled(ask(question))
      assert.strictEqual(response.status, 200)
      assert.match(response.headers.get("content-type") ?? "", /^application\/json/)
      assert.strictEqual(response.headers.get("cache-control"), "no-store")
      assert.deepStrictEqual(yield* jsonOf(response), {
        requestId,
        answer: answer.text,
        matchType: "full",
        matchScore: 0.92
      })
      assert.deepStrictEqual(told, [answer])
    }).pipe(Effect.provide(world()))
  )

  it.effect("reaches the chatbot with every character of its text", () =>
    Effect.gen(function* () {
      for (const query of ["Köln 日本語 👩‍💻?", "\u0000 \uFFFE \u2028", "\uD800 alone", '"\\"\n']) {
        const { told } = yield* handled(ask({ query }))
        assert.deepInclude(told[0], { text: query })
      }
    }).pipe(Effect.provide(world((text) => Effect.succeed({ ...answer, text }))))
  )

  it.effect("is answered even when the chatbot does not know the answer", () => {
    const unknown: Answer = { ...answer, text: "I don't know.", matchType: "none", matchScore: 0 }
    return Effect.gen(function* () {
      const { response, told } = yield* handled(ask(question))
      assert.strictEqual(response.status, 200)
      assert.include(yield* jsonOf(response), { matchType: "none", matchScore: 0 })
      assert.deepStrictEqual(told, [unknown])
    }).pipe(Effect.provide(world(Effect.succeed(unknown))))
  })

  it.effect("is refused beyond the visitor's limit, and told when to come again", () =>
    Effect.gen(function* () {
      const { response } = yield* handled(ask(question))
      assert.strictEqual(response.status, 429)
      assert.strictEqual(response.headers.get("retry-after"), "60")
      assert.include(yield* jsonOf(response), { code: "too_many_questions" })
    }).pipe(Effect.provide([world(Effect.die("asked")), rateLimit(Effect.succeed(false))]))
  )
})

describe("The id of a request", () => {
  for (const [whose, clientRequestId] of [
    ["is the one under which it is recorded", undefined],
    ["is the client's own, if the client has one", "label-7"]
  ] as const) {
    it.effect(`in the response's header ${whose}`, () =>
      Effect.gen(function* () {
        const { response } = yield* handled(ask(question), { clientRequestId })
        assert.strictEqual(response.headers.get("x-request-id"), clientRequestId ?? requestId)
        assert.include(yield* jsonOf(response), { requestId })
      }).pipe(Effect.provide(world()))
    )
  }
})

describe("A chatbot that fails", () => {
  for (const [how, failure, status, code] of [
    ["is unavailable", Effect.fail(new AnswererUnavailable({ detail: "no" })), 502, "unavailable"],
    ["takes too long", Effect.fail(new AnswererTimedOut({ afterMs: 30 })), 504, "timed_out"],
    ["has a defect", Effect.die(new TypeError("a bug")), 502, "unavailable"]
  ] as const) {
    it.effect(`leads to a problem when it ${how}, which the log tells without the question`, () =>
      Effect.gen(function* () {
        const { response, told } = yield* handled(ask(question))
        assert.strictEqual(response.status, status)
        assert.strictEqual(response.headers.get("retry-after"), "5")
        assert.include(yield* jsonOf(response), { code: `answer_${code}`, status })
        assert.isEmpty(told)
        const [line] = yield* CapturedLog.CapturedLog
        assert.deepInclude(line, { level: "Error", message: "answer unavailable" })
        assert.notInclude(line?.whole, question.query)
      }).pipe(Effect.provide(world(failure)))
    )
  }
})

describe("The health of the edge", () => {
  const health = (method: string) => new Request("https://cv.example.com/health?deep=1", { method })
  const untouched = Effect.provide(world(Effect.die("asked")))

  it.effect("is told with its version, whatever the chatbot does", () =>
    Effect.gen(function* () {
      const { response } = yield* handled(health("GET"))
      assert.strictEqual(response.status, 200)
      assert.strictEqual(response.headers.get("cache-control"), "no-store")
      assert.deepStrictEqual(yield* jsonOf(response), {
        status: "ok",
        version,
        queue: "configured"
      })
    }).pipe(untouched)
  )

  it.effect("is told to HEAD without a body", () =>
    Effect.gen(function* () {
      const { response } = yield* handled(health("HEAD"))
      assert.strictEqual(response.status, 200)
      assert.match(response.headers.get("content-type") ?? "", /^application\/json/)
      assert.isNull(response.body)
    }).pipe(untouched)
  )

  it.effect("is bad where questions cannot be recorded, although they are answered", () =>
    Effect.gen(function* () {
      const cannot = { canRecord: Effect.succeed(false) }
      const { response } = yield* handled(health("GET"), cannot)
      assert.strictEqual(response.status, 500)
      assert.include(yield* jsonOf(response), { code: "misconfigured" })
      assert.strictEqual((yield* handled(ask(question), cannot)).response.status, 200)
    }).pipe(Effect.provide(world()))
  )
})
