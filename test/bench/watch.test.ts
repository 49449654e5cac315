/** Simulated sites of seeds that the rules were not made with; `bench watch` runs every hour. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { minutesMax, outages, troubles } from "../../bench/watch/Plan.ts"
import { judged } from "../../bench/watch/runWatch.ts"

const timeout = 600_000

describe("The watch over 26 simulated weeks, with holidays and a change of clocks,", () => {
  it.effect(
    "tells every trouble of a busy site once at least, and its outages within 75 minutes",
    () =>
      Effect.gen(function* () {
        const { caught, falsely } = yield* judged(
          { name: "busy", perWeek: 10_000 },
          5,
          "near a plan"
        )
        assert.deepStrictEqual(falsely, [])
        assert.deepStrictEqual(
          [...new Set(caught.map(({ trouble }) => trouble))].sort(),
          [...troubles].sort()
        )
        for (const { minutes = Number.POSITIVE_INFINITY, startMs, trouble } of caught) {
          const atMost = outages.has(trouble) ? minutesMax : Number.MAX_SAFE_INTEGER
          assert.isAtMost(minutes, atMost, `${trouble} of ${new Date(startMs).toISOString()}`)
        }
      }),
    timeout
  )

  it.effect(
    "tells nothing of a site with three questions a week",
    () =>
      Effect.gen(function* () {
        const { again, caught, falsely } = yield* judged({ name: "quiet", perWeek: 3 }, 5)
        assert.isEmpty([...again, ...falsely, ...caught.filter(({ minutes }) => minutes)])
      }),
    timeout
  )
})
