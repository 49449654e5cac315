/** The events of a question: when they leave, with which others, and their end in an outage. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import * as OutboxCloudflare from "../../../src/layers/OutboxCloudflare.ts"
import { togetherWithinMs } from "../../../src/programs/recorder/deliver.ts"
import { Losses } from "../../../src/programs/recorder/Losses.ts"
import { Notices } from "../../../src/programs/recorder/Notices.ts"
import type { InteractionEvent } from "../../../src/schema/AnalyticsEvent.ts"
import { deduplicationId } from "../../../src/schema/EventText.ts"
import {
  EventQueue,
  EventQueueRejected,
  EventQueueUnavailable
} from "../../../src/services/EventQueue.ts"
import { Outbox } from "../../../src/services/Outbox.ts"
import * as CapturedLog from "../CapturedLog.ts"
import { answered, ask, door, settled } from "./Door.ts"
import { eventsIn } from "./eventsIn.ts"

const question = "Which databases does she know?"
const answer = "PostgreSQL and DynamoDB."

type Events = ReadonlyArray<InteractionEvent>
const kindsOf = (sent: ReadonlyArray<Events>) =>
  sent.map((events) => events.map(({ eventType }) => eventType))

type Failure = EventQueueUnavailable | EventQueueRejected

const unavailable = (events: Events): Failure =>
  new EventQueueUnavailable({ detail: "down", deduplicationIds: events.map(deduplicationId) })

/** A queue that fails its nth publish with the nth failure, and accepts the rest. */
const queueWith = (...failures: ReadonlyArray<((events: Events) => Failure) | undefined>) => {
  const sent: Array<Events> = []
  const publish: EventQueue["Service"]["publish"] = (messages) =>
    Effect.suspend(() => {
      const events = eventsIn(messages)
      const failure = failures[Math.min(sent.length, failures.length - 1)]
      sent.push(events)
      return failure === undefined ? Effect.void : Effect.fail(failure(events))
    })
  return { sent, layer: queueThat(publish) }
}

const queueThat = (publish: EventQueue["Service"]["publish"]) =>
  Layer.succeed(EventQueue, EventQueue.of({ publish }))

const keptIn = (kept: Array<Events>) =>
  Layer.succeed(
    Outbox,
    Outbox.of({ put: (messages) => Effect.sync(() => void kept.push(eventsIn(messages))) })
  )

const world = (queue: Layer.Layer<EventQueue>, outbox = OutboxCloudflare.none) =>
  Layer.mergeAll(queue, outbox, Losses.layer, Notices.layer, CapturedLog.layer)

const lostIn = (lines: CapturedLog.CapturedLog["Service"]) =>
  lines
    .filter(({ message }) => message === "events lost")
    .map(({ fields, whole }) => {
      assert.notInclude(whole, question)
      assert.notInclude(whole, answer)
      return [fields.lost, fields.reason]
    })

const exchange = Effect.suspend(() =>
  answered(() => new Response(answer), ask({ query: question }))
)

