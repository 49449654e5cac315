import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { utcWeekId, WeekId } from "../../src/schema/IsoWeek.ts"

const dayMs = 86_400_000

const epochMillis = Schema.Int.check(
  Schema.isBetween({ minimum: Date.UTC(1970, 0, 1), maximum: Date.UTC(9999, 11, 31) })
)

describe("utcWeekId", () => {
  it("knows the weeks around New Year", () => {
    const known = {
      "1970-01-01": "1970-W01",
      "2018-12-31": "2019-W01",
      "2020-12-31": "2020-W53",
      "2021-01-03": "2020-W53",
      "2021-01-04": "2021-W01",
      "2022-01-02": "2021-W52",
      "2023-01-01": "2022-W52",
      "2024-12-29": "2024-W52",
      "2024-12-30": "2025-W01",
      "2026-12-31": "2026-W53",
      "2027-01-03": "2026-W53",
      "2027-01-04": "2027-W01",
      "9999-12-31": "9999-W52"
    }
    for (const [date, week] of Object.entries(known)) {
      assert.strictEqual(utcWeekId(Date.parse(date)), week, date)
    }
  })

  it("counts like a calendar read day by day from 1970 to 2100", () => {
    let [weekYear, week] = [1970, 1]
    for (let at = Date.UTC(1970, 0, 1); at < Date.UTC(2101, 0, 1); at += dayMs) {
      const day = new Date(at)
      const isMonday = day.getUTCDay() === 1
      const startsYear =
        (day.getUTCMonth() === 11 && day.getUTCDate() >= 29) ||
        (day.getUTCMonth() === 0 && day.getUTCDate() <= 4)
      if (isMonday && startsYear) [weekYear, week] = [weekYear + 1, 1]
      else if (isMonday) week += 1
      const expected = `${weekYear}-W${String(week).padStart(2, "0")}`
      if (utcWeekId(at) !== expected) assert.strictEqual(utcWeekId(at), expected, `${at}`)
      if (utcWeekId(at + dayMs - 1) !== expected) assert.fail(`the end of ${day.toISOString()}`)
    }
    assert.strictEqual(weekYear, 2100)
  })

  it("changes at midnight between Sunday and Monday", () => {
    const monday = Date.UTC(2026, 10, 16)
    assert.strictEqual(utcWeekId(monday - 1), "2026-W46")
    assert.strictEqual(utcWeekId(monday), "2026-W47")
  })
})

describe("WeekId", () => {
  const isWeekId = Schema.is(WeekId)

  it("accepts every week that a year has", () => {
    for (const id of ["2026-W01", "2026-W52", "2026-W53", "2020-W53", "1970-W01", "9999-W52"]) {
      assert.isTrue(isWeekId(id), id)
    }
  })

  it("refuses weeks that no year has", () => {
    for (const id of ["2026-W00", "2026-W54", "2026-W99"]) assert.isFalse(isWeekId(id), id)
  })

  it("accepts week 53 only in the years that have one", () => {
    const long = [1970, 1976, 1981, 1987, 1992, 1998, 2004, 2009, 2015, 2020, 2026, 2032, 2037]
    for (let year = 1970; year <= 2040; year++) {
      assert.strictEqual(isWeekId(`${year}-W53`), long.includes(year), `${year}`)
    }
  })

  it("refuses every other spelling", () => {
    const wrong = [
      "",
      "2026-47",
      "2026W47",
      "2026-W7",
      "26-W47",
      "2026-w47",
      " 2026-W47",
      "2026-W47 "
    ]
    for (const id of [...wrong, "2026-W47\n", "2026-W047", "٢٠٢٦-W47"]) {
      assert.isFalse(isWeekId(id), JSON.stringify(id))
    }
  })

  it.prop("is what utcWeekId gives for any instant", [epochMillis], ([at]) => {
    assert.isTrue(isWeekId(utcWeekId(at)))
  })
})
