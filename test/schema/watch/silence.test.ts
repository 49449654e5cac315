/** How many visitors a silence is measured by, over changes of clocks too. */
import { assert, describe, it } from "@effect/vitest"
import { periodOf, WeekId, weeksBefore } from "../../../src/schema/IsoWeek.ts"
import { usualVisitors } from "../../../src/schema/watch/silence.ts"
import { usualOf } from "../../../src/schema/watch/Usual.ts"
import { quietWeek } from "../../programs/reporter/render/reports.ts"
import { zone } from "../report/WeeklyExamples.ts"

const hourMs = 3_600_000

/** In the week after the clocks went forward. */
const now = Date.UTC(2027, 2, 30, 9, 7)

/** Busy from nine to five. */
const usual = usualOf(
  weeksBefore(WeekId.make("2027-W13"), 8).map((weekId) => {
    const period = periodOf(weekId, zone)
    const day = Array.from({ length: 24 }, (_, hour) => (hour >= 9 && hour < 17 ? 100 : 0))
    const hours = Array.from({ length: 7 }, () => day)
    return {
      ...quietWeek,
      period,
      generatedAt: period.endMs,
      questions: 5600,
      sessions: 5600,
      hours
    }
  })
)

const visitors = (startMs: number, endMs: number) => usualVisitors({ startMs, endMs }, usual, zone)

describe("The visitors usual in a silence", () => {
  it("are those of its hours, by the clock on the wall", () => {
    assert.strictEqual(visitors(now - 30 * 60_000, now), 50)
    assert.strictEqual(visitors(now - 24 * hourMs, now), 800)
    assert.strictEqual(Math.round(visitors(now - 7 * 24 * hourMs, now)), 5700)
  })

  it("are none where the last question is younger than the way of its event", () => {
    assert.strictEqual(visitors(now - 60_000, now - 120_000), 0)
  })
})
