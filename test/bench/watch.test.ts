/** Simulated sites of seeds that the rules were not made with; `bench watch` runs every hour. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { minutesMax, outages } from "../../bench/watch/Plan.ts"
import { judged } from "../../bench/watch/runWatch.ts"

const timeout = 600_000

describe("The watch over 26 simulated weeks, with holidays and a change of clocks,", () => {
  it.effect(
    "tells every outage of a busy site within 75 minutes",
    () =>
      Effect.gen(function* () {
        const { caught } = yield* judged({ name: "busy", perWeek: 10_000 }, 5, "near a plan")
        const planted = caught.filter(({ trouble }) => outages.has(trouble))
        assert.isAtLeast(planted.length, 10)
        for (const { minutes = Number.POSITIVE_INFINITY, startMs, trouble } of planted) {
          assert.isAtMost(minutes, minutesMax, `${trouble} of ${new Date(startMs).toISOString()}`)
        }
      }),
    timeout
  )

  it.effect(
    "tells nothing of a site with three questions a week",
    () =>
      Effect.gen(function* () {
        const { again, falsely } = yield* judged({ name: "quiet", perWeek: 3, isCalm: true }, 5)
        assert.deepStrictEqual([...again, ...falsely], [])
      }),
    timeout
  )
})
