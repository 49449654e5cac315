import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Ref from "effect/Ref"
import * as TestClock from "effect/testing/TestClock"
import * as EventQueueMemory from "../../../src/layers/EventQueueMemory.ts"
import { version } from "../../../src/runtime/version.ts"
import type { Answer } from "../../../src/schema/Answer.ts"
import { AnswererUnavailable } from "../../../src/services/Answerer.ts"
import {
  EventQueue,
  EventQueueRejected,
  EventQueueUnavailable
} from "../../../src/services/EventQueue.ts"
import { askedAt, queryEvent, responseEvent } from "../../schema/EventExamples.ts"
import * as CapturedLog from "../CapturedLog.ts"
import { answer, ask, handled, jsonHeaders, requestId, world } from "./Requests.ts"

const question = { query: "Which databases does she know?", sessionId: "session-1" }

const published = Effect.flatMap(EventQueueMemory.Published, Ref.get)

const jsonOf = (response: Response) => Effect.promise(() => response.json())

const handleAt = (at: number, request: Request) =>
  Effect.andThen(TestClock.setTime(at), handled(request))

/** A chatbot that takes its time. */
const taking = <A, E>(milliseconds: number, outcome: Effect.Effect<A, E>) =>
  Effect.andThen(TestClock.adjust(milliseconds), outcome)

/** A queue that publishes in this way, beside the published events of the memory queue. */
const queueThat = (publish: EventQueue["Service"]["publish"]) =>
  Layer.merge(EventQueueMemory.layer, Layer.succeed(EventQueue, EventQueue.of({ publish })))

describe("A question", () => {
  it.effect("is answered with the answer, its quality, and the ids of request and session", () =>
    Effect.gen(function* () {
      const { response } = yield* handled(ask(question))
      assert.strictEqual(response.status, 200)
      assert.match(response.headers.get("content-type") ?? "", /^application\/json/)
      assert.strictEqual(response.headers.get("cache-control"), "no-store")
      assert.deepStrictEqual(yield* jsonOf(response), {
        requestId: requestId,
        sessionId: "session-1",
        answer: answer.text,
        matchType: "full",
        matchScore: 0.92
      })
    }).pipe(Effect.provide(world()))
  )

  it.effect("is published with its answer afterwards, and never before", () =>
    Effect.gen(function* () {
      const request = ask(question, { ...jsonHeaders, "user-agent": "Test/1.0" })
      const { afterwards } = yield* handleAt(askedAt, request)
      assert.deepStrictEqual(yield* published, [])
      yield* afterwards
      assert.deepStrictEqual(yield* published, [queryEvent(), responseEvent()])
    }).pipe(Effect.provide(world(taking(840, Effect.succeed(answer)))))
  )

  it.effect("carries the edge's knowledge about the visitor", () =>
    Effect.gen(function* () {
      const headers = {
        ...jsonHeaders,
        "user-agent": "Browser/2",
        referer: "https://cv.example.com/about",
        "accept-language": "sv-SE,en;q=0.5"
      }
      const { afterwards } = yield* handled(ask(question, headers))
      yield* afterwards
      assert.deepInclude((yield* published)[0], {
        metadata: {
          userAgent: "Browser/2",
          referer: "https://cv.example.com/about",
          language: "sv-SE,en;q=0.5",
          country: "SE"
        }
      })
    }).pipe(Effect.provide(world()))
  )

  it.effect("leaves out everything that the edge does not know", () =>
    Effect.gen(function* () {
      const nowhere = { country: undefined }
      const { afterwards } = yield* handled(ask(question), nowhere)
      yield* afterwards
      assert.deepInclude((yield* published)[0], { metadata: {} })
    }).pipe(Effect.provide(world()))
  )

  it.effect("without a session is a session of its own", () =>
    Effect.gen(function* () {
      const { afterwards, response } = yield* handled(ask({ query: "Hello?" }))
      yield* afterwards
      assert.include(yield* jsonOf(response), { sessionId: requestId })
      for (const event of yield* published) {
        assert.strictEqual<string>(event.sessionId, requestId)
      }
    }).pipe(Effect.provide(world()))
  )

  it.effect("keeps every character of its text", () =>
    Effect.gen(function* () {
      for (const query of [
        "Köln 日本語 👩‍💻?",
        "\u0000 \uFFFE \u2028",
        "\uD800 alone",
        '"quoted"\\\n'
      ]) {
        const { afterwards } = yield* handled(ask({ query }))
        yield* afterwards
        assert.deepInclude((yield* published).at(-2), { query })
      }
    }).pipe(Effect.provide(world()))
  )

  it.effect("is answered even when the chatbot does not know the answer", () => {
    const unknown: Answer = { ...answer, text: "I don't know.", matchType: "none", matchScore: 0 }
    return Effect.gen(function* () {
      const { afterwards, response } = yield* handled(ask(question))
      yield* afterwards
      assert.strictEqual(response.status, 200)
      assert.deepInclude((yield* published)[1], { matchType: "none", outcome: "answered" })
    }).pipe(Effect.provide(world(Effect.succeed(unknown))))
  })
})

