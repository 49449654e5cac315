import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as TestClock from "effect/testing/TestClock"
import { minutesOfRate, nextAfter, run, toCron } from "../../infra/definitions/Schedule.ts"

const mondays = { expression: "cron(0 7 ? * MON *)", timeZone: "Europe/Berlin" }

const at = (iso: string): number => DateTime.makeUnsafe(iso).epochMilliseconds

describe("a schedule", () => {
  it("fires at the same hour of its time zone before and after the clocks change", () => {
    const cron = Result.getOrThrow(toCron(mondays))
    const times = [at("2026-10-17T00:00:00Z")]
    for (let n = 0; n < 3; n++) times.push(nextAfter(cron, times[n]!))
    assert.deepStrictEqual(
      times.slice(1).map((time) => DateTime.formatIso(DateTime.makeUnsafe(time))),
      ["2026-10-19T05:00:00.000Z", "2026-10-26T06:00:00.000Z", "2026-11-02T06:00:00.000Z"]
    )
  })

  it("of a rate fires every so many minutes, and any other expression has no rate", () => {
    assert.strictEqual(minutesOfRate("rate(1 minute)"), 1)
    assert.strictEqual(minutesOfRate("rate(15 minutes)"), 15)
    for (const other of ["rate(0 minutes)", "rate(7 days)", "rate(minutes)", mondays.expression]) {
      assert.isUndefined(minutesOfRate(other), other)
    }
  })

  const refused = [
    "rate(7 days)",
    "cron(0 7 ? * 2 *)",
    "cron(0 7 ? * MON 2026)",
    "cron(0 7 ? * SOMEDAY *)",
    "cron(0 99 ? * MON *)"
  ]
  for (const expression of refused) {
    it(`that says ${expression} is refused with what was expected`, () => {
      const refusal = Result.getOrThrow(Result.flip(toCron({ ...mondays, expression })))
      const expected = "expected cron(minute hour ? month MON-SUN *)"
      assert.strictEqual(refusal.message, `${expression}: ${expected}`)
    })
  }

  it.effect("fires once each week, though the last firing still goes on", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(at("2026-11-20T12:00:00Z"))
      let fired = 0
      const fire = Effect.andThen(
        Effect.sync(() => fired++),
        Effect.never
      )
      yield* Effect.forkScoped(run(Result.getOrThrow(toCron(mondays)), fire))
      yield* TestClock.setTime(at("2026-11-23T05:59:59Z"))
      assert.strictEqual(fired, 0)
      yield* TestClock.setTime(at("2026-11-23T06:00:00Z"))
      assert.strictEqual(fired, 1)
      yield* TestClock.setTime(at("2026-11-30T05:59:59Z"))
      assert.strictEqual(fired, 1)
      yield* TestClock.setTime(at("2026-11-30T06:00:00Z"))
      assert.strictEqual(fired, 2)
    })
  )
})