describe("A question waits for its answer", () => {
  /** A handler that the test lets answer, while the recording goes on as it does in a Worker. */
  const conversation = Effect.gen(function* () {
    const { platform, recorded, wrap } = yield* door
    const visitor = new AbortController()
    const { promise, resolve } = Promise.withResolvers<Response>()
    const worker = wrap({ fetch: () => promise }, { question: () => question })
    const request = new Request(ask({}), { signal: visitor.signal })
    const answering = worker.fetch(request, {}, platform)
    yield* settled
    return {
      leave: () => visitor.abort(),
      /** So much time passes, and everything that has to happen in it happens. */
      passes: (ms: number) => Effect.andThen(TestClock.adjust(ms), settled),
      say: Effect.fnUntraced(function* (response: Response) {
        resolve(response)
        const got = yield* Effect.promise(async () => answering)
        // a visitor who has left reads no more
        yield* Effect.promise(() => got.text().catch(() => undefined))
        yield* recorded
      })
    }
  })

  it.effect("and leaves with it, up to ten seconds after it was asked", () => {
    const { layer, sent } = queueWith()
    return Effect.gen(function* () {
      const { passes, say } = yield* conversation
      yield* passes(togetherWithinMs - 1)
      assert.isEmpty(sent)
      yield* say(new Response(answer))
      assert.deepStrictEqual(kindsOf(sent), [["query", "response"]])
    }).pipe(Effect.provide(world(layer)))
  })

  it.effect("and leaves alone after that; its answer follows", () => {
    const { layer, sent } = queueWith()
    return Effect.gen(function* () {
      const { passes, say } = yield* conversation
      yield* passes(togetherWithinMs)
      assert.deepStrictEqual(kindsOf(sent), [["query"]])
      yield* passes(50_000)
      yield* say(new Response(answer))
      assert.deepStrictEqual(kindsOf(sent), [["query"], ["response"]])
      assert.deepInclude(sent[1]?.[0], {
        response: answer,
        processingTimeMs: 60_000,
        outcome: "answered"
      })
    }).pipe(Effect.provide(world(layer)))
  })

  it.effect(
    "and leaves at once when its visitor leaves, whose answer may come within a second",
    () => {
      const { layer, sent } = queueWith()
      return Effect.gen(function* () {
        const { leave, passes, say } = yield* conversation
        yield* passes(2000)
        leave()
        yield* passes(999)
        assert.isEmpty(sent)
        yield* passes(1)
        assert.deepStrictEqual(kindsOf(sent), [["query"]])
        yield* say(new Response(answer))
        assert.deepStrictEqual(kindsOf(sent), [["query"], ["response"]])
        assert.deepInclude(sent[1]?.[0], { visitorLeft: true })
      }).pipe(Effect.provide(world(layer)))
    }
  )

  it.effect("and is sent with it again, if the queue did not take it before", () => {
    const { layer, sent } = queueWith(unavailable, undefined)
    return Effect.gen(function* () {
      const { passes, say } = yield* conversation
      yield* passes(togetherWithinMs)
      yield* say(new Response(answer))
      assert.deepStrictEqual(kindsOf(sent), [["query"], ["query", "response"]])
      assert.deepStrictEqual(sent[1]?.[0], sent[0]?.[0])
      assert.isEmpty(lostIn(yield* CapturedLog.CapturedLog))
    }).pipe(Effect.provide(world(layer)))
  })

  it.effect("and is no exchange when it is refused in that time", () => {
    const { layer, sent } = queueWith()
    return Effect.gen(function* () {
      const { passes, say } = yield* conversation
      yield* passes(togetherWithinMs - 1)
      yield* say(new Response("Slow down.", { status: 429 }))
      assert.isEmpty(sent)
    }).pipe(Effect.provide(world(layer)))
  })

  it.effect("and ends as failed when it is refused after it was sent", () => {
    const { layer, sent } = queueWith()
    return Effect.gen(function* () {
      const { passes, say } = yield* conversation
      yield* passes(togetherWithinMs + 2000)
      yield* say(new Response("Slow down.", { status: 429 }))
      assert.deepStrictEqual(kindsOf(sent), [["query"], ["response"]])
      assert.deepInclude(sent[1]?.[0], {
        response: "",
        outcome: "failed",
        processingTimeMs: togetherWithinMs + 2000
      })
    }).pipe(Effect.provide(world(layer)))
  })
})

describe("Events that the queue does not accept", () => {
  it.effect("go into the outbox, in their order", () => {
    const { layer } = queueWith(unavailable)
    const kept: Array<Events> = []
    return Effect.gen(function* () {
      yield* exchange
      assert.deepStrictEqual(kindsOf(kept), [["query", "response"]])
      assert.isEmpty(lostIn(yield* CapturedLog.CapturedLog))
    }).pipe(Effect.provide(world(layer, keptIn(kept))))
  })

  it.effect("go there without the accepted ones", () => {
    const { layer } = queueWith((events) => unavailable(events.slice(1)))
    const kept: Array<Events> = []
    return Effect.gen(function* () {
      yield* exchange
      assert.deepStrictEqual(kindsOf(kept), [["response"]])
    }).pipe(Effect.provide(world(layer, keptIn(kept))))
  })

  it.effect("are counted as lost where no outbox is bound", () => {
    const { layer } = queueWith(unavailable)
    return Effect.gen(function* () {
      const { text } = yield* exchange
      assert.strictEqual(text, answer)
      assert.deepStrictEqual(lostIn(yield* CapturedLog.CapturedLog), [
        [2, "down; not kept for later: no outbox is bound"]
      ])
    }).pipe(Effect.provide(world(layer)))
  })

  it.effect("are counted as lost after a defect of the queue's adapter", () =>
    Effect.gen(function* () {
      assert.strictEqual((yield* exchange).text, answer)
      assert.deepStrictEqual(lostIn(yield* CapturedLog.CapturedLog), [
        [2, "defect in the queue; not kept for later: no outbox is bound"]
      ])
    }).pipe(Effect.provide(world(queueThat(() => Effect.die(new Error("a bug"))))))
  )

  it.effect("are reported by the next question that gets through, each once", () => {
    const { layer, sent } = queueWith(unavailable, unavailable, undefined)
    return Effect.gen(function* () {
      for (let n = 0; n < 4; n += 1) yield* exchange
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
    const kept: Array<Events> = []
    return Effect.gen(function* () {
      yield* exchange
      assert.isEmpty(kept)
      assert.deepStrictEqual(lostIn(yield* CapturedLog.CapturedLog), [[1, "entries refused"]])
    }).pipe(Effect.provide(world(layer, keptIn(kept))))
  })
})

describe("A queue that hangs", () => {
  it.effect("never keeps a visitor waiting", () =>
    Effect.gen(function* () {
      const { platform, wrap } = yield* door
      const response = yield* Effect.promise(async () =>
        wrap({ fetch: () => new Response(answer) }).fetch(ask({ query: question }), {}, platform)
      )
      assert.strictEqual(yield* Effect.promise(() => response.text()), answer)
    }).pipe(Effect.provide(world(queueThat(() => Effect.never))))
  )
})
