import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { fireTwice } from "../../../local/demo/fireTwice.ts"

const schedule = { expression: "cron(0 7 ? * MON *)", timeZone: "Europe/Berlin" }

describe("The demo's schedule", () => {
  it.live("delivers its event twice on a Monday at seven, to a reporter that takes the time", () =>
    Effect.gen(function* () {
      const times: Array<Date> = []
      const delivery = Effect.fn("delivery")(function* () {
        times.push(new Date(yield* Clock.currentTimeMillis))
      })
      yield* fireTwice(schedule, delivery())
      assert.lengthOf(times, 2)
      for (const time of times)
        assert.deepStrictEqual([time.getUTCDay(), time.getMinutes()], [1, 0])
    })
  )

  it.live("ends when a delivery dies", () => fireTwice(schedule, Effect.die("no reporter")))
})
