/** The outbox in virtual time, with a queue that delivers late, repeatedly and out of order. */
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import * as TestClock from "effect/testing/TestClock"
import * as OutboxCloudflare from "../../../src/layers/OutboxCloudflare.ts"
import { delaySeconds, drain } from "../../../src/programs/recorder/drain.ts"
import { Losses } from "../../../src/programs/recorder/Losses.ts"
import type { OutboxMessage } from "../../../src/programs/recorder/Package.d.ts"
import { messageOf, type QueueMessage } from "../../../src/schema/QueueMessage.ts"
import { textLengthMax } from "../../../src/schema/redaction/TextLength.ts"
import {
  EventQueue,
  EventQueueRejected,
  EventQueueUnavailable
} from "../../../src/services/EventQueue.ts"
import { Outbox } from "../../../src/services/Outbox.ts"
import { queryEvent, requestIdOf, responseEvent } from "../../schema/EventExamples.ts"
import * as CapturedLog from "../CapturedLog.ts"
import { eventsIn } from "./eventsIn.ts"

const idsOf = (messages: ReadonlyArray<QueueMessage>) =>
  messages.map(({ deduplicationId }) => deduplicationId)

const exchange = (n: number) => {
  const requestId = requestIdOf(n)
  return [queryEvent({ requestId }), responseEvent({ requestId })].map(messageOf)
}

/** A queue that decides in this way about messages, and keeps those that it accepted. */
const queueThat = (
  decide: (
    messages: ReadonlyArray<QueueMessage>
  ) => Effect.Effect<void, EventQueueUnavailable | EventQueueRejected>
) => {
  const accepted: Array<QueueMessage> = []
  const taken: Array<string> = []
  const publish = (messages: ReadonlyArray<QueueMessage>) =>
    Effect.andThen(
      decide(messages),
      Effect.sync(() => {
        accepted.push(...messages)
        taken.push(...idsOf(messages))
      })
    )
  return { accepted, taken, layer: Layer.succeed(EventQueue, EventQueue.of({ publish })) }
}

/** One message as the platform hands it over, and its endings. */
const message = (body: unknown, attempts = 1) => {
  const ended: Array<string> = []
  const kept: OutboxMessage = {
    body,
    attempts,
    ack: () => ended.push("ack"),
    retry: (options) => ended.push(`retry in ${options.delaySeconds} s`)
  }
  return { ended, kept }
}

/** Cloudflare's limits in bytes, for one message and for all messages of a call. */
const limits = { message: 128_000, batch: 256_000 }

/** The bodies of the messages that the binding got, which the consumer gets too. */
const bodiesOf = Effect.fnUntraced(function* (messages: ReadonlyArray<QueueMessage>) {
  const bodies: Array<unknown> = []
  const binding: OutboxCloudflare.QueueBinding = {
    sendBatch: async (sent) => {
      const sizes = sent.map(({ body }) => Buffer.byteLength(JSON.stringify(body)) + 100)
      if (sizes.some((size) => size > limits.message)) throw new Error("Payload Too Large")
      if (sizes.reduce((sum, size) => sum + size) > limits.batch) throw new Error("Too Large")
      bodies.push(...sent.map(({ body }) => body))
    }
  }
  yield* Outbox.use(({ put }) => put(messages)).pipe(
    Effect.provide(OutboxCloudflare.layer(binding))
  )
  return bodies
})

const bodyOf = (messages: ReadonlyArray<QueueMessage>) =>
  Effect.map(bodiesOf(messages), ([body]) => body)

const lostIn = (lines: CapturedLog.CapturedLog["Service"]) =>
  lines.flatMap(({ fields, message: text }) => (text === "events lost" ? [fields.lost] : []))

