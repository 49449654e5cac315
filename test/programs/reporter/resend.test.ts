import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { compose } from "../../../src/programs/reporter/compose.ts"
import { leaseSeconds } from "../../../src/programs/reporter/Lease.ts"
import { resend } from "../../../src/programs/reporter/program.ts"
import { ReportLedger } from "../../../src/services/ReportLedger.ts"
import * as CapturedLog from "../CapturedLog.ts"
import {
  askedAt,
  frozen,
  mondayMorning,
  options,
  outbox,
  runOf,
  startMs,
  week,
  world
} from "./ReporterWorld.ts"

describe("A resend", () => {
  it.effect("sends the frozen numbers once more, whatever has come in since, and says so", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* askedAt(1, startMs)
      yield* runOf()
      const report = (yield* frozen())!
      yield* askedAt(2, startMs + 1)
      yield* TestClock.adjust("3 days")
      const outcome = yield* resend(week, options)
      assert.deepStrictEqual(outcome, { weekId: week, outcome: "sent", messageId: "memory-2" })
      const [first, second, ...others] = yield* outbox
      assert.deepStrictEqual(second, compose(report, options, "resend"))
      assert.notStrictEqual(second?.subject, first?.subject)
      assert.deepStrictEqual(others, [])
      assert.deepStrictEqual(yield* frozen(), report)
      const messages = (yield* CapturedLog.CapturedLog).map(({ message }) => message)
      assert.deepStrictEqual(messages, ["report sent", "report sent again"])
    }).pipe(Effect.provide(world()))
  )

  it.effect("goes to those who are named now, as often as it is asked for", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* runOf()
      yield* resend(week, { ...options, to: ["new@example.com"] })
      yield* resend(week, options)
      assert.deepStrictEqual(
        (yield* outbox).map(({ to }) => to),
        [options.to, ["new@example.com"], options.to]
      )
    }).pipe(Effect.provide(world()))
  )

  it.effect("leaves the ledger as it is: the week stays sent as the first e-mail", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* runOf()
      yield* resend(week, options)
      assert.deepStrictEqual(yield* runOf({ owner: "run-2" }), {
        weekId: week,
        outcome: "already_done",
        messageId: "memory-1"
      })
    }).pipe(Effect.provide(world()))
  )

  it.effect("sends a quiet week that was skipped", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* runOf({}, { quietWeek: "skip" })
      yield* resend(week, { ...options, quietWeek: "skip" })
      assert.strictEqual((yield* outbox).length, 1)
    }).pipe(Effect.provide(world()))
  )

  it.effect("of a week that has expired says so, and sends nothing", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* runOf()
      yield* TestClock.setTime(startMs + 90 * 86_400_000)
      const error = yield* Effect.flip(resend(week, options))
      assert.deepInclude(error, { _tag: "WeekOutOfReach", reason: "expired" })
      assert.include(error.message, `${week} has expired`)
      assert.strictEqual((yield* outbox).length, 1)
    }).pipe(Effect.provide(world()))
  )

  it.effect("of a week without a report fails, and sends and counts nothing", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* askedAt(1, startMs)
      const error = yield* Effect.flip(resend(week, options))
      assert.deepInclude(error, { _tag: "NothingToResend", weekId: week })
      assert.include(error.message, week)
      const ledger = yield* ReportLedger
      yield* ledger.claim({ weekId: week, owner: "dead", leaseSeconds })
      assert.strictEqual((yield* Effect.flip(resend(week, options)))._tag, "NothingToResend")
      assert.deepStrictEqual(yield* outbox, [])
      assert.isUndefined(yield* frozen())
    }).pipe(Effect.provide(world()))
  )
})
