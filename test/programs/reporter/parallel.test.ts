import { assert, describe, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Ref from "effect/Ref"
import * as TestClock from "effect/testing/TestClock"
import { compose } from "../../../src/programs/reporter/compose.ts"
import { leaseSeconds } from "../../../src/programs/reporter/Lease.ts"
import { MailerUnavailable, MailRejected } from "../../../src/services/Mailer.ts"
import { ReportLedger } from "../../../src/services/ReportLedger.ts"
import * as CapturedLog from "../CapturedLog.ts"
import {
  askedAt,
  frozen,
  mailerAfter,
  mondayMorning,
  options,
  outbox,
  runOf,
  startMs,
  week,
  world
} from "./ReporterWorld.ts"

const worldWith = (first: Effect.Effect<void, MailerUnavailable | MailRejected>) =>
  world({ mailer: mailerAfter(first) })

describe("Two runs at once", () => {
  it.effect("send one e-mail, and the second waits until the first has sent it", () =>
    Effect.gen(function* () {
      const [reached, go] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
      const waiting = Effect.andThen(Deferred.succeed(reached, undefined), Deferred.await(go))
      yield* Effect.gen(function* () {
        yield* TestClock.setTime(mondayMorning)
        const first = yield* Effect.forkChild(runOf())
        yield* Deferred.await(reached)
        const second = yield* Effect.forkChild(runOf({ owner: "run-2" }))
        yield* TestClock.adjust("20 seconds")
        assert.isUndefined(second.pollUnsafe())
        yield* Deferred.succeed(go, undefined)
        assert.include(yield* Fiber.join(first), { outcome: "sent" })
        yield* TestClock.adjust("15 seconds")
        assert.include(yield* Fiber.join(second), { outcome: "already_done" })
        assert.strictEqual((yield* outbox).length, 1)
      }).pipe(Effect.provide(worldWith(waiting)))
    })
  )

  it.effect("send one e-mail, in whatever way their steps mix", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      const runs = yield* Effect.forEach(["a", "b", "c", "d", "e"], (owner) =>
        Effect.forkChild(Effect.andThen(Effect.yieldNow, runOf({ owner })))
      )
      yield* TestClock.adjust("15 seconds")
      const outcomes = yield* Effect.forEach(runs, Fiber.join)
      const sent = outcomes.filter(({ outcome }) => outcome === "sent")
      assert.strictEqual(sent.length, 1)
      assert.strictEqual((yield* outbox).length, 1)
    }).pipe(Effect.provide(worldWith(Effect.yieldNow)))
  )

  it.effect("report two weeks side by side", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      const weeks = [week, "2026-W46", "2026-W45"] as Array<typeof week>
      const outcomes = yield* Effect.forEach(weeks, (weekId) => runOf({ weekId, owner: weekId }), {
        concurrency: "unbounded"
      })
      assert.deepStrictEqual(
        outcomes.map(({ outcome, weekId }) => [weekId, outcome]),
        weeks.map((weekId) => [weekId, "sent"])
      )
      assert.strictEqual((yield* outbox).length, 3)
    }).pipe(Effect.provide(worldWith(Effect.yieldNow)))
  )

  it.effect("the second takes over when the first was killed and its lease has ended", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      const ledger = yield* ReportLedger
      yield* ledger.claim({ weekId: week, owner: "killed", leaseSeconds })
      const second = yield* Effect.forkChild(runOf())
      yield* TestClock.adjust(`${leaseSeconds - 1} seconds`)
      assert.isUndefined(second.pollUnsafe())
      yield* TestClock.adjust("15 seconds")
      assert.include(yield* Fiber.join(second), { outcome: "sent" })
    }).pipe(Effect.provide(world()))
  )
})

/** The world of a mailer that fails with the error once, and then no more. */
const refusingOnce = (error: MailerUnavailable | MailRejected) =>
  Layer.unwrap(
    Effect.sync(() => {
      const left = [error]
      return worldWith(
        Effect.suspend(() => {
          const next = left.pop()
          return next === undefined ? Effect.void : Effect.fail(next)
        })
      )
    })
  )

