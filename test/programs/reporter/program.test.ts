import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Ref from "effect/Ref"
import * as TestClock from "effect/testing/TestClock"
import * as InteractionStoreMemory from "../../../src/layers/InteractionStoreMemory.ts"
import * as MailerMemory from "../../../src/layers/MailerMemory.ts"
import * as ReportLedgerMemory from "../../../src/layers/ReportLedgerMemory.ts"
import { type Options, type Run, run } from "../../../src/programs/reporter/program.ts"
import { renderReport } from "../../../src/programs/reporter/render/renderReport.ts"
import { Correlated } from "../../../src/schema/Interaction.ts"
import { periodOf, WeekId } from "../../../src/schema/IsoWeek.ts"
import { InteractionStore } from "../../../src/services/InteractionStore.ts"
import { Mailer, MailerUnavailable, MailRejected } from "../../../src/services/Mailer.ts"
import { ReportLedger } from "../../../src/services/ReportLedger.ts"
import { queryEvent, requestIdOf, responseEvent } from "../../schema/EventExamples.ts"
import * as CapturedLog from "../CapturedLog.ts"

const week = WeekId.make("2026-W47")
const zone = DateTime.zoneMakeNamedUnsafe("Europe/London")
const { endMs, startMs } = periodOf(week, zone)
const mondayMorning = endMs + 7 * 3_600_000

const options: Options = {
  siteName: "cv.example.com",
  from: "reports@example.com",
  to: ["owner@example.com", "team@example.com"],
  zone
}

const runOf = (changes: Partial<Run> = {}) =>
  run({ weekId: undefined, owner: "run-1", leaseSeconds: 65, ...changes }, options)

const askedAt = Effect.fnUntraced(function* (n: number, timestamp: number) {
  const store = yield* InteractionStore
  const requestId = requestIdOf(n)
  yield* store.record(
    Correlated.make({
      query: queryEvent({ requestId, timestamp }),
      response: responseEvent({ requestId, timestamp, queryTimestamp: timestamp })
    })
  )
})

const outbox = Effect.flatMap(MailerMemory.Outbox, Ref.get)

/** The memory mailer, except that the effect comes before every send. */
const mailerAfter = (first: Effect.Effect<void, MailerUnavailable | MailRejected>) =>
  Layer.effect(
    Mailer,
    Effect.map(Mailer, (mailer) =>
      Mailer.of({ send: (message) => Effect.andThen(first, mailer.send(message)) })
    )
  ).pipe(Layer.provideMerge(MailerMemory.layer))

/** Fails with each given error once, and then no more. */
const failingOnce = (...errors: ReadonlyArray<MailerUnavailable | MailRejected>) =>
  Layer.unwrap(
    Effect.sync(() => {
      const left = [...errors]
      return mailerAfter(
        Effect.suspend(() => {
          const error = left.shift()
          return error === undefined ? Effect.void : Effect.fail(error)
        })
      )
    })
  )

const world = (mailer: Layer.Layer<Mailer | MailerMemory.Outbox> = MailerMemory.layer) =>
  Layer.mergeAll(InteractionStoreMemory.layer, ReportLedgerMemory.layer, mailer, CapturedLog.layer)

