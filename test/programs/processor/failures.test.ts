/** Retries and returned messages; a warm environment remembers neither. */
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as TestClock from "effect/testing/TestClock"
import type { QueueRecord } from "../../../src/programs/processor/Batch.ts"
import { budgetOf } from "../../../src/programs/processor/Budget.ts"
import { type Interaction, interactionKey } from "../../../src/schema/Interaction.ts"
import { StoreRejected, StoreUnavailable } from "../../../src/services/InteractionStore.ts"
import { queryEvent, requestIdOf, responseEvent } from "../../schema/EventExamples.ts"
import * as CapturedLog from "../CapturedLog.ts"
import { poison, recordOf } from "./RecordExamples.ts"
import { idsReturned, isStored, lastCounts, returnedWithin, world } from "./World.ts"

const pairOf = (n: number, groupId: string = requestIdOf(n)): [QueueRecord, QueueRecord] => {
  const requestId = requestIdOf(n)
  return [
    recordOf(`q${n}`, queryEvent({ requestId }), groupId),
    recordOf(`r${n}`, responseEvent({ requestId }), groupId)
  ]
}
const [q1, r1] = pairOf(1)
const [q2, r2] = pairOf(2)

const isOfFirst = (interaction: Interaction) =>
  interactionKey(interaction).requestId === requestIdOf(1)

const throttled = new StoreUnavailable({ operation: "UpdateItem", detail: "Throttling" })
const rejected = new StoreRejected({ operation: "PutItem", detail: "ValidationException" })

const budget = 25_000

/** A store that is throttled so many times for the first request, and when it was asked. */
const throttling = (times: number) => {
  const tries: Array<number> = []
  const layer = world((record, interaction) =>
    Effect.gen(function* () {
      if (!isOfFirst(interaction)) return yield* record(interaction)
      tries.push(yield* Clock.currentTimeMillis)
      return yield* tries.length > times ? record(interaction) : Effect.fail(throttled)
    })
  )
  return { tries, layer }
}

describe("A store that is throttled", () => {
  const short = throttling(3)
  it.effect("is asked again until it takes the interaction, and nothing is returned", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* returnedWithin(budget, q1, q2, r1, r2), [])
      assert.lengthOf(short.tries, 4)
      for (const record of [q1, r1, q2, r2]) assert.isTrue(yield* isStored(record))
      assert.deepInclude(yield* lastCounts, { stored: 4, returned: 0, retried: 3 })
    }).pipe(Effect.provide(short.layer))
  )

  const long = throttling(Number.POSITIVE_INFINITY)
  it.effect("is asked at growing intervals, with jitter, up to five seconds", () =>
    Effect.gen(function* () {
      yield* returnedWithin(budget, q1)
      const gaps = long.tries.slice(1).map((at, index) => at - (long.tries[index] ?? 0))
      assert.isAtLeast(gaps.length, 6)
      const shares = gaps.map((gap, index) => gap / Math.min(50 * 2.5 ** index, 5000))
      for (const share of shares) {
        assert.isAtLeast(share, 0.78)
        assert.isAtMost(share, 1.22)
      }
      assert.isAbove(Math.max(...shares) - Math.min(...shares), 0.05)
    }).pipe(Effect.provide(long.layer))
  )

  const endless = throttling(Number.POSITIVE_INFINITY)
  it.effect("for longer than the budget has only the messages concerned returned", () =>
    Effect.gen(function* () {
      const [q3, r3] = pairOf(3, q1.groupId)
      const batch = [q2, q3, q1, r2, r3]
      const fiber = yield* Effect.forkChild(idsReturned(batch, { budget }))
      yield* TestClock.adjust(budget - 1)
      assert.isUndefined(fiber.pollUnsafe())
      yield* TestClock.adjust(1)
      assert.deepStrictEqual(yield* Fiber.join(fiber), ["q1", "r3"])
      assert.isAtMost(Math.max(...endless.tries), budget)
      const counts = yield* lastCounts
      assert.deepInclude(counts, { stored: 4, returned: 2, retried: endless.tries.length - 1 })
      assert.strictEqual(counts?.durationMs, budget)
    }).pipe(Effect.provide(endless.layer))
  )

  const late = throttling(Number.POSITIVE_INFINITY)
  it.effect("when no time is left returns its messages at once", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* returnedWithin(0, q1, r1), ["q1", "r1"])
      assert.isAtMost(late.tries.length, 1)
    }).pipe(Effect.provide(late.layer))
  )
})

describe("A store that refuses", () => {
  let tries = 0
  it.effect("is asked once, and no other interaction waits for it", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* idsReturned([q1, q2, r2], { budget }), ["q1"])
      assert.strictEqual(tries, 1)
      assert.isTrue(yield* isStored(r2))
    }).pipe(
      Effect.provide(
        world((record, interaction) =>
          Effect.suspend(() => {
            if (!isOfFirst(interaction)) return record(interaction)
            tries += 1
            return Effect.fail(rejected)
          })
        )
      )
    )
  )
})

describe("A store that is throttled and then refuses", () => {
  let tries = 0
  it.effect("is asked no more", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* returnedWithin(budget, q1, r1), ["q1", "r1"])
      assert.strictEqual(tries, 2)
    }).pipe(
      Effect.provide(
        world(() =>
          Effect.suspend(() => {
            tries += 1
            return Effect.fail(tries === 1 ? throttled : rejected)
          })
        )
      )
    )
  )
})

