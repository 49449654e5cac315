/** A claim lives as long as its run, and no e-mail goes out without one. */
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Ref from "effect/Ref"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/testing/TestClock"
import * as InteractionStoreMemory from "../../../src/layers/InteractionStoreMemory.ts"
import { leaseSeconds } from "../../../src/programs/reporter/Lease.ts"
import { InteractionStore, StoreUnavailable } from "../../../src/services/InteractionStore.ts"
import { type Claim, ClaimLost, ReportLedger } from "../../../src/services/ReportLedger.ts"
import {
  askedAt,
  frozen,
  ledgerWith,
  mailerAfter,
  mondayMorning,
  outbox,
  runOf,
  startMs,
  week,
  world
} from "./ReporterWorld.ts"

/** The memory store, which takes so long to read. */
const slowStore = (duration: `${number} minutes`, onEnd = Effect.void) =>
  Layer.effect(
    InteractionStore,
    Effect.map(InteractionStore, (store) =>
      InteractionStore.of({
        ...store,
        summaries: (period) =>
          Stream.unwrap(
            Effect.sleep(duration).pipe(
              Effect.as(store.summaries(period)),
              Effect.onExit(() => onEnd)
            )
          )
      })
    )
  ).pipe(Layer.provide(InteractionStoreMemory.layer))

const lost = Effect.fail(new ClaimLost({ weekId: week }))
const away = Effect.fail(new StoreUnavailable({ operation: "renew", detail: "away" }))

/** The ledger renews nothing from one time to another, both in seconds after Monday morning. */
const awayBetween = (from: number, to: number) =>
  ledgerWith(({ renew }) => ({
    renew: (...given) =>
      Effect.flatMap(Clock.currentTimeMillis, (now) => {
        const seconds = (now - mondayMorning) / 1000
        return seconds >= from && seconds < to ? away : renew(...given)
      })
  }))

const claimOf = (owner: string) =>
  ReportLedger.use(({ claim }) => claim({ weekId: week, owner, leaseSeconds }))

describe("A run that takes longer than a lease", () => {
  it.effect("keeps its week, and another run leaves the week to it", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* askedAt(1, startMs)
      const first = yield* Effect.forkChild(runOf())
      yield* TestClock.adjust("2 minutes")
      const second = yield* Effect.forkChild(runOf({ owner: "run-2" }))
      yield* TestClock.adjust("150 seconds")
      assert.deepStrictEqual(yield* Fiber.join(second), { weekId: week, outcome: "held" })
      yield* TestClock.adjust("6 minutes")
      assert.include(yield* Fiber.join(first), { outcome: "sent" })
      assert.strictEqual((yield* outbox).length, 1)
    }).pipe(Effect.provide(world({ store: slowStore("8 minutes") })))
  )

  it.effect("outlasts a ledger that is away for less than the lease", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      const first = yield* Effect.forkChild(runOf())
      yield* TestClock.adjust("8 minutes")
      assert.include(yield* Fiber.join(first), { outcome: "sent" })
    }).pipe(Effect.provide(world({ store: slowStore("4 minutes"), ledger: awayBetween(30, 95) })))
  )

  it.effect("stops in time when the ledger is away for longer, and sends nothing", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      const first = yield* Effect.forkChild(Effect.flip(runOf()))
      yield* TestClock.adjust(`${leaseSeconds - 1} seconds`)
      assert.deepInclude(first.pollUnsafe(), { value: new ClaimLost({ weekId: week }) })
      assert.deepStrictEqual(yield* outbox, [])
      assert.strictEqual((yield* claimOf("next")).owner, "next")
    }).pipe(Effect.provide(world({ store: slowStore("4 minutes"), ledger: awayBetween(30, 999) })))
  )

  it.effect("is interrupted at once when another run has its week", () =>
    Effect.gen(function* () {
      const stopped = yield* Deferred.make<number>()
      const onEnd = Effect.flatMap(Clock.currentTimeMillis, (now) => Deferred.succeed(stopped, now))
      yield* Effect.gen(function* () {
        yield* TestClock.setTime(mondayMorning)
        const first = yield* Effect.forkChild(Effect.flip(runOf()))
        yield* TestClock.adjust("50 seconds")
        assert.deepInclude(yield* Fiber.join(first), { _tag: "ClaimLost", weekId: week })
        assert.isBelow(yield* Deferred.await(stopped), mondayMorning + 50_000)
        assert.deepStrictEqual([yield* outbox, yield* frozen()], [[], undefined])
      }).pipe(
        Effect.provide(
          world({
            store: slowStore("4 minutes", Effect.asVoid(onEnd)),
            ledger: ledgerWith(() => ({ renew: () => lost }))
          })
        )
      )
    })
  )

  it.effect("that is killed locks its week for the rest of one lease", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* claimOf("killed")
      const next = yield* Effect.forkChild(runOf())
      yield* TestClock.adjust(`${leaseSeconds + 15} seconds`)
      assert.include(yield* Fiber.join(next), { outcome: "sent" })
    }).pipe(Effect.provide(world()))
  )
})

describe("An e-mail", () => {
  for (const [words, tag] of [
    ["has been lost", "ClaimLost"],
    ["cannot be renewed", "StoreUnavailable"]
  ] as const) {
    const renew = (): Effect.Effect<Claim, ClaimLost | StoreUnavailable> =>
      tag === "ClaimLost" ? lost : away
    it.effect(`is not sent when the claim ${words} just before it`, () =>
      Effect.gen(function* () {
        yield* TestClock.setTime(mondayMorning)
        assert.strictEqual((yield* Effect.flip(runOf()))._tag, tag)
        assert.isDefined(yield* frozen())
        assert.deepStrictEqual(yield* outbox, [])
      }).pipe(Effect.provide(world({ ledger: ledgerWith(() => ({ renew })) })))
    )
  }

  it.effect("has a whole lease before it", () =>
    Effect.gen(function* () {
      const left = yield* Ref.make(0)
      const looking = Effect.gen(function* () {
        const known = yield* Ref.get(until)
        yield* Ref.set(left, known - (yield* Clock.currentTimeMillis))
      })
      const until = yield* Ref.make(0)
      const watched = ledgerWith(({ renew }) => ({
        renew: (...given) => Effect.tap(renew(...given), (held) => Ref.set(until, held.leaseUntil))
      }))
      yield* Effect.gen(function* () {
        yield* TestClock.setTime(mondayMorning)
        const first = yield* Effect.forkChild(runOf())
        yield* TestClock.adjust("5 minutes")
        yield* Fiber.join(first)
        assert.strictEqual(yield* Ref.get(left), leaseSeconds * 1000)
      }).pipe(
        Effect.provide(
          world({ store: slowStore("2 minutes"), ledger: watched, mailer: mailerAfter(looking) })
        )
      )
    })
  )
})