describe("A message of the outbox", () => {
  it.effect("is acknowledged once the queue has taken its events, in their order", () => {
    const { layer, taken } = queueThat(() => Effect.void)
    return Effect.gen(function* () {
      const { ended, kept } = message(yield* bodyOf(exchange(1)))
      yield* drain({ messages: [kept] })
      assert.deepStrictEqual(ended, ["ack"])
      assert.deepStrictEqual(taken, idsOf(exchange(1)))
    }).pipe(Effect.provide([layer, Losses.layer, CapturedLog.layer]))
  })

  it.effect("holds a single event when a request's events are too long for one message", () => {
    const { layer, taken } = queueThat(() => Effect.void)
    const requestId = requestIdOf(1)
    const long = "長".repeat(textLengthMax)
    const events = [
      queryEvent({ requestId, query: long }),
      responseEvent({ requestId, response: long })
    ].map(messageOf)
    return Effect.gen(function* () {
      const messages = (yield* bodiesOf(events)).map((body) => message(body))
      yield* drain({ messages: messages.map(({ kept }) => kept) })
      assert.deepStrictEqual(
        messages.map(({ ended }) => ended),
        [["ack"], ["ack"]]
      )
      assert.sameMembers(taken, idsOf(events))
    }).pipe(Effect.provide([layer, Losses.layer, CapturedLog.layer]))
  })

  it.effect("comes again while the queue cannot be reached, and holds up no other", () => {
    const down = new EventQueueUnavailable({ detail: "down", deduplicationIds: [] })
    const { layer } = queueThat((messages) =>
      messages[0]?.groupId === requestIdOf(1) ? Effect.fail(down) : Effect.void
    )
    return Effect.gen(function* () {
      const late = message(yield* bodyOf(exchange(1)), 3)
      const next = message(yield* bodyOf(exchange(2)))
      yield* drain({ messages: [late.kept, next.kept] })
      assert.deepStrictEqual(late.ended, ["retry in 120 s"])
      assert.deepStrictEqual(next.ended, ["ack"])
      assert.deepStrictEqual(lostIn(yield* CapturedLog.CapturedLog), [])
    }).pipe(Effect.provide([layer, Losses.layer, CapturedLog.layer]))
  })

  it.effect("is acknowledged and counted as lost when its events are refused for good", () => {
    const { layer } = queueThat((messages) =>
      Effect.fail(
        new EventQueueRejected({ detail: "refused", deduplicationIds: idsOf(messages).slice(0, 1) })
      )
    )
    return Effect.gen(function* () {
      const { ended, kept } = message(yield* bodyOf(exchange(1)))
      yield* drain({ messages: [kept] })
      assert.deepStrictEqual(ended, ["ack"])
      assert.deepStrictEqual(lostIn(yield* CapturedLog.CapturedLog), [1])
    }).pipe(Effect.provide([layer, Losses.layer, CapturedLog.layer]))
  })

  it.effect("is passed on unread, because a newer Worker may have kept it", () => {
    const { accepted, layer } = queueThat(() => Effect.void)
    const newer = {
      groupId: "conversation-7",
      deduplicationId: "conversation-7:2",
      body: '{"schemaVersion":2,"eventType":"turn","said":"Hi"}'
    }
    return Effect.gen(function* () {
      const { ended, kept } = message([...exchange(1), newer])
      yield* drain({ messages: [kept] })
      assert.deepStrictEqual(ended, ["ack"])
      assert.deepStrictEqual(accepted, [...exchange(1), newer])
      assert.deepStrictEqual(lostIn(yield* CapturedLog.CapturedLog), [])
    }).pipe(Effect.provide([layer, Losses.layer, CapturedLog.layer]))
  })

  it.effect("holds the beginning of an event that is too long for any, and a marker", () => {
    const { accepted, layer } = queueThat(() => Effect.void)
    const requestId = requestIdOf(1)
    return Effect.gen(function* () {
      for (const text of ['"\\"'.repeat(90_000), "長".repeat(90_000), "\u0001".repeat(200_000)]) {
        const events = [queryEvent({ requestId }), responseEvent({ requestId, response: text })]
        const messages = (yield* bodiesOf(events.map(messageOf))).map((body) => message(body))
        yield* drain({ messages: messages.map(({ kept }) => kept) })
        const [query, response] = eventsIn(accepted.splice(0))
        assert.deepStrictEqual(query, queryEvent({ requestId }))
        assert.ok(response?.eventType === "response")
        const [kept = "", marker] = response.response.split("\n[cut: ")
        assert.isTrue(text.startsWith(kept))
        assert.isAbove(kept.length, 10_000)
        assert.strictEqual(marker, `${kept.length} of ${text.length} characters kept]`)
      }
    }).pipe(Effect.provide([layer, Losses.layer, CapturedLog.layer]))
  })

  const broken = { groupId: "g", deduplicationId: "d" }
  for (const body of [null, 7, "text", [], [{}], ["{}"], [broken], { 0: "x" }]) {
    it.effect(`is counted and acknowledged without an event: ${JSON.stringify(body)}`, () => {
      const { layer, taken } = queueThat(() => Effect.void)
      return Effect.gen(function* () {
        const { ended, kept } = message(body)
        yield* drain({ messages: [kept] })
        assert.deepStrictEqual(ended, ["ack"])
        assert.deepStrictEqual(taken, [])
        assert.deepStrictEqual(lostIn(yield* CapturedLog.CapturedLog), [1])
        assert.strictEqual((yield* Losses).untold, 1)
      }).pipe(Effect.provide([layer, Losses.layer, CapturedLog.layer]))
    })
  }

  it("comes again after 30 s, then after twice as long, and at least every 15 minutes", () =>
    assert.deepStrictEqual(
      [1, 2, 3, 4, 5, 6, 100].map(delaySeconds),
      [30, 60, 120, 240, 480, 900, 900]
    ))
})

