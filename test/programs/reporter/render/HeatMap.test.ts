import { assert, describe, it } from "@effect/vitest"
import { heatMap, heatStep } from "../../../../src/programs/reporter/render/HeatMap.ts"
import { asked, quietWeek, typicalWeek } from "./reports.ts"

describe("the colour of a cell", () => {
  it("is the fifth of the non-zero counts that it falls in", () => {
    const counts = [0, 0, 1, 2, 3, 4, 500]
    assert.deepStrictEqual(
      counts.map((count) => heatStep(count, counts)),
      [0, 0, 1, 2, 3, 4, 5]
    )
  })

  it("is one for equal counts", () => {
    const counts = [0, 7, 7, 7]
    assert.deepStrictEqual(
      counts.map((count) => heatStep(count, counts)),
      [0, 1, 1, 1]
    )
  })

  it("is not paled by one busy hour", () => {
    const counts = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10_000]
    assert.deepStrictEqual(
      counts.map((count) => heatStep(count, counts)),
      [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    )
  })
})

describe("the map of the hours", () => {
  it("has seven days of eight cells, which add up to the questions", () => {
    const map = heatMap(typicalWeek)
    const counts = map?.rows.map(({ cells }) => cells.map(({ count }) => Number(count))) ?? []
    assert.deepStrictEqual(counts[3], [1, 0, 0, 2, 0, 6, 0, 0])
    assert.deepStrictEqual(
      counts.map((row) => row.length),
      [8, 8, 8, 8, 8, 8, 8]
    )
    assert.strictEqual(
      counts.flat().reduce((sum, n) => sum + n, 0),
      typicalWeek.questions
    )
  })

  it("puts each hour in its cell", () => {
    const map = heatMap({ ...quietWeek, ...asked([6, 20, 1], [6, 21, 2], [6, 23, 4]) })
    assert.deepStrictEqual(
      map?.rows[6]?.cells.slice(6).map(({ count, title }) => [count, title]),
      [
        ["1", "Sun 18:00 to 21:00: 1 question"],
        ["6", "Sun 21:00 to 24:00: 6 questions"]
      ]
    )
    assert.match(map?.caption ?? "", /^Busiest: Sun 21:00 to 24:00, 6 questions\. /)
  })

  it("shows each cell in exactly one colour", () => {
    for (const { cells } of heatMap(typicalWeek)?.rows ?? []) {
      for (const { steps } of cells) assert.strictEqual(steps.filter((on) => on).length, 1)
    }
  })

  it("is left out in a week without questions", () => {
    assert.isUndefined(heatMap(quietWeek))
    assert.isUndefined(heatMap({ ...typicalWeek, hours: [] }))
  })
})
