/** What every adapter of the ReportLedger keeps. Each test has a week of its own. */
import { assert, layer } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as TestClock from "effect/testing/TestClock"
import { utcWeekId, type WeekId } from "../../src/schema/IsoWeek.ts"
import { WeeklyReport } from "../../src/schema/report/WeeklyReport.ts"
import {
  Claim,
  ClaimLost,
  ReportAlreadySent,
  ReportInProgress,
  ReportLedger,
  ReportSkipped
} from "../../src/services/ReportLedger.ts"
import { reportOf } from "../schema/report/WeeklyExamples.ts"

const now = Date.UTC(2026, 10, 23, 7)
const leaseSeconds = 60
const weekMs = 7 * 86_400_000

const reportJson = Schema.fromJsonString(WeeklyReport)

const startMs = now - weekMs
const endOfLife = startMs + 90 * 86_400_000

/** Any report of the last week as JSON keeps it: with one zero, not two. */
const anyReport = Arbitrary.schema(WeeklyReport).pipe(
  Arbitrary.map((report) => ({ ...report, period: { ...report.period, startMs } })),
  Arbitrary.map((report) => Schema.decodeSync(reportJson)(Schema.encodeSync(reportJson)(report)))
)

const claim = (weekId: WeekId, owner: string) =>
  ReportLedger.use((ledger) => ledger.claim({ weekId, owner, leaseSeconds }))
const freeze = (held: Claim, report: WeeklyReport) =>
  ReportLedger.use((ledger) => ledger.freeze(held, report))
const confirm = (held: Claim, messageId: string) =>
  ReportLedger.use((ledger) => ledger.confirm(held, messageId))
const skip = (held: Claim) => ReportLedger.use((ledger) => ledger.skip(held))
const release = (held: Claim) => ReportLedger.use((ledger) => ledger.release(held))
const reports = (weekIds: ReadonlyArray<WeekId>) =>
  ReportLedger.use((ledger) => ledger.reports(weekIds))

const assertFails = Effect.fnUntraced(function* <E, R>(
  effect: Effect.Effect<unknown, E, R>,
  expected: E
) {
  assert.deepStrictEqual(yield* Effect.flip(effect), expected)
})

const leaseUntil = now + leaseSeconds * 1000