interface Delivery {
  readonly at: number
  readonly body: unknown
  readonly attempts: number
}

/** Delivers due messages, shuffled and some of them twice, and puts back those to come again. */
const deliver = Effect.fnUntraced(function* (waiting: ReadonlyArray<Delivery>) {
  const now = yield* Clock.currentTimeMillis
  const due = yield* Random.shuffle(waiting.filter(({ at }) => at <= now))
  const later: Array<Delivery> = waiting.filter(({ at }) => at > now)
  for (const delivery of due.slice(0, 10)) {
    const { attempts, body } = delivery
    const again = (at: number, tries: number) => later.push({ at, body, attempts: tries })
    const kept: OutboxMessage = {
      body,
      attempts,
      ack: () => undefined,
      retry: (options) => again(now + options.delaySeconds * 1000, attempts + 1)
    }
    yield* drain({ messages: [kept] })
    if (yield* Random.nextBoolean) yield* drain({ messages: [{ ...kept, retry: () => undefined }] })
  }
  return [...later, ...due.slice(10)]
})

describe("An outage of an hour", () => {
  it.effect("loses nothing, doubles nothing, and keeps the order inside a request", () => {
    const outageMs = 3_600_000
    const isUp = Effect.map(Clock.currentTimeMillis, (now) => now >= outageMs)
    const { layer, taken } = queueThat(() =>
      Effect.flatMap(isUp, (up) =>
        up
          ? Effect.void
          : Effect.fail(new EventQueueUnavailable({ detail: "down", deduplicationIds: [] }))
      )
    )
    return Effect.gen(function* () {
      const requests = Array.from({ length: 200 }, (_, n) => n + 1)
      let waiting: ReadonlyArray<Delivery> = yield* Effect.forEach(requests, (n) =>
        Effect.map(bodyOf(exchange(n)), (body) => ({ at: n * 18_000, body, attempts: 1 }))
      )
      for (let minute = 0; minute < 120 && waiting.length > 0; minute += 1) {
        for (let round = 0; round < 6; round += 1) waiting = yield* deliver(waiting)
        yield* TestClock.adjust("1 minute")
      }
      assert.isEmpty(waiting)
      assert.sameMembers(
        [...new Set(taken)],
        requests.flatMap((n) => idsOf(exchange(n)))
      )
      for (const n of requests) {
        const [query, response] = idsOf(exchange(n))
        assert.isBelow(taken.indexOf(query!), taken.indexOf(response!))
      }
      assert.deepStrictEqual(lostIn(yield* CapturedLog.CapturedLog), [])
    }).pipe(Effect.provide([layer, Losses.layer, CapturedLog.layer]), Random.withSeed(4711))
  })
})
