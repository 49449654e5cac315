/** The log lines behind the reporter's alarms: one for a settled week, one for a failure. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as TestClock from "effect/testing/TestClock"
import { pointsOf } from "../../../local/cloudwatch/MetricPoint.ts"
import { countingFailures } from "../../../src/programs/reporter/ReportMetrics.ts"
import { MailRejected } from "../../../src/services/Mailer.ts"
import { ReportLedger } from "../../../src/services/ReportLedger.ts"
import * as CapturedLog from "../CapturedLog.ts"
import {
  askedAt,
  mailerAfter,
  mondayMorning,
  runOf,
  startMs,
  week,
  world
} from "./ReporterWorld.ts"

/** The values of the lines that are metrics, read as CloudWatch reads them. */
const metrics = Effect.map(CapturedLog.CapturedLog, (lines) =>
  lines.flatMap(({ fields }) =>
    pointsOf(JSON.stringify(fields)).map(({ dimensions, metric, namespace, value }) => {
      assert.deepStrictEqual([namespace, dimensions], ["cv-analytics", {}])
      return [metric, value]
    })
  )
)

const failing = (error: MailRejected) => mailerAfter(Effect.fail(error))

describe("The reporter's metrics", () => {
  it.effect("count a week as settled when its e-mail is confirmed, and when it is found so", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* runOf().pipe(countingFailures)
      yield* runOf({ owner: "run-2" }).pipe(countingFailures)
      assert.deepStrictEqual(yield* metrics, [
        ["ReportSent", 1],
        ["ReportSent", 1]
      ])
    }).pipe(Effect.provide(world()))
  )

  it.effect("count a quiet week that was skipped as settled too", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      assert.include(yield* runOf({}, { quietWeek: "skip" }), { outcome: "skipped" })
      assert.deepStrictEqual(yield* metrics, [["ReportSent", 1]])
    }).pipe(Effect.provide(world({ deadLetters: Option.some(0) })))
  )

  it.effect("do not count the report of a week that is not over", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(startMs + 1000)
      yield* askedAt(1, startMs)
      assert.include(yield* runOf({ weekId: week }), { outcome: "sent" })
      assert.include(yield* runOf({ weekId: week, owner: "run-2" }), { outcome: "already_done" })
      assert.deepStrictEqual(yield* metrics, [])
    }).pipe(Effect.provide(world()))
  )

  it.effect("count a failure and pass it on to the platform", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      const error = yield* Effect.flip(countingFailures(runOf()))
      assert.strictEqual(error._tag, "MailRejected")
      assert.deepStrictEqual(yield* metrics, [["ReportFailed", 1]])
      const line = (yield* CapturedLog.CapturedLog).find((l) => l.message === "report failed")
      assert.strictEqual(line?.level, "Error")
    }).pipe(Effect.provide(world({ mailer: failing(new MailRejected({ detail: "no" })) })))
  )

  it.effect("count a defect, and a request that cannot be read", () =>
    Effect.gen(function* () {
      yield* Effect.exit(countingFailures(Effect.die(new Error("unforeseen"))))
      yield* Effect.exit(countingFailures(Effect.fail("unreadable")))
      assert.deepStrictEqual(yield* metrics, [
        ["ReportFailed", 1],
        ["ReportFailed", 1]
      ])
    }).pipe(Effect.provide(CapturedLog.layer))
  )

  it.effect("do not count a run that leaves the week to another one", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      const ledger = yield* ReportLedger
      yield* ledger.claim({ weekId: week, owner: "slow", leaseSeconds: 900 })
      const late = yield* Effect.forkChild(countingFailures(runOf()))
      yield* TestClock.adjust("5 minutes")
      assert.include(yield* Fiber.join(late), { weekId: week, outcome: "held" })
      assert.deepStrictEqual(yield* metrics, [])
    }).pipe(Effect.provide(world()))
  )
})