describe("A report run", () => {
  it.effect("sends the week's numbers in one e-mail to every recipient", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* Effect.forEach([startMs, startMs + 1, endMs - 1], (at, n) => askedAt(n, at))
      yield* Effect.forEach([startMs - 1, endMs], (at, n) => askedAt(n + 10, at))
      const outcome = yield* runOf()
      assert.deepStrictEqual(outcome, { weekId: week, outcome: "sent", messageId: "memory-1" })
      const [mail, ...others] = yield* outbox
      assert.deepStrictEqual(others, [])
      assert.strictEqual(mail?.from, options.from)
      assert.deepStrictEqual(mail?.to, options.to)
      assert.deepStrictEqual(mail?.headers, { "Auto-Submitted": "auto-generated" })
      const frozen = (yield* CapturedLog.CapturedLog).find((l) => l.message === "report sent")
      assert.deepInclude(frozen?.fields, { weekId: week, questions: 3, messageId: "memory-1" })
    }).pipe(Effect.provide(world()))
  )

  it.effect("sends a report of a week in which nobody asked anything", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      assert.include(yield* runOf(), { outcome: "sent" })
      assert.strictEqual((yield* outbox).length, 1)
    }).pipe(Effect.provide(world()))
  )

  it.effect("after the e-mail is out sends nothing, and names the first e-mail", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* runOf()
      yield* TestClock.adjust("1 hour")
      const again = yield* runOf({ owner: "run-2" })
      assert.deepStrictEqual(again, {
        weekId: week,
        outcome: "already_sent",
        messageId: "memory-1"
      })
      assert.strictEqual((yield* outbox).length, 1)
    }).pipe(Effect.provide(world()))
  )

  it.effect("reports the week that it is asked for, even one that is not over", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(startMs + 1000)
      yield* askedAt(1, startMs)
      assert.deepInclude(yield* runOf({ weekId: week }), { weekId: week, outcome: "sent" })
      const [mail] = yield* outbox
      assert.include(mail?.subject ?? "", "1 question")
    }).pipe(Effect.provide(world()))
  )

  it.effect("reports different weeks independently", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* runOf()
      const earlier = WeekId.make("2026-W46")
      const other = yield* runOf({ weekId: earlier })
      assert.deepInclude(other, { weekId: earlier, outcome: "sent" })
      assert.strictEqual((yield* outbox).length, 2)
    }).pipe(Effect.provide(world()))
  )

  it.effect("by default reports the last week that is over in its zone", () =>
    Effect.gen(function* () {
      const inZone = (name: string, at: number) =>
        Effect.gen(function* () {
          yield* TestClock.setTime(at)
          const named = { ...options, zone: DateTime.zoneMakeNamedUnsafe(name) }
          const started = { weekId: undefined, owner: name, leaseSeconds: 65 }
          return (yield* run(started, named)).weekId
        }).pipe(Effect.provide(world(), { local: true }))
      const sundayNoon = Date.UTC(2026, 10, 22, 12)
      assert.strictEqual(yield* inZone("Europe/London", sundayNoon), "2026-W46")
      assert.strictEqual(yield* inZone("Pacific/Kiritimati", sundayNoon), "2026-W47")
      assert.strictEqual(yield* inZone("Europe/London", endMs - 1), "2026-W46")
      assert.strictEqual(yield* inZone("Europe/London", endMs), "2026-W47")
      assert.strictEqual(yield* inZone("Pacific/Pago_Pago", endMs + 1), "2026-W46")
    })
  )
})

describe("Two runs at once", () => {
  it.effect("send one e-mail, and the second is told that the report is in progress", () =>
    Effect.gen(function* () {
      const [reached, go] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
      const waiting = Effect.andThen(Deferred.succeed(reached, undefined), Deferred.await(go))
      yield* Effect.gen(function* () {
        yield* TestClock.setTime(mondayMorning)
        const first = yield* Effect.forkChild(runOf())
        yield* Deferred.await(reached)
        const error = yield* Effect.flip(runOf({ owner: "run-2" }))
        assert.deepInclude(error, {
          _tag: "ReportInProgress",
          weekId: week,
          leaseUntil: mondayMorning + 65_000
        })
        yield* Deferred.succeed(go, undefined)
        assert.include(yield* Fiber.join(first), { outcome: "sent" })
        assert.include(yield* runOf({ owner: "run-2" }), { outcome: "already_sent" })
        assert.strictEqual((yield* outbox).length, 1)
      }).pipe(Effect.provide(world(mailerAfter(waiting))))
    })
  )

  it.effect("send one e-mail, in whatever way their steps mix", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      const exits = yield* Effect.forEach(
        ["a", "b", "c", "d", "e"],
        (owner) => Effect.exit(Effect.andThen(Effect.yieldNow, runOf({ owner }))),
        { concurrency: "unbounded" }
      )
      const sent = exits.filter((exit) => Exit.isSuccess(exit) && exit.value.outcome === "sent")
      assert.strictEqual(sent.length, 1)
      assert.strictEqual((yield* outbox).length, 1)
    }).pipe(Effect.provide(world(mailerAfter(Effect.yieldNow))))
  )

  it.effect("the second takes over when the first was killed and its lease has ended", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      const ledger = yield* ReportLedger
      yield* ledger.claim({ weekId: week, owner: "killed", leaseSeconds: 65 })
      yield* TestClock.adjust("64 seconds")
      assert.strictEqual((yield* Effect.flip(runOf()))._tag, "ReportInProgress")
      yield* TestClock.adjust("1 second")
      assert.include(yield* runOf(), { outcome: "sent" })
    }).pipe(Effect.provide(world()))
  )
})

