import { assert, describe, it } from "@effect/vitest"
import { dayBars, scoreBars, trendBars } from "../../../../src/programs/reporter/render/Bars.ts"
import { WeekId } from "../../../../src/schema/IsoWeek.ts"
import { oneQuestion, quietWeek, typicalWeek } from "./reports.ts"

describe("bars", () => {
  it("are as long as their part of the longest; zero has none", () => {
    assert.deepStrictEqual(
      dayBars(typicalWeek).rows.map(({ share }) => share),
      [55, 100, 73, 82, 45, 0, 27]
    )
  })

  it("are seen even for one in a thousand", () => {
    const days = [
      { date: "2026-11-16", questions: 1 },
      { date: "2026-11-17", questions: 1000 }
    ]
    assert.deepStrictEqual(
      dayBars({ ...typicalWeek, days }).rows.map(({ rest, share }) => [share, rest]),
      [
        [2, 98],
        [100, 0]
      ]
    )
  })
})

describe("the trend", () => {
  it("ends with this week and names each by its Monday", () => {
    assert.deepStrictEqual(
      trendBars(typicalWeek)?.rows.map(({ aside, label, value }) => [label, value, aside]),
      [
        ["19 Oct", "18", "50%"],
        ["26 Oct", "0", "n/a"],
        ["2 Nov", "51", "27%"],
        ["9 Nov", "37", "32%"],
        ["16 Nov", "42", "17%"]
      ]
    )
  })

  it("is left out when there is no earlier week", () => {
    assert.isUndefined(trendBars(oneQuestion))
  })

  it("has at most eight weeks, the latest ones", () => {
    const trend = Array.from({ length: 20 }, (_, at) => ({
      weekId: WeekId.make(`2026-W${at + 20}`),
      questions: at,
      missed: at + 1
    }))
    const bars = trendBars({ ...typicalWeek, trend })
    assert.strictEqual(bars?.title, "The last 8 weeks")
    assert.deepStrictEqual(
      bars?.rows.map(({ value }) => value),
      ["13", "14", "15", "16", "17", "18", "19", "42"]
    )
    assert.strictEqual(bars?.rows[0]?.aside, "100%")
  })

  it("says when this week is not over", () => {
    const early = { ...typicalWeek, generatedAt: typicalWeek.period.startMs }
    assert.match(trendBars(early)?.caption ?? "", /so far/)
  })
})

describe("match scores", () => {
  it("are taken together by two steps, best first", () => {
    assert.deepStrictEqual(
      scoreBars(typicalWeek)?.rows.map(({ label, value }) => [label, value]),
      [
        ["Strong (0.8-1.0)", "27"],
        ["Good (0.6-0.8)", "6"],
        ["Fair (0.4-0.6)", "2"],
        ["Weak (0.2-0.4)", "2"],
        ["None (0.0-0.2)", "4"]
      ]
    )
  })

  it("are left out when no answer has a score", () => {
    assert.isUndefined(scoreBars(quietWeek))
  })
})