describe("A budget", () => {
  it("leaves time for the answer to get away, and is none where there is none", () => {
    for (const remainingMs of [60_000, 10_000, 501]) {
      assert.isAbove(budgetOf(remainingMs), 0)
      assert.isAtMost(budgetOf(remainingMs), remainingMs - 500)
    }
    for (const remainingMs of [500, 1, 0, -1]) assert.strictEqual(budgetOf(remainingMs), 0)
  })

  let spentMs = 0
  it.effect("also pays for encoding the batch, which nothing interrupts", () =>
    Effect.gen(function* () {
      const clock = yield* Clock.Clock
      const later: Clock.Clock = Object.create(clock, {
        monotonicTimeNanosUnsafe: {
          value: () => clock.monotonicTimeNanosUnsafe() + BigInt(spentMs) * 1_000_000n
        }
      })
      const fiber = yield* idsReturned([q1, q2], { budget }).pipe(
        Effect.provideService(Clock.Clock, later),
        Effect.forkChild({ startImmediately: true })
      )
      yield* TestClock.adjust(budget - spentMs - 1)
      assert.isUndefined(fiber.pollUnsafe())
      yield* TestClock.adjust(1)
      assert.deepStrictEqual(yield* Fiber.join(fiber), ["q1", "q2"])
    }).pipe(
      Effect.provide(
        world(() => {
          spentMs += 10_000
          return Effect.never
        })
      )
    )
  )
})

describe("Nothing is acknowledged before it is stored:", () => {
  it.effect("the answer waits for the slowest write", () =>
    Effect.gen(function* () {
      const fiber = yield* Effect.forkChild(idsReturned([q1, q2], { budget }))
      yield* TestClock.adjust("9999 millis")
      assert.isFalse(yield* isStored(q1))
      assert.isTrue(yield* isStored(q2))
      assert.isUndefined(fiber.pollUnsafe())
      yield* TestClock.adjust("1 millis")
      assert.deepStrictEqual(yield* Fiber.join(fiber), [])
      assert.isTrue(yield* isStored(q1))
    }).pipe(
      Effect.provide(
        world((record, interaction) =>
          isOfFirst(interaction)
            ? Effect.delay(record(interaction), "10 seconds")
            : record(interaction)
        )
      )
    )
  )

  for (const [name, failure] of [
    ["fails", Effect.fail(rejected)],
    ["breaks", Effect.die(new Error("a bug"))],
    ["never answers", Effect.never]
  ] as const) {
    let broken = true
    it.effect(
      `a store that writes and then ${name} has the message come again, as a duplicate`,
      () =>
        Effect.gen(function* () {
          assert.deepStrictEqual(yield* returnedWithin(budget, q1, q2), ["q1"])
          assert.isTrue(yield* isStored(q1))
          assert.deepInclude(yield* lastCounts, { stored: 1, duplicates: 0 })
          broken = false
          assert.deepStrictEqual(yield* returnedWithin(budget, q1), [])
          assert.deepInclude(yield* lastCounts, { stored: 0, duplicates: 1, conflicts: 0 })
        }).pipe(
          Effect.provide(
            world((record, interaction) =>
              broken && isOfFirst(interaction)
                ? Effect.andThen(record(interaction), failure)
                : record(interaction)
            )
          )
        )
    )
  }
})

describe("A warm environment", () => {
  const onceFailing = () => {
    let failures = 1
    return ManagedRuntime.make(
      world((record, interaction) =>
        Effect.suspend(() => {
          if (!isOfFirst(interaction) || failures === 0) return record(interaction)
          failures -= 1
          return Effect.fail(rejected)
        })
      )
    )
  }

  it("stores what it returned the last time, and skips no group that once failed", async () => {
    const runtime = onceFailing()
    const deliver = (...records: ReadonlyArray<QueueRecord>) =>
      runtime.runPromise(idsReturned(records, { budget }))
    assert.deepStrictEqual(await deliver(q1, q2, r1), ["q1", "r1"])
    assert.deepStrictEqual(await deliver(q1, r2, r1), [])
    for (const record of [q1, r1, q2, r2]) {
      assert.isTrue(await runtime.runPromise(isStored(record)), record.messageId)
    }
    await runtime.dispose()
  })

  it("is delayed by poison in its own group alone, for as long as the poison comes", async () => {
    const runtime = ManagedRuntime.make(world())
    const deliver = (...records: ReadonlyArray<QueueRecord>) =>
      runtime.runPromise(idsReturned(records, { budget }))
    const bad = poison("bad", q1.groupId)
    for (let receive = 1; receive <= 5; receive += 1) {
      const [query, response] = pairOf(10 + receive)
      assert.deepStrictEqual(await deliver(query, bad, response, q1), ["bad", "q1"])
      assert.isTrue(await runtime.runPromise(isStored(response)))
    }
    assert.deepStrictEqual(await deliver(q1, r1), [])
    assert.isTrue(await runtime.runPromise(isStored(q1)))
    await runtime.dispose()
  })

  it("counts each batch by itself", async () => {
    const runtime = ManagedRuntime.make(world())
    for (const [query, response] of [pairOf(1), pairOf(2)]) {
      await runtime.runPromise(idsReturned([query, poison("bad", "g"), response], { budget }))
    }
    const lines = await runtime.runPromise(CapturedLog.CapturedLog)
    const batches = lines.filter(({ message }) => message === "batch processed")
    assert.lengthOf(batches, 2)
    for (const { fields } of batches) {
      assert.deepInclude(fields, { records: 3, decoded: 2, undecodable: 1, returned: 1, stored: 2 })
    }
    await runtime.dispose()
  })
})
