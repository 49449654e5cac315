import { assert, describe, it } from "@effect/vitest"
import { heatMap, heatStep } from "../../../../src/programs/reporter/render/HeatMap.ts"
import { english } from "../../../../src/programs/reporter/words/English.ts"
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
  it("has seven days of six cells, which add up to the day and to the questions", () => {
    const map = heatMap(typicalWeek, english)
    const counts = map?.rows.map(({ cells }) => cells.map(({ count }) => Number(count))) ?? []
    assert.deepStrictEqual(counts[3], [1, 0, 2, 0, 6, 0])
    assert.deepStrictEqual(
      map?.rows.map(({ day, total }) => [day, total]),
      [
        ["Mon 16", "6"],
        ["Tue 17", "11"],
        ["Wed 18", "8"],
        ["Thu 19", "9"],
        ["Fri 20", "5"],
        ["Sat 21", "0"],
        ["Sun 22", "3"]
      ]
    )
    assert.strictEqual(
      counts.flat().reduce((sum, n) => sum + n, 0),
      typicalWeek.questions
    )
  })

  it("puts each hour in its cell", () => {
    const map = heatMap({ ...quietWeek, ...asked([6, 19, 1], [6, 20, 2], [6, 23, 4]) }, english)
    assert.deepStrictEqual(
      map?.rows[6]?.cells.slice(4).map(({ count, title }) => [count, title]),
      [
        ["1", "Sun 22, 16:00 to 20:00: 1 question"],
        ["6", "Sun 22, 20:00 to 24:00: 6 questions"]
      ]
    )
    assert.match(map?.caption ?? "", /^Busiest: Sun 22, 20:00 to 24:00, 6 questions\. /)
  })

  it("ends with today while the week is not over, by the zone's own clock", () => {
    const daysAt = (hour: number) =>
      heatMap(
        {
          ...typicalWeek,
          period: { ...typicalWeek.period, timeZone: "Pacific/Auckland" },
          generatedAt: Date.UTC(2026, 10, 18, hour)
        },
        english
      )?.rows.map(({ day }) => day)
    assert.deepStrictEqual(daysAt(10), ["Mon 16", "Tue 17", "Wed 18"])
    assert.deepStrictEqual(daysAt(11), ["Mon 16", "Tue 17", "Wed 18", "Thu 19"])
  })

  it("shows each cell in exactly one colour", () => {
    for (const { cells } of heatMap(typicalWeek, english)?.rows ?? []) {
      for (const { steps } of cells) assert.strictEqual(steps.filter((on) => on).length, 1)
    }
  })

  it("is left out in a week without questions", () => {
    assert.isUndefined(heatMap(quietWeek, english))
    assert.isUndefined(heatMap({ ...typicalWeek, hours: [] }, english))
    assert.isUndefined(heatMap({ ...typicalWeek, days: [] }, english))
  })
})