describe("A run whose e-mail is not accepted", () => {
  for (const error of [
    new MailerUnavailable({ detail: "Throttling", accepted: "no" }),
    new MailRejected({ detail: "MessageRejected" })
  ]) {
    it.effect(`because of ${error._tag} fails, and gives the week back at once`, () =>
      Effect.gen(function* () {
        yield* TestClock.setTime(mondayMorning)
        assert.deepStrictEqual(yield* Effect.flip(runOf()), error)
        assert.deepStrictEqual(yield* outbox, [])
        assert.include(yield* runOf({ owner: "run-2" }), { outcome: "sent" })
        assert.strictEqual((yield* outbox).length, 1)
      }).pipe(Effect.provide(refusingOnce(error)))
    )
  }

  it.effect("leaves its numbers to the next run, whatever arrives in between", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* askedAt(1, startMs)
      yield* Effect.flip(runOf())
      const report = (yield* frozen())!
      yield* askedAt(2, startMs + 1)
      yield* TestClock.adjust("1 day")
      assert.include(report, { questions: 1, generatedAt: mondayMorning })
      yield* runOf({ owner: "run-2" })
      assert.deepStrictEqual(yield* outbox, [compose(report, options)])
    }).pipe(
      Effect.provide(refusingOnce(new MailerUnavailable({ detail: "Throttling", accepted: "no" })))
    )
  )
})

describe("An e-mail that the mail service never answers", () => {
  const silence = new MailerUnavailable({ detail: "TimeoutError", accepted: "unknown" })

  it.effect("is sent three times, however often the week is run, and the log says so", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      const endings: Array<string> = []
      for (let attempt = 1; attempt <= 6; attempt++) {
        const error = yield* Effect.flip(runOf({ owner: `run-${attempt}` }))
        endings.push(error._tag)
        yield* TestClock.adjust("1 day")
      }
      assert.deepStrictEqual(endings, [
        ...Array.from({ length: 3 }, () => "MailerUnavailable"),
        ...Array.from({ length: 3 }, () => "SendsUnanswered")
      ])
    }).pipe(Effect.provide(worldWith(Effect.fail(silence))))
  )

  it.effect("may be refused any number of times, and goes out when it is taken", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      const refused = new MailRejected({ detail: "MessageRejected" })
      const left = yield* Ref.make(9)
      const mailer = Ref.getAndUpdate(left, (n) => n - 1).pipe(
        Effect.flatMap((n) => (n > 0 ? Effect.fail(refused) : Effect.void))
      )
      yield* Effect.gen(function* () {
        for (let n = 0; n < 9; n++) yield* Effect.flip(runOf({ owner: `run-${n}` }))
        assert.include(yield* runOf({ owner: "last" }), { outcome: "sent" })
      }).pipe(Effect.provide(worldWith(mailer)))
    })
  )
})

describe("A run that another run has overtaken, because its lease had ended,", () => {
  /** Runs the program with a mailer that first lets another run take the week. */
  const overtakenRun = Effect.fnUntraced(function* (
    sending: Effect.Effect<void, MailerUnavailable>
  ) {
    const ledger = yield* Deferred.make<ReportLedger["Service"]>()
    const overtake = Effect.gen(function* () {
      yield* TestClock.adjust(`${leaseSeconds} seconds`)
      const { claim } = yield* Deferred.await(ledger)
      yield* Effect.orDie(claim({ weekId: week, owner: "run-2", leaseSeconds }))
    })
    return yield* Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* Deferred.succeed(ledger, yield* ReportLedger)
      const error = yield* Effect.flip(runOf())
      const lines = yield* CapturedLog.CapturedLog
      return { error, messages: lines.map(({ message }) => message) }
    }).pipe(Effect.provide(worldWith(Effect.andThen(overtake, sending))))
  })

  it.effect("does not confirm", () =>
    Effect.gen(function* () {
      const { error } = yield* overtakenRun(Effect.void)
      assert.deepInclude(error, { _tag: "ClaimLost", weekId: week })
    })
  )

  it.effect("fails with the mailer's error, and logs that it had nothing to give back", () =>
    Effect.gen(function* () {
      const unavailable = new MailerUnavailable({ detail: "Throttling", accepted: "no" })
      const { error, messages } = yield* overtakenRun(Effect.fail(unavailable))
      assert.deepStrictEqual(error, unavailable)
      assert.deepStrictEqual(messages, ["attempt not withdrawn", "claim not released"])
    })
  )
})