describe("A chatbot that fails", () => {
  const failing = taking(10_000, Effect.fail(new AnswererUnavailable({ detail: "no network" })))

  it.effect("leads to a problem, and is published as failed", () =>
    Effect.gen(function* () {
      const request = ask(question, { ...jsonHeaders, "user-agent": "Test/1.0" })
      const { afterwards, response } = yield* handleAt(askedAt, request)
      assert.strictEqual(response.status, 502)
      assert.include(yield* jsonOf(response), { code: "answer_unavailable", status: 502 })
      assert.deepStrictEqual(yield* published, [])
      yield* afterwards
      const { matchScore: _, ...failed } = responseEvent({
        timestamp: askedAt + 10_000,
        response: "",
        matchType: "none",
        processingTimeMs: 10_000,
        tokens: { input: 0, output: 0 },
        model: "unknown",
        outcome: "failed"
      })
      assert.deepStrictEqual(yield* published, [queryEvent(), failed])
    }).pipe(Effect.provide(world(failing)))
  )

  it.effect("leads to the same problem when a defect of it is the cause", () =>
    Effect.gen(function* () {
      const { afterwards, response } = yield* handled(ask(question))
      assert.strictEqual(response.status, 502)
      assert.include(yield* jsonOf(response), { code: "answer_unavailable", status: 502 })
      yield* afterwards
      const [asked, failed] = yield* published
      assert.deepInclude(asked, { eventType: "query", query: question.query })
      assert.deepInclude(failed, { eventType: "response", response: "", outcome: "failed" })
    }).pipe(Effect.provide(world(Effect.die(new TypeError("a bug")))))
  )

  it.effect("never measures a negative time, even when the clock is set back", () =>
    Effect.gen(function* () {
      const { afterwards } = yield* handleAt(askedAt, ask(question))
      yield* afterwards
      assert.deepInclude((yield* published)[1], { processingTimeMs: 0, timestamp: askedAt - 5000 })
    }).pipe(Effect.provide(world(Effect.as(TestClock.setTime(askedAt - 5000), answer))))
  )
})

describe("A queue that fails", () => {
  const deduplicationIds = [`${requestId}:query`, `${requestId}:response`]
  const faults = {
    "is not reached": Effect.fail(new EventQueueUnavailable({ detail: "no", deduplicationIds })),
    refuses: Effect.fail(new EventQueueRejected({ detail: "no", deduplicationIds })),
    "has a bug": Effect.die(new Error("a bug"))
  }
  for (const [name, fault] of Object.entries(faults)) {
    it.effect(`changes no answer when it ${name}, and the loss is counted in the log`, () =>
      Effect.gen(function* () {
        const { afterwards, response } = yield* handled(ask(question))
        assert.strictEqual(response.status, 200)
        assert.include(yield* jsonOf(response), { answer: answer.text })
        yield* afterwards
        const lost = (yield* CapturedLog.CapturedLog).filter((l) => l.message === "events lost")
        assert.deepStrictEqual(
          lost.map(({ fields, level }) => [level, fields.lost, fields.requestId]),
          [["Error", 2, requestId]]
        )
        assert.notInclude(lost[0]?.whole, question.query)
      }).pipe(
        Effect.provide(
          world(
            undefined,
            queueThat(() => fault)
          )
        )
      )
    )
  }

  it.effect("never keeps a visitor waiting, even when it hangs", () =>
    Effect.gen(function* () {
      const { afterwards, response } = yield* handled(ask(question))
      assert.include(yield* jsonOf(response), { answer: answer.text })
      const fiber = yield* Effect.forkChild(afterwards)
      yield* TestClock.adjust("1 hour")
      assert.isUndefined(fiber.pollUnsafe())
    }).pipe(
      Effect.provide(
        world(
          undefined,
          queueThat(() => Effect.never)
        )
      )
    )
  )
})

describe("The health of the edge", () => {
  const untouched = Effect.provide(
    world(
      Effect.die("asked"),
      queueThat(() => Effect.die("published"))
    )
  )
  const health = (method: string) => new Request("https://cv.example.com/health?deep=1", { method })

  it.effect("is told with its version, whatever the chatbot and the queue do", () =>
    Effect.gen(function* () {
      const { afterwards, response } = yield* handled(health("GET"))
      assert.strictEqual(response.status, 200)
      assert.strictEqual(response.headers.get("cache-control"), "no-store")
      assert.deepStrictEqual(yield* jsonOf(response), {
        status: "ok",
        version,
        queue: "configured"
      })
      yield* afterwards
      assert.deepStrictEqual(yield* published, [])
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
})
