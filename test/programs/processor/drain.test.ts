/** A run of the schedule: it fetches its messages, and nothing may go amiss when it ends early. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import type { QueueRecord } from "../../../src/programs/processor/Batch.ts"
import { drainBudgetOf } from "../../../src/programs/processor/Budget.ts"
import { drain } from "../../../src/programs/processor/drain.ts"
import { handleEvent } from "../../../src/programs/processor/handleEvent.ts"
import { EventSourceRejected, EventSourceUnavailable } from "../../../src/services/EventSource.ts"
import { StoreUnavailable } from "../../../src/services/InteractionStore.ts"
import { queryEvent, requestIdOf, responseEvent } from "../../schema/EventExamples.ts"
import { maxReceiveCount, QueueExample, visibilityMs } from "../../simulation/drain/QueueExample.ts"
import * as CapturedLog from "../CapturedLog.ts"
import { poison, recordOf } from "./RecordExamples.ts"
import { isStored, world } from "./World.ts"

const pairOf = (n: number): [QueueRecord, QueueRecord] => {
  const requestId = requestIdOf(n)
  return [
    recordOf(`q${n}`, queryEvent({ requestId })),
    recordOf(`r${n}`, responseEvent({ requestId }))
  ]
}
const [q1, r1] = pairOf(1)
const [q2, r2] = pairOf(2)

const timeMs = 10_000
const run = drain(drainBudgetOf(timeMs))

/** Every write takes so long, and is counted. */
const slowStore = (writeMs: number) => {
  const written: Array<number> = []
  const layer = world((record, interaction) =>
    Effect.gen(function* () {
      yield* Effect.sleep(writeMs)
      written.push(writeMs)
      return yield* record(interaction)
    })
  )
  return { written, layer }
}

const storedOf = Effect.fnUntraced(function* (records: ReadonlyArray<QueueRecord>) {
  const found = yield* Effect.forEach(records, isStored)
  return found.filter((is) => is).length
})

const nothing = { visible: 0, inFlight: 0 }

describe("A drain", () => {
  it.effect("goes on until the queue is empty, and deletes what it stored", () => {
    const queue = new QueueExample()
    const records = Array.from({ length: 12 }, (_, n) => pairOf(n)).flat()
    return Effect.gen(function* () {
      yield* queue.send(...records)
      assert.deepStrictEqual(yield* run, {
        batches: 3,
        messages: 24,
        returned: 0,
        ended: "queue empty"
      })
      assert.deepStrictEqual(queue.batches, [10, 10, 4])
      assert.strictEqual(yield* storedOf(records), 24)
      assert.deepStrictEqual(yield* queue.counts, nothing)
    }).pipe(Effect.provide([world(), queue.layer()]))
  })

  it.effect("of an empty queue ends at once, without a line in the log", () => {
    const queue = new QueueExample()
    return Effect.gen(function* () {
      assert.deepInclude(yield* run, { batches: 0, messages: 0, ended: "queue empty" })
      assert.deepStrictEqual(yield* CapturedLog.CapturedLog, [])
    }).pipe(Effect.provide([world(), queue.layer()]))
  })

  it.effect("writes halves that came apart together, when both have come", () => {
    const queue = new QueueExample()
    const { layer, written } = slowStore(0)
    return Effect.gen(function* () {
      yield* queue.send(q1)
      yield* TestClock.adjust("40 seconds")
      yield* queue.send(r1)
      const fiber = yield* Effect.forkChild(run)
      yield* TestClock.adjust(1)
      yield* Fiber.join(fiber)
      assert.lengthOf(written, 1)
      assert.strictEqual(yield* storedOf([q1, r1]), 2)
    }).pipe(Effect.provide([layer, queue.layer()]))
  })

  it.effect("leaves a poisoned group alone, until its poison is a dead letter", () => {
    const queue = new QueueExample()
    return Effect.gen(function* () {
      yield* queue.send(poison("bad", q1.groupId), q1, q2, r2)
      assert.deepInclude(yield* run, { batches: 1, messages: 4, returned: 2 })
      assert.deepStrictEqual(yield* queue.counts, { visible: 0, inFlight: 2 })
      assert.strictEqual(yield* storedOf([q2, r2]), 2)
      assert.isFalse(yield* isStored(q1))
      for (let receives = 1; receives < maxReceiveCount; receives += 1) {
        assert.deepInclude(yield* run, { messages: 0 })
        yield* TestClock.adjust(visibilityMs)
        assert.deepInclude(yield* run, { messages: 2, returned: 2 })
      }
      // the neighbour was received as often, and goes with it
      yield* TestClock.adjust(visibilityMs)
      yield* queue.send(r1)
      assert.deepInclude(yield* run, { messages: 1, returned: 0 })
      assert.deepStrictEqual(queue.deadLetters, ["{", q1.body])
      assert.isTrue(yield* isStored(r1))
      assert.deepStrictEqual(yield* queue.counts, nothing)
    }).pipe(Effect.provide([world(), queue.layer()]))
  })

  it.effect("beside another takes other groups, and each message is processed once", () => {
    const queue = new QueueExample()
    const { layer, written } = slowStore(100)
    const records = Array.from({ length: 12 }, (_, n) => pairOf(n)).flat()
    return Effect.gen(function* () {
      yield* queue.send(...records)
      const fiber = yield* Effect.forkChild(Effect.all([run, run], { concurrency: 2 }))
      yield* TestClock.adjust("1 second")
      const [one, other] = yield* Fiber.join(fiber)
      assert.strictEqual(one.messages + other.messages, 24)
      assert.isAbove(Math.min(one.messages, other.messages), 0)
      assert.lengthOf(written, 12)
      assert.strictEqual(yield* storedOf(records), 24)
      assert.deepStrictEqual(yield* queue.counts, nothing)
    }).pipe(Effect.provide([layer, queue.layer()]))
  })

  it.effect("that is killed leaves its batch to the run after the visibility timeout", () => {
    const queue = new QueueExample()
    const { layer } = slowStore(100)
    const records = Array.from({ length: 12 }, (_, n) => pairOf(n)).flat()
    return Effect.gen(function* () {
      yield* queue.send(...records)
      const killed = yield* Effect.forkChild(run)
      yield* TestClock.adjust(150)
      yield* Fiber.interrupt(killed)
      assert.deepStrictEqual(yield* queue.counts, { visible: 4, inFlight: 10 })
      yield* TestClock.adjust(visibilityMs)
      const fiber = yield* Effect.forkChild(run)
      yield* TestClock.adjust("1 second")
      assert.deepInclude(yield* Fiber.join(fiber), { messages: 14, returned: 0 })
      assert.strictEqual(yield* storedOf(records), 24)
      assert.deepStrictEqual(yield* queue.counts, nothing)
    }).pipe(Effect.provide([layer, queue.layer()]))
  })
})

