/** Answers that come piece by piece, as the visitor gets them and as they are recorded. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Ref from "effect/Ref"
import * as TestClock from "effect/testing/TestClock"
import * as EventQueueMemory from "../../../src/layers/EventQueueMemory.ts"
import * as OutboxCloudflare from "../../../src/layers/OutboxCloudflare.ts"
import { Losses } from "../../../src/programs/recorder/Losses.ts"
import type { AnalyticsEvent } from "../../../src/schema/AnalyticsEvent.ts"
import { Answerer } from "../../../src/services/Answerer.ts"
import { EventQueue } from "../../../src/services/EventQueue.ts"
import * as CapturedLog from "../CapturedLog.ts"
import { eventsIn } from "../recorder/eventsIn.ts"
import { ask, handled, jsonHeaders, world } from "./Requests.ts"

const encoder = new TextEncoder()
const question = { query: "Which databases does she know?" }
const asStream = { ...jsonHeaders, accept: "text/event-stream" }

const delta = (content: string) =>
  encoder.encode(`data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`)

/** A stream that the test feeds by hand. */
const feed = () => {
  const state = { pulls: 0, cancelled: false }
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  const events = new ReadableStream<Uint8Array>(
    {
      start: (given) => {
        controller = given
      },
      pull: () => {
        state.pulls += 1
      },
      cancel: () => {
        state.cancelled = true
      }
    },
    { highWaterMark: 0 }
  )
  return {
    events,
    state,
    say: (content: string) => controller?.enqueue(delta(content)),
    tell: (json: object) =>
      controller?.enqueue(encoder.encode(`data: ${JSON.stringify(json)}\n\n`)),
    end: () => controller?.close(),
    fail: () => controller?.error(new Error("the model broke"))
  }
}

const chatbot = (events: ReadableStream<Uint8Array>) =>
  Layer.mergeAll(
    Layer.succeed(
      Answerer,
      Answerer.of({
        answer: () => Effect.die("asked for a whole answer"),
        stream: () => Effect.succeed({ _tag: "Streaming", events, known: { model: "some-model" } })
      })
    ),
    EventQueueMemory.layer,
    OutboxCloudflare.none,
    Losses.layer,
    CapturedLog.layer
  )

const responseIn = Effect.map(Effect.flatMap(EventQueueMemory.Published, Ref.get), (published) =>
  published.find(({ eventType }) => eventType === "response")
)

const readAll = (response: Response) => Effect.promise(() => response.text())