export const suite = (name: string, ledgerLayer: Layer.Layer<ReportLedger, unknown>) =>
  layer(ledgerLayer)(`${name} keeps the contract of the report ledger:`, (it) => {
    let weeks = 0
    /** A week that no other test has, at the start of the current time. */
    const aWeek = Effect.gen(function* () {
      yield* TestClock.setTime(now)
      weeks += 1
      return utcWeekId(weeks * weekMs)
    })

    it.effect("the first claim of a week holds it for the length of its lease", () =>
      Effect.gen(function* () {
        const week = yield* aWeek
        const held = yield* claim(week, "first")
        assert.deepStrictEqual(held, Claim.make({ weekId: week, owner: "first", leaseUntil }))
      })
    )

    it.effect("a week that is held refuses every other run and says how long", () =>
      Effect.gen(function* () {
        const week = yield* aWeek
        yield* claim(week, "first")
        yield* TestClock.adjust("59999 millis")
        const refusal = new ReportInProgress({ weekId: week, leaseUntil })
        yield* assertFails(claim(week, "second"), refusal)
        yield* assertFails(claim(week, "third"), refusal)
      })
    )

    it.effect.prop(
      "who holds a week may claim it again, for the answer to the first try may be lost",
      [anyReport],
      ([report]) =>
        Effect.gen(function* () {
          const week = yield* aWeek
          const held = yield* claim(week, "first")
          assert.deepStrictEqual(yield* claim(week, "first"), held)
          yield* freeze(held, report)
          yield* TestClock.adjust("10 seconds")
          const again = yield* claim(week, "first")
          assert.deepStrictEqual(
            again,
            Claim.make({ ...held, leaseUntil: leaseUntil + 10_000, frozen: report })
          )
          yield* confirm(again, "message-1")
          const sent = new ReportAlreadySent({ weekId: week, messageId: "message-1" })
          yield* assertFails(claim(week, "first"), sent)
        })
    )

    it.effect("of claims in parallel exactly one wins", () =>
      Effect.gen(function* () {
        for (let round = 0; round < 10; round++) {
          const week = yield* aWeek
          const owners = Array.from({ length: 8 }, (_, i) => `run ${i}`)
          const results = yield* Effect.forEach(
            owners,
            (owner) => Effect.result(claim(week, owner)),
            { concurrency: "unbounded" }
          )
          assert.lengthOf(results.filter(Result.isSuccess), 1)
          const refusal = new ReportInProgress({ weekId: week, leaseUntil })
          for (const lost of results.filter(Result.isFailure)) {
            assert.deepStrictEqual(lost.failure, refusal)
          }
        }
      })
    )

    it.effect("of claims in parallel on a lease that has ended exactly one wins", () =>
      Effect.gen(function* () {
        const week = yield* aWeek
        yield* claim(week, "dead")
        yield* TestClock.adjust("1 minute")
        const attempts = Array.from({ length: 8 }, (_, i) => Effect.result(claim(week, `run ${i}`)))
        const results = yield* Effect.all(attempts, { concurrency: "unbounded" })
        assert.lengthOf(results.filter(Result.isSuccess), 1)
      })
    )

    it.effect("when the lease has ended another run takes the week over", () =>
      Effect.gen(function* () {
        const week = yield* aWeek
        yield* claim(week, "first")
        yield* TestClock.adjust("1 minute")
        const second = yield* claim(week, "second")
        assert.strictEqual(second.owner, "second")
        assert.strictEqual(second.leaseUntil, leaseUntil + leaseSeconds * 1000)
      })
    )

    it.effect.prop("who has lost a claim can change nothing", [anyReport], ([report]) =>
      Effect.gen(function* () {
        const week = yield* aWeek
        const first = yield* claim(week, "first")
        yield* TestClock.adjust("1 minute")
        const second = yield* claim(week, "second")
        const lost = new ClaimLost({ weekId: week })
        yield* assertFails(freeze(first, report), lost)
        yield* assertFails(confirm(first, "late"), lost)
        yield* assertFails(release(first), lost)
        yield* TestClock.adjust("59 seconds")
        const { leaseUntil } = second
        yield* assertFails(claim(week, "third"), new ReportInProgress({ weekId: week, leaseUntil }))
        yield* TestClock.adjust("1 second")
        assert.notProperty(yield* claim(week, "third"), "frozen")
      })
    )

    it.effect("a lease that has ended is no loss while nobody takes over", () =>
      Effect.gen(function* () {
        const week = yield* aWeek
        const held = yield* claim(week, "slow")
        yield* TestClock.adjust("5 minutes")
        yield* confirm(held, "late but once")
        const sent = new ReportAlreadySent({ weekId: week, messageId: "late but once" })
        yield* assertFails(claim(week, "next"), sent)
      })
    )

    it.effect.prop("a frozen report is handed to every later claim", [anyReport], ([report]) =>
      Effect.gen(function* () {
        const week = yield* aWeek
        yield* freeze(yield* claim(week, "first"), report)
        for (const owner of ["second", "third"]) {
          yield* TestClock.adjust("1 minute")
          const held = yield* claim(week, owner)
          assert.deepStrictEqual(held.frozen, report)
        }
      })
    )

    it.effect("after confirmation every claim is told that the report was sent", () =>
      Effect.gen(function* () {
        const week = yield* aWeek
        const held = yield* claim(week, "first")
        yield* confirm(held, "message-1")
        const sent = new ReportAlreadySent({ weekId: week, messageId: "message-1" })
        for (const wait of ["0 seconds", "1 minute", "52 weeks"] as const) {
          yield* TestClock.adjust(wait)
          yield* assertFails(claim(week, "first"), sent)
          yield* assertFails(claim(week, "second"), sent)
        }
        const lost = new ClaimLost({ weekId: week })
        yield* assertFails(confirm(held, "message-2"), lost)
        yield* assertFails(skip(held), lost)
        yield* assertFails(release(held), lost)
        yield* assertFails(claim(week, "second"), sent)
      })
    )

    it.effect.prop(
      "a released week can be claimed at once, its numbers kept",
      [anyReport],
      ([report]) =>
        Effect.gen(function* () {
          const week = yield* aWeek
          const first = yield* claim(week, "first")
          yield* freeze(first, report)
          yield* release(first)
          const second = yield* claim(week, "second")
          assert.strictEqual(second.leaseUntil, leaseUntil)
          assert.deepStrictEqual(second.frozen, report)
          yield* assertFails(confirm(first, "late"), new ClaimLost({ weekId: week }))
        })
    )

    it.effect("nobody holds a week that nobody has claimed", () =>
      Effect.gen(function* () {
        const week = yield* aWeek
        const invented = Claim.make({ weekId: week, owner: "nobody", leaseUntil })
        yield* assertFails(confirm(invented, "never"), new ClaimLost({ weekId: week }))
        assert.strictEqual((yield* claim(week, "first")).owner, "first")
      })
    )

    it.effect("weeks are held apart", () =>
      Effect.gen(function* () {
        const [one, other] = [yield* aWeek, yield* aWeek]
        yield* confirm(yield* claim(one, "run"), "message-1")
        assert.strictEqual((yield* claim(other, "run")).weekId, other)
      })
    )

    it.effect.prop(
      "the frozen reports of weeks come in the order that they are asked for",
      [anyReport],
      ([report]) =>
        Effect.gen(function* () {
          const some = [0, 1, 2].map((deadLetters) => ({ ...report, deadLetters }))
          const frozen = yield* Effect.forEach(some, (each) =>
            Effect.gen(function* () {
              const week = yield* aWeek
              yield* freeze(yield* claim(week, "run"), each)
              return week
            })
          )
          assert.deepStrictEqual(yield* reports(frozen), some)
          assert.deepStrictEqual(yield* reports(frozen.toReversed()), some.toReversed())
        })
    )

    it.effect.prop(
      "weeks without a report are left out, and no week at all is no report",
      [anyReport],
      ([report]) =>
        Effect.gen(function* () {
          const [never, claimed, frozen] = [yield* aWeek, yield* aWeek, yield* aWeek]
          yield* claim(claimed, "run")
          yield* freeze(yield* claim(frozen, "run"), report)
          assert.deepStrictEqual(yield* reports([never, frozen, claimed]), [report])
          assert.deepStrictEqual(yield* reports([never, claimed]), [])
          assert.deepStrictEqual(yield* reports([]), [])
        })
    )

    it.effect.prop(
      "a report is told of when it is frozen, released, sent, and until its week expires",
      [anyReport],
      ([report]) =>
        Effect.gen(function* () {
          const week = yield* aWeek
          const first = yield* claim(week, "first")
          yield* freeze(first, report)
          assert.deepStrictEqual(yield* reports([week]), [report])
          yield* release(first)
          assert.deepStrictEqual(yield* reports([week]), [report])
          yield* confirm(yield* claim(week, "second"), "message-1")
          yield* TestClock.setTime(endOfLife - 1)
          assert.deepStrictEqual(yield* reports([week]), [report])
          yield* TestClock.setTime(endOfLife)
          assert.deepStrictEqual(yield* reports([week]), [])
        })
    )

    it.effect("a quiet week that was skipped is done for every run, and says that it was", () =>
      Effect.gen(function* () {
        const week = yield* aWeek
        const held = yield* claim(week, "first")
        yield* skip(held)
        yield* assertFails(claim(week, "first"), new ReportSkipped({ weekId: week }))
        yield* TestClock.adjust("52 weeks")
        yield* assertFails(claim(week, "second"), new ReportSkipped({ weekId: week }))
        const lost = new ClaimLost({ weekId: week })
        yield* assertFails(confirm(held, "late"), lost)
        yield* assertFails(freeze(held, reportOf([])), lost)
        yield* assertFails(release(held), lost)
      })
    )

    it.effect("who has ended a week may end it so again, for the first answer may be lost", () =>
      Effect.gen(function* () {
        const send = (held: Claim) => confirm(held, "message-1")
        for (const [end, other] of [[send, skip] as const, [skip, send] as const]) {
          const week = yield* aWeek
          const held = yield* claim(week, "first")
          yield* end(held)
          yield* end(held)
          const lost = new ClaimLost({ weekId: week })
          yield* assertFails(other(held), lost)
          yield* assertFails(end({ ...held, owner: "second" }), lost)
        }
      })
    )

    it.effect("only who holds a week may skip it", () =>
      Effect.gen(function* () {
        const week = yield* aWeek
        const first = yield* claim(week, "first")
        yield* TestClock.adjust("61 seconds")
        yield* confirm(yield* claim(week, "second"), "message-1")
        yield* assertFails(skip(first), new ClaimLost({ weekId: week }))
      })
    )
  })