describe("The time of a drain", () => {
  it.effect("is up for another batch after 80 % of it, and the rest stays in the queue", () => {
    const queue = new QueueExample()
    const { layer } = slowStore(1500)
    return Effect.gen(function* () {
      yield* queue.send(...Array.from({ length: 40 }, (_, n) => pairOf(n)).flat())
      const fiber = yield* Effect.forkChild(run)
      yield* TestClock.adjust(timeMs)
      // the sixth batch begins after 7.5 s and ends before the 9 s of storing are over
      assert.deepStrictEqual(yield* Fiber.join(fiber), {
        batches: 6,
        messages: 60,
        returned: 0,
        ended: "time up"
      })
      assert.deepStrictEqual(yield* queue.counts, { visible: 20, inFlight: 0 })
      const lines = yield* CapturedLog.CapturedLog
      assert.deepInclude(lines.at(-1), { message: "queue drained" })
    }).pipe(Effect.provide([layer, queue.layer()]))
  })

  it.effect("is spent on a store that is away, except the last tenth of it", () => {
    const queue = new QueueExample()
    const away = world(() =>
      Effect.fail(new StoreUnavailable({ operation: "PutItem", detail: "Throttling" }))
    )
    return Effect.gen(function* () {
      yield* queue.send(q1, r1)
      const fiber = yield* Effect.forkChild(run)
      yield* TestClock.adjust(0.9 * timeMs - 1)
      assert.isUndefined(fiber.pollUnsafe())
      yield* TestClock.adjust(1)
      assert.deepInclude(yield* Fiber.join(fiber), { returned: 2, ended: "time up" })
      assert.deepStrictEqual(yield* queue.counts, { visible: 0, inFlight: 2 })
    }).pipe(Effect.provide([away, queue.layer()]))
  })
})

const unreachable = new EventSourceUnavailable({ operation: "ReceiveMessage", detail: "Timeout" })
const denied = new EventSourceRejected({ operation: "DeleteMessageBatch", detail: "AccessDenied" })

describe("A queue that fails", () => {
  it.effect("when it is asked fails the run, which the alarm of the function then tells", () => {
    const queue = new QueueExample()
    const failing = queue.layer(() => Effect.fail(unreachable))
    return Effect.gen(function* () {
      yield* queue.send(q1)
      assert.strictEqual(yield* Effect.flip(run), unreachable)
      assert.deepStrictEqual(yield* queue.counts, { visible: 1, inFlight: 0 })
    }).pipe(Effect.provide([world(), failing]))
  })

  it.effect("to delete stops the run, because the next batch would come again too", () => {
    const queue = new QueueExample()
    const failing = queue.layer((verb) =>
      verb === "acknowledge" ? Effect.fail(denied) : Effect.void
    )
    return Effect.gen(function* () {
      yield* queue.send(...Array.from({ length: 12 }, (_, n) => pairOf(n)).flat())
      assert.strictEqual(yield* Effect.flip(run), denied)
      assert.deepStrictEqual(yield* queue.counts, { visible: 14, inFlight: 10 })
    }).pipe(Effect.provide([world(), failing]))
  })
})

describe("An invocation of the processor", () => {
  it.effect(
    "is a drain when the schedule asks for it, and a batch when the trigger brings one",
    () => {
      const queue = new QueueExample()
      return Effect.gen(function* () {
        yield* queue.send(q1, r1)
        const { body, groupId: MessageGroupId, messageId } = q2
        const record = { messageId, body, attributes: { MessageGroupId } }
        const batch = { Records: [record] }
        assert.deepStrictEqual(yield* handleEvent(batch, timeMs), { batchItemFailures: [] })
        assert.deepStrictEqual(yield* queue.counts, { visible: 2, inFlight: 0 })
        assert.deepInclude(yield* handleEvent({ drain: true }, timeMs), { messages: 2 })
        assert.strictEqual(yield* storedOf([q1, r1, q2]), 3)
      }).pipe(Effect.provide([world(), queue.layer()]))
    }
  )

  for (const event of [{ drain: false }, { drain: "yes" }, {}, null, "drain"]) {
    it.effect(`by ${JSON.stringify(event)} fails, and leaves the queue as it is`, () => {
      const queue = new QueueExample()
      return Effect.gen(function* () {
        yield* queue.send(q1)
        const error = yield* Effect.flip(handleEvent(event, timeMs))
        assert.strictEqual(error._tag, "NotAnSqsEvent")
        assert.deepStrictEqual(yield* queue.counts, { visible: 1, inFlight: 0 })
      }).pipe(Effect.provide([world(), queue.layer()]))
    })
  }
})
