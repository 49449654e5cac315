/** Every adapter of the ReportLedger keeps this contract, for each kind of message. */
import { assert, describe, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as TestClock from "effect/testing/TestClock"
import type { WeekId } from "../../src/schema/IsoWeek.ts"
import {
  Claim,
  ClaimLost,
  ReportAlreadySent,
  ReportInProgress,
  ReportLedger,
  ReportSkipped,
  SendsUnanswered,
  sendsMax
} from "../../src/services/ReportLedger.ts"
import { reportOf } from "../schema/report/WeeklyExamples.ts"
import {
  anyReport,
  assertError,
  assertFails,
  attempt,
  aWeek,
  claim,
  confirm,
  freeze,
  type Kind,
  leaseSeconds,
  leaseUntil,
  release,
  renew,
  runs,
  skip,
  withdraw
} from "./fixtures/ledger.ts"

const kinds = [
  ["a week's own report", {}],
  ["an interim report", { interim: true }],
  ["a message to a channel", { channel: "slack" }],
  ["an alert to a channel", { alert: "silence-1", channel: "webhook" }],
  ["an alert", { alert: "silence-1" }]
] as const

export const suite = (name: string, ledgerLayer: Layer.Layer<ReportLedger, unknown>) =>
  layer(ledgerLayer)(`${name} keeps the contract of the report ledger:`, (it) => {
    it.effect("the owner's gaps are those that were kept last, and none at first", () =>
      Effect.gen(function* () {
        const { gaps, keepGaps } = yield* ReportLedger
        assert.deepStrictEqual(yield* gaps, [])
        const mark = { id: "2026-W47-3", state: "ignored", since: 1_795_000_000_000 } as const
        assert.strictEqual(yield* keepGaps([{ ...mark, wordings: ["a1"] }]), 0)
        const last = [{ ...mark, id: "k3j2h1", state: "closed", wordings: ["a1", "b2"] }] as const
        assert.strictEqual(yield* keepGaps(last), 0)
        assert.deepStrictEqual(yield* gaps, last)
      })
    )

    describe.each(kinds)("%s", (_, kind: Kind) => {
      const entry = (weekId: WeekId) => ({ weekId, ...kind })

      it.effect("the first claim of a week holds it for the length of its lease", () =>
        Effect.gen(function* () {
          const week = yield* aWeek
          const held = yield* claim(week, "first", kind)
          assert.deepStrictEqual(held, Claim.make({ ...entry(week), owner: "first", leaseUntil }))
        })
      )

      it.effect("a week that is held refuses every other run and says how long", () =>
        Effect.gen(function* () {
          const week = yield* aWeek
          yield* claim(week, "first", kind)
          yield* TestClock.adjust("59999 millis")
          const refusal = new ReportInProgress({ weekId: week, leaseUntil })
          yield* assertFails(claim(week, "second", kind), refusal)
          yield* assertFails(claim(week, "third", kind), refusal)
        })
      )

      it.effect.prop(
        "the holder of a week may claim it again, because the answer to the first try may be lost",
        [anyReport],
        ([report]) =>
          Effect.gen(function* () {
            const week = yield* aWeek
            const held = yield* claim(week, "first", kind)
            assert.deepStrictEqual(yield* claim(week, "first", kind), held)
            yield* freeze(held, report)
            yield* TestClock.adjust("10 seconds")
            const again = yield* claim(week, "first", kind)
            assert.deepStrictEqual(
              again,
              Claim.make({ ...held, leaseUntil: leaseUntil + 10_000, frozen: report })
            )
            yield* confirm(again, "message-1")
            const sent = new ReportAlreadySent({ weekId: week, messageId: "message-1" })
            yield* assertFails(claim(week, "first", kind), sent)
          }),
        { arbitrary: { runs } }
      )

      it.effect("exactly one of several parallel claims wins", () =>
        Effect.gen(function* () {
          for (let round = 0; round < 10; round++) {
            const week = yield* aWeek
            const owners = Array.from({ length: 8 }, (_, i) => `run ${i}`)
            const results = yield* Effect.forEach(
              owners,
              (owner) => Effect.result(claim(week, owner, kind)),
              { concurrency: "unbounded" }
            )
            assert.lengthOf(results.filter(Result.isSuccess), 1)
            const refusal = new ReportInProgress({ weekId: week, leaseUntil })
            for (const lost of results.filter(Result.isFailure)) {
              assertError(lost.failure, refusal)
            }
          }
        })
      )

      it.effect("exactly one of several parallel claims takes over a lease that has ended", () =>
        Effect.gen(function* () {
          const week = yield* aWeek
          yield* claim(week, "dead", kind)
          yield* TestClock.adjust("1 minute")
          const attempts = Array.from({ length: 8 }, (_, i) =>
            Effect.result(claim(week, `run ${i}`, kind))
          )
          const results = yield* Effect.all(attempts, { concurrency: "unbounded" })
          assert.lengthOf(results.filter(Result.isSuccess), 1)
        })
      )

      it.effect("another run takes the week over when the lease has ended", () =>
        Effect.gen(function* () {
          const week = yield* aWeek
          yield* claim(week, "first", kind)
          yield* TestClock.adjust("1 minute")
          const second = yield* claim(week, "second", kind)
          assert.strictEqual(second.owner, "second")
          assert.strictEqual(second.leaseUntil, leaseUntil + leaseSeconds * 1000)
        })
      )

      it.effect.prop(
        "a run that has lost its claim can change nothing",
        [anyReport],
        ([report]) =>
          Effect.gen(function* () {
            const week = yield* aWeek
            const first = yield* claim(week, "first", kind)
            yield* TestClock.adjust("1 minute")
            const second = yield* claim(week, "second", kind)
            const lost = new ClaimLost({ weekId: week })
            yield* assertFails(freeze(first, report), lost)
            yield* assertFails(confirm(first, "late"), lost)
            yield* assertFails(release(first), lost)
            yield* TestClock.adjust("59 seconds")
            const { leaseUntil } = second
            yield* assertFails(
              claim(week, "third", kind),
              new ReportInProgress({ weekId: week, leaseUntil })
            )
            yield* TestClock.adjust("1 second")
            assert.notProperty(yield* claim(week, "third", kind), "frozen")
          }),
        { arbitrary: { runs } }
      )

      it.effect("a run keeps its claim after the lease until another run takes over", () =>
        Effect.gen(function* () {
          const week = yield* aWeek
          const held = yield* claim(week, "slow", kind)
          yield* TestClock.adjust("5 minutes")
          yield* confirm(held, "late but once")
          const sent = new ReportAlreadySent({ weekId: week, messageId: "late but once" })
          yield* assertFails(claim(week, "next", kind), sent)
        })
      )

      it.effect("a run that renews its claim keeps its week for as long as it likes", () =>
        Effect.gen(function* () {
          const week = yield* aWeek
          let held = yield* claim(week, "first", kind)
          for (let minutes = 0; minutes < 20; minutes++) {
            yield* TestClock.adjust("59 seconds")
            const refusal = new ReportInProgress({ weekId: week, leaseUntil: held.leaseUntil })
            yield* assertFails(claim(week, "second", kind), refusal)
            const until = held.leaseUntil + 59_000
            held = yield* renew(held)
            assert.strictEqual(held.leaseUntil, until)
          }
          yield* TestClock.adjust("1 minute")
          assert.strictEqual((yield* claim(week, "second", kind)).owner, "second")
        })
      )

      it.effect("a claim may be renewed after its lease, until another run takes over", () =>
        Effect.gen(function* () {
          const week = yield* aWeek
          const held = yield* claim(week, "slow", kind)
          yield* TestClock.adjust("5 minutes")
          const again = yield* renew(held)
          assert.strictEqual(again.leaseUntil, leaseUntil + 300_000)
          yield* TestClock.adjust("1 minute")
          yield* claim(week, "second", kind)
          yield* assertFails(renew(again), new ClaimLost({ weekId: week }))
        })
      )

      it.effect("a renewal never makes a lease shorter, whatever the clock says", () =>
        Effect.gen(function* () {
          const week = yield* aWeek
          const held = yield* claim(week, "first", kind)
          yield* TestClock.setTime(leaseUntil - 3_600_000)
          assert.strictEqual((yield* renew(held)).leaseUntil, leaseUntil)
          const refusal = new ReportInProgress({ weekId: week, leaseUntil })
          yield* assertFails(claim(week, "second", kind), refusal)
        })
      )

      it.effect("a claim that was given back, or whose week has ended, is not renewed", () =>
        Effect.gen(function* () {
          for (const end of [release, skip, (held: Claim) => confirm(held, "message-1")]) {
            const week = yield* aWeek
            const held = yield* claim(week, "first", kind)
            yield* end(held)
            yield* assertFails(renew(held), new ClaimLost({ weekId: week }))
          }
          const week = yield* aWeek
          const invented = Claim.make({ ...entry(week), owner: "nobody", leaseUntil })
          yield* assertFails(renew(invented), new ClaimLost({ weekId: week }))
          yield* release(yield* claim(week, "first", kind))
          assert.strictEqual((yield* claim(week, "second", kind)).leaseUntil, leaseUntil)
        })
      )

      it.effect.prop(
        "a frozen report is handed to every later claim",
        [anyReport],
        ([report]) =>
          Effect.gen(function* () {
            const week = yield* aWeek
            yield* freeze(yield* claim(week, "first", kind), report)
            for (const owner of ["second", "third"]) {
              yield* TestClock.adjust("1 minute")
              const held = yield* claim(week, owner, kind)
              assert.deepStrictEqual(held.frozen, report)
            }
          }),
        { arbitrary: { runs } }
      )

      it.effect("after confirmation every claim is told that the report was sent", () =>
        Effect.gen(function* () {
          const week = yield* aWeek
          const held = yield* claim(week, "first", kind)
          yield* confirm(held, "message-1")
          const sent = new ReportAlreadySent({ weekId: week, messageId: "message-1" })
          for (const wait of ["0 seconds", "1 minute", "52 weeks"] as const) {
            yield* TestClock.adjust(wait)
            yield* assertFails(claim(week, "first", kind), sent)
            yield* assertFails(claim(week, "second", kind), sent)
          }
          const lost = new ClaimLost({ weekId: week })
          yield* assertFails(confirm(held, "message-2"), lost)
          yield* assertFails(skip(held), lost)
          yield* assertFails(release(held), lost)
          yield* assertFails(claim(week, "second", kind), sent)
        })
      )

      it.effect.prop(
        "a released week can be claimed at once, its numbers kept",
        [anyReport],
        ([report]) =>
          Effect.gen(function* () {
            const week = yield* aWeek
            const first = yield* claim(week, "first", kind)
            yield* freeze(first, report)
            yield* release(first)
            const second = yield* claim(week, "second", kind)
            assert.strictEqual(second.leaseUntil, leaseUntil)
            assert.deepStrictEqual(second.frozen, report)
            yield* assertFails(confirm(first, "late"), new ClaimLost({ weekId: week }))
          }),
        { arbitrary: { runs } }
      )

      it.effect("an e-mail that may be out is handed over so often and no more", () =>
        Effect.gen(function* () {
          const week = yield* aWeek
          for (let sends = 0; sends < sendsMax; sends++) {
            const held = yield* claim(week, `run ${sends}`, kind)
            assert.strictEqual(held.unanswered ?? 0, sends)
            yield* attempt(held)
            yield* attempt(held)
            yield* release(held)
          }
          const last = yield* claim(week, "last", kind)
          yield* assertFails(attempt(last), new SendsUnanswered({ weekId: week }))
        })
      )

      it.effect("an e-mail that is known not to be out does not count", () =>
        Effect.gen(function* () {
          const week = yield* aWeek
          const first = yield* claim(week, "first", kind)
          yield* attempt(first)
          yield* release(first)
          for (let runs = 0; runs <= sendsMax; runs++) {
            const held = yield* claim(week, `run ${runs}`, kind)
            assert.strictEqual(held.unanswered, 1)
            yield* attempt(held)
            yield* withdraw(held)
            yield* withdraw(held)
            yield* release(held)
          }
          const late = new ClaimLost({ weekId: week })
          yield* assertFails(attempt(first), late)
          yield* assertFails(withdraw(first), late)
        })
      )

      it.effect("a claim that was never made changes nothing", () =>
        Effect.gen(function* () {
          const week = yield* aWeek
          const invented = Claim.make({ ...entry(week), owner: "nobody", leaseUntil })
          yield* assertFails(confirm(invented, "never"), new ClaimLost({ weekId: week }))
          assert.strictEqual((yield* claim(week, "first", kind)).owner, "first")
        })
      )

      it.effect("weeks are held apart", () =>
        Effect.gen(function* () {
          const [one, other] = [yield* aWeek, yield* aWeek]
          yield* confirm(yield* claim(one, "run", kind), "message-1")
          assert.strictEqual((yield* claim(other, "run", kind)).weekId, other)
        })
      )

      it.effect("a skipped week refuses every later claim, and says that it was skipped", () =>
        Effect.gen(function* () {
          const week = yield* aWeek
          const held = yield* claim(week, "first", kind)
          yield* skip(held)
          yield* assertFails(claim(week, "first", kind), new ReportSkipped({ weekId: week }))
          yield* TestClock.adjust("52 weeks")
          yield* assertFails(claim(week, "second", kind), new ReportSkipped({ weekId: week }))
          const lost = new ClaimLost({ weekId: week })
          yield* assertFails(confirm(held, "late"), lost)
          yield* assertFails(freeze(held, reportOf([])), lost)
          yield* assertFails(release(held), lost)
        })
      )

      it.effect(
        "the run that has ended a week may end it so again, because the first answer may be lost",
        () =>
          Effect.gen(function* () {
            const send = (held: Claim) => confirm(held, "message-1")
            for (const [end, other] of [[send, skip] as const, [skip, send] as const]) {
              const week = yield* aWeek
              const held = yield* claim(week, "first", kind)
              yield* end(held)
              yield* end(held)
              const lost = new ClaimLost({ weekId: week })
              yield* assertFails(other(held), lost)
              yield* assertFails(end({ ...held, owner: "second" }), lost)
            }
          })
      )

      it.effect("only the holder of a week may skip it", () =>
        Effect.gen(function* () {
          const week = yield* aWeek
          const first = yield* claim(week, "first", kind)
          yield* TestClock.adjust("61 seconds")
          yield* confirm(yield* claim(week, "second", kind), "message-1")
          yield* assertFails(skip(first), new ClaimLost({ weekId: week }))
        })
      )
    })
  })
