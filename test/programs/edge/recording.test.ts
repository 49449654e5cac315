/** The events of a question: when they leave, with which others, and their end in an outage. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import * as OutboxCloudflare from "../../../src/layers/OutboxCloudflare.ts"
import { Losses } from "../../../src/programs/recorder/Losses.ts"
import type { AnalyticsEvent } from "../../../src/schema/AnalyticsEvent.ts"
import { deduplicationId } from "../../../src/schema/EventText.ts"
import {
  EventQueue,
  EventQueueRejected,
  EventQueueUnavailable
} from "../../../src/services/EventQueue.ts"
import { Outbox } from "../../../src/services/Outbox.ts"
import * as CapturedLog from "../CapturedLog.ts"
import { eventsIn } from "../recorder/eventsIn.ts"
import { answer, answererThat, ask, handled, policy } from "./Requests.ts"

const question = { query: "Which databases does she know?", sessionId: "session-1" }

type Sent = ReadonlyArray<ReadonlyArray<AnalyticsEvent>>
const kindsOf = (sent: Sent) => sent.map((events) => events.map(({ eventType }) => eventType))

const unavailable = (events: ReadonlyArray<AnalyticsEvent>) =>
  new EventQueueUnavailable({ detail: "down", deduplicationIds: events.map(deduplicationId) })

/** A queue that fails its nth publish with the nth failure, and accepts the rest. */
const queueWith = (
  ...failures: ReadonlyArray<
    | ((events: ReadonlyArray<AnalyticsEvent>) => EventQueueUnavailable | EventQueueRejected)
    | undefined
  >
) => {
  const sent: Array<ReadonlyArray<AnalyticsEvent>> = []
  const layer = Layer.succeed(
    EventQueue,
    EventQueue.of({
      publish: (messages) =>
        Effect.suspend(() => {
          const events = eventsIn(messages)
          const failure = failures[Math.min(sent.length, failures.length - 1)]
          sent.push(events)
          return failure === undefined ? Effect.void : Effect.fail(failure(events))
        })
    })
  )
  return { sent, layer }
}

const keptIn = (kept: Array<ReadonlyArray<AnalyticsEvent>>) =>
  Layer.succeed(
    Outbox,
    Outbox.of({ put: (messages) => Effect.sync(() => void kept.push(eventsIn(messages))) })
  )

const world = (
  queue: Layer.Layer<EventQueue>,
  outbox = OutboxCloudflare.none,
  answering = Effect.succeed(answer)
) => Layer.mergeAll(answererThat(answering), queue, outbox, Losses.layer, CapturedLog.layer)

const lostIn = (lines: CapturedLog.CapturedLog["Service"]) =>
  lines
    .filter(({ message }) => message === "events lost")
    .map(({ fields, whole }) => {
      assert.notInclude(whole, question.query)
      assert.notInclude(whole, answer.text)
      return [fields.lost, fields.reason]
    })

describe("An immediate answer", () => {
  it.effect("leaves with its question, in one request", () => {
    const { layer, sent } = queueWith()
    return Effect.gen(function* () {
      const { afterwards } = yield* handled(ask(question))
      yield* afterwards
      assert.deepStrictEqual(kindsOf(sent), [["query", "response"]])
    }).pipe(Effect.provide(world(layer)))
  })
})