describe("A stream", () => {
  it.effect("reaches the visitor unchanged, and is recorded with its text", () => {
    const { end, events, say, tell } = feed()
    return Effect.gen(function* () {
      const { afterwards, response } = yield* handled(ask(question, asStream))
      assert.strictEqual(response.headers.get("content-type"), "text/event-stream")
      say("Postgre")
      say("SQL.")
      tell({ choices: [], usage: { prompt_tokens: 12, completion_tokens: 3 } })
      end()
      const shown = yield* readAll(response)
      assert.strictEqual(
        shown,
        'data: {"choices":[{"delta":{"content":"Postgre"}}]}\n\n' +
          'data: {"choices":[{"delta":{"content":"SQL."}}]}\n\n' +
          'data: {"choices":[],"usage":{"prompt_tokens":12,"completion_tokens":3}}\n\n'
      )
      yield* afterwards
      assert.deepInclude(yield* responseIn, {
        response: "PostgreSQL.",
        matchType: "full",
        model: "some-model",
        tokens: { input: 12, output: 3 },
        outcome: "answered"
      })
    }).pipe(Effect.provide(chatbot(events)))
  })

  it.effect("is not pulled ahead of the visitor", () => {
    const { events, say, state } = feed()
    return Effect.gen(function* () {
      const { response } = yield* handled(ask(question, asStream))
      say("one")
      yield* Effect.promise(() => Promise.resolve())
      assert.strictEqual(state.pulls, 0)
      const reader = response.body!.getReader()
      yield* Effect.promise(() => reader.read())
      assert.isAtMost(state.pulls, 1)
    }).pipe(Effect.provide(chatbot(events)))
  })

  it.effect(
    "that breaks off breaks off for the visitor, and is recorded as a failed answer",
    () => {
      const { events, fail, say } = feed()
      return Effect.gen(function* () {
        const { afterwards, response } = yield* handled(ask(question, asStream))
        const reader = response.body!.getReader()
        say("Postgre")
        yield* Effect.promise(() => reader.read())
        fail()
        yield* Effect.flip(Effect.tryPromise(() => reader.read()))
        yield* afterwards
        assert.deepInclude(yield* responseIn, { response: "Postgre", outcome: "failed" })
      }).pipe(Effect.provide(chatbot(events)))
    }
  )

  it.effect("that tells an error at its end is recorded as a failed answer", () => {
    const { end, events, say, tell } = feed()
    return Effect.gen(function* () {
      const { afterwards, response } = yield* handled(ask(question, asStream))
      say("Postgre")
      tell({ error: { message: "overloaded", code: 529 } })
      end()
      yield* readAll(response)
      yield* afterwards
      assert.deepInclude(yield* responseIn, { response: "Postgre", outcome: "failed" })
    }).pipe(Effect.provide(chatbot(events)))
  })

  it.effect("in a form that cannot be read is unknown, and not unanswered", () => {
    const { end, events, tell } = feed()
    return Effect.gen(function* () {
      const { afterwards, response } = yield* handled(ask(question, asStream))
      tell({ op: 7, frame: "AAEC" })
      end()
      yield* readAll(response)
      yield* afterwards
      const recorded = yield* responseIn
      assert.deepInclude(recorded, { response: "", matchType: "unknown", outcome: "answered" })
      assert.notProperty(recorded, "matchScore")
    }).pipe(Effect.provide(chatbot(events)))
  })

  it.effect("is cancelled when its visitor leaves, and recorded as far as it was shown", () => {
    const { events, say, state } = feed()
    const visitor = new AbortController()
    return Effect.gen(function* () {
      const request = new Request(ask(question, asStream), { signal: visitor.signal })
      const { afterwards, response } = yield* handled(request)
      const reader = response.body!.getReader()
      say("Postgre")
      yield* Effect.promise(() => reader.read())
      visitor.abort()
      yield* afterwards
      assert.isTrue(state.cancelled)
      assert.deepInclude(yield* responseIn, {
        response: "Postgre",
        outcome: "answered",
        visitorLeft: true
      })
    }).pipe(Effect.provide(chatbot(events)))
  })

  it.effect(
    "is cancelled when its visitor left before the first word, and recorded as left",
    () => {
      const { events, state } = feed()
      return Effect.gen(function* () {
        const request = new Request(ask(question, asStream), { signal: AbortSignal.abort() })
        const { afterwards } = yield* handled(request)
        yield* afterwards
        assert.isTrue(state.cancelled)
        assert.deepInclude(yield* responseIn, { response: "", visitorLeft: true })
      }).pipe(Effect.provide(chatbot(events)))
    }
  )

  it.effect("took until its end, although the queue was slower to take its question", () => {
    const { end, events, say } = feed()
    const published: Array<AnalyticsEvent> = []
    const slow = Layer.succeed(
      EventQueue,
      EventQueue.of({
        publish: (sent) =>
          Effect.andThen(
            Effect.sleep("8 seconds"),
            Effect.sync(() => void published.push(...eventsIn(sent)))
          )
      })
    )
    return Effect.gen(function* () {
      const { afterwards, response } = yield* handled(ask(question, asStream))
      const recording = yield* Effect.forkChild(afterwards)
      yield* TestClock.adjust("2 seconds")
      say("PostgreSQL.")
      end()
      yield* readAll(response)
      yield* TestClock.adjust("1 minute")
      yield* Fiber.join(recording)
      assert.deepInclude(published.at(-1), { response: "PostgreSQL.", processingTimeMs: 2000 })
    }).pipe(Effect.provide(slow), Effect.provide(chatbot(events)))
  })

  it.effect("is broken off after a silent minute, but not while it goes on", () => {
    const { events, say, state } = feed()
    return Effect.gen(function* () {
      const { afterwards, response } = yield* handled(ask(question, asStream))
      const reader = response.body!.getReader()
      const recording = yield* Effect.forkChild(afterwards)
      for (const word of ["one ", "two ", "three"]) {
        yield* TestClock.adjust("50 seconds")
        say(word)
        yield* Effect.promise(() => reader.read())
      }
      assert.isFalse(state.cancelled)
      const waiting = yield* Effect.forkChild(Effect.flip(Effect.tryPromise(() => reader.read())))
      yield* TestClock.adjust("2 minutes")
      yield* Fiber.join(waiting)
      yield* Fiber.join(recording)
      assert.isTrue(state.cancelled)
      assert.deepInclude(yield* responseIn, { response: "one two three", outcome: "failed" })
    }).pipe(Effect.provide(chatbot(events)))
  })
})

describe("A whole answer for a visitor who asks for a stream", () => {
  it.effect("comes in the form of a chat completion's chunks", () =>
    Effect.gen(function* () {
      const { response } = yield* handled(ask(question, asStream))
      const [first, last, done] = (yield* readAll(response)).split("\n\n")
      assert.deepInclude(JSON.parse(first!.slice(6)).choices[0], {
        delta: { role: "assistant", content: "PostgreSQL and DynamoDB." }
      })
      assert.deepInclude(JSON.parse(last!.slice(6)).choices[0], { finish_reason: "stop" })
      assert.strictEqual(done, "data: [DONE]")
    }).pipe(Effect.provide(world()))
  )
})