describe("A run whose e-mail is not accepted", () => {
  for (const error of [
    new MailerUnavailable({ detail: "Throttling" }),
    new MailRejected({ detail: "MessageRejected" })
  ]) {
    it.effect(`because of ${error._tag} fails, and gives the week back at once`, () =>
      Effect.gen(function* () {
        yield* TestClock.setTime(mondayMorning)
        assert.deepStrictEqual(yield* Effect.flip(runOf()), error)
        assert.deepStrictEqual(yield* outbox, [])
        assert.include(yield* runOf({ owner: "run-2" }), { outcome: "sent" })
        assert.strictEqual((yield* outbox).length, 1)
      }).pipe(Effect.provide(world(failingOnce(error))))
    )
  }

  it.effect("leaves its numbers to the next run, whatever has come in between", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* askedAt(1, startMs)
      const ledger = yield* ReportLedger
      yield* Effect.flip(runOf())
      yield* askedAt(2, startMs + 1)
      yield* TestClock.adjust("1 day")
      const claim = yield* ledger.claim({ weekId: week, owner: "look", leaseSeconds: 1 })
      yield* ledger.release(claim)
      assert.include(claim.frozen, { questions: 1, generatedAt: mondayMorning })
      yield* runOf({ owner: "run-2" })
      const [mail] = yield* outbox
      assert.deepInclude(mail, renderReport(claim.frozen!, { siteName: options.siteName }))
    }).pipe(Effect.provide(world(failingOnce(new MailerUnavailable({ detail: "Throttling" })))))
  )
})

describe("A run that another run has overtaken, because its lease had ended,", () => {
  /** Runs the program with a mailer that first lets another run take the week. */
  const overtakenRun = Effect.fnUntraced(function* (
    sending: Effect.Effect<void, MailerUnavailable>
  ) {
    const ledger = yield* Deferred.make<ReportLedger["Service"]>()
    const overtake = Effect.gen(function* () {
      yield* TestClock.adjust("65 seconds")
      const { claim } = yield* Deferred.await(ledger)
      yield* Effect.orDie(claim({ weekId: week, owner: "run-2", leaseSeconds: 65 }))
    })
    return yield* Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* Deferred.succeed(ledger, yield* ReportLedger)
      const error = yield* Effect.flip(runOf())
      const lines = yield* CapturedLog.CapturedLog
      return { error, messages: lines.map(({ message }) => message) }
    }).pipe(Effect.provide(world(mailerAfter(Effect.andThen(overtake, sending)))))
  })

  it.effect("does not confirm", () =>
    Effect.gen(function* () {
      const { error } = yield* overtakenRun(Effect.void)
      assert.deepInclude(error, { _tag: "ClaimLost", weekId: week })
    })
  )

  it.effect("fails with the mailer's error, and logs that it had nothing to give back", () =>
    Effect.gen(function* () {
      const unavailable = new MailerUnavailable({ detail: "Throttling" })
      const { error, messages } = yield* overtakenRun(Effect.fail(unavailable))
      assert.deepStrictEqual(error, unavailable)
      assert.deepStrictEqual(messages, ["claim not released"])
    })
  )
})