describe("A slow answer", () => {
  const slow = Effect.delay(Effect.succeed(answer), "8 seconds")

  /** Answers while the recording goes on, as it does in a Worker. */
  const conversation = Effect.gen(function* () {
    const works: Array<Fiber.Fiber<void>> = []
    const services = yield* Effect.context<EventQueue | Outbox | Losses>()
    const answering = yield* Effect.forkChild(
      handled(ask(question), {
        later: (work) => works.push(Effect.runForkWith(services)(work))
      })
    )
    return { answering, works }
  })

  it.effect("follows its question, which has left after a second", () => {
    const { layer, sent } = queueWith()
    return Effect.gen(function* () {
      const { answering, works } = yield* conversation
      yield* TestClock.adjust("999 millis")
      assert.deepStrictEqual(kindsOf(sent), [])
      yield* TestClock.adjust("1 millis")
      assert.deepStrictEqual(kindsOf(sent), [["query"]])
      yield* TestClock.adjust("7 seconds")
      const { response } = yield* Fiber.join(answering)
      assert.strictEqual(response.status, 200)
      yield* Effect.forEach(works, Fiber.join)
      assert.deepStrictEqual(kindsOf(sent), [["query"], ["response"]])
    }).pipe(Effect.provide(world(layer, undefined, slow)))
  })

  it.effect("is sent after its question when that failed before, in one request", () => {
    const { layer, sent } = queueWith(unavailable, undefined)
    return Effect.gen(function* () {
      const { works } = yield* conversation
      yield* TestClock.adjust("8 seconds")
      yield* Effect.forEach(works, Fiber.join)
      assert.deepStrictEqual(kindsOf(sent), [["query"], ["query", "response"]])
      assert.deepStrictEqual(sent[1]?.[0], sent[0]?.[0])
      assert.deepStrictEqual(lostIn(yield* CapturedLog.CapturedLog), [])
    }).pipe(Effect.provide(world(layer, undefined, slow)))
  })
})

describe("Events that the queue does not accept", () => {
  it.effect("go into the outbox, in their order", () => {
    const { layer } = queueWith(unavailable)
    const kept: Array<ReadonlyArray<AnalyticsEvent>> = []
    return Effect.gen(function* () {
      const { afterwards } = yield* handled(ask(question))
      yield* afterwards
      assert.deepStrictEqual(kindsOf(kept), [["query", "response"]])
      assert.deepStrictEqual(lostIn(yield* CapturedLog.CapturedLog), [])
    }).pipe(Effect.provide(world(layer, keptIn(kept))))
  })

  it.effect("go there without the accepted ones", () => {
    const { layer } = queueWith((events) => unavailable(events.slice(1)))
    const kept: Array<ReadonlyArray<AnalyticsEvent>> = []
    return Effect.gen(function* () {
      const { afterwards } = yield* handled(ask(question))
      yield* afterwards
      assert.deepStrictEqual(kindsOf(kept), [["response"]])
    }).pipe(Effect.provide(world(layer, keptIn(kept))))
  })

  it.effect("are counted as lost where no outbox is bound", () => {
    const { layer } = queueWith(unavailable)
    return Effect.gen(function* () {
      const { afterwards, response } = yield* handled(ask(question))
      yield* afterwards
      assert.strictEqual(response.status, 200)
      assert.deepStrictEqual(lostIn(yield* CapturedLog.CapturedLog), [
        [2, "down; not kept for later: no outbox is bound"]
      ])
    }).pipe(Effect.provide(world(layer)))
  })

  it.effect("are reported by the next question that gets through, each once", () => {
    const { layer, sent } = queueWith(unavailable, unavailable, undefined)
    return Effect.gen(function* () {
      for (let n = 0; n < 4; n += 1) yield* (yield* handled(ask(question))).afterwards
      assert.deepStrictEqual(
        sent.map(([first]) => (first?.eventType === "query" ? first.metadata.lostBefore : 0)),
        [undefined, 2, 4, undefined]
      )
    }).pipe(Effect.provide(world(layer)))
  })

  it.effect("are counted as lost when they are refused for good, outbox or not", () => {
    const { layer } = queueWith(
      (events) =>
        new EventQueueRejected({
          detail: "entries refused",
          deduplicationIds: events.slice(0, 1).map(deduplicationId)
        })
    )
    const kept: Array<ReadonlyArray<AnalyticsEvent>> = []
    return Effect.gen(function* () {
      const { afterwards } = yield* handled(ask(question))
      yield* afterwards
      assert.deepStrictEqual(kept, [])
      assert.deepStrictEqual(lostIn(yield* CapturedLog.CapturedLog), [[1, "entries refused"]])
    }).pipe(Effect.provide(world(layer, keptIn(kept))))
  })
})

describe("A visitor who must not be recorded", () => {
  it.effect("is answered, and no event is sent", () => {
    const { layer, sent } = queueWith()
    return Effect.gen(function* () {
      const { afterwards, response } = yield* handled(ask(question))
      yield* afterwards
      assert.strictEqual(response.status, 200)
      assert.deepStrictEqual(sent, [])
    }).pipe(Effect.provide([world(layer), policy({ discretionFor: () => undefined })]))
  })
})
