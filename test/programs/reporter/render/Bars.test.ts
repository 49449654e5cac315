import { assert, describe, it } from "@effect/vitest"
import { trendBars } from "../../../../src/programs/reporter/render/Bars.ts"
import { english } from "../../../../src/programs/reporter/words/English.ts"
import { WeekId } from "../../../../src/schema/IsoWeek.ts"
import { oneQuestion, typicalWeek } from "./reports.ts"

describe("bars", () => {
  const sharesOf = (...questions: ReadonlyArray<number>) => {
    const [last = 0, ...before] = questions.toReversed()
    const trend = before
      .toReversed()
      .map((n, at) => ({ weekId: WeekId.make(`2026-W${40 + at}`), questions: n, missed: 0 }))
    return trendBars({ ...typicalWeek, questions: last, trend }, english)?.rows.map(
      ({ share }) => share
    )
  }

  it("are as long as their part of the longest; zero has none", () => {
    assert.deepStrictEqual(sharesOf(6, 11, 8, 0, 3), [55, 100, 73, 0, 27])
  })

  it("are seen even for one in a thousand", () => {
    assert.deepStrictEqual(sharesOf(1, 1000), [2, 100])
  })
})

describe("the trend", () => {
  it("ends with this week and names each by its Monday", () => {
    assert.deepStrictEqual(
      trendBars(typicalWeek, english)?.rows.map(({ aside, label, value }) => [label, value, aside]),
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
    assert.isUndefined(trendBars(oneQuestion, english))
  })

  it("has at most eight weeks, the latest ones", () => {
    const trend = Array.from({ length: 20 }, (_, at) => ({
      weekId: WeekId.make(`2026-W${at + 20}`),
      questions: at,
      missed: at + 1
    }))
    const bars = trendBars({ ...typicalWeek, trend }, english)
    assert.strictEqual(bars?.title, "The last 8 weeks")
    assert.deepStrictEqual(
      bars?.rows.map(({ value }) => value),
      ["13", "14", "15", "16", "17", "18", "19", "42"]
    )
    assert.strictEqual(bars?.rows[0]?.aside, "100%")
  })

  it("says when this week is not over", () => {
    const early = { ...typicalWeek, generatedAt: typicalWeek.period.startMs }
    assert.match(trendBars(early, english)?.caption ?? "", /so far/)
  })
})
