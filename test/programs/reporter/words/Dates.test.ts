import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import { english } from "../../../../src/programs/reporter/words/English.ts"
import { periodOf, WeekId } from "../../../../src/schema/IsoWeek.ts"

const { instant, longRange, mondayOf, shortDay, shortRange } = english.dates

const period = (week: string) =>
  periodOf(WeekId.make(week), DateTime.zoneMakeNamedUnsafe("Pacific/Auckland"))

describe("dates in words", () => {
  it.each([
    ["2026-W47", "16-22 Nov 2026", "Monday 16 to Sunday 22 November 2026"],
    ["2026-W49", "30 Nov-6 Dec 2026", "Monday 30 November to Sunday 6 December 2026"],
    ["2026-W53", "28 Dec 2026-3 Jan 2027", "Monday 28 December 2026 to Sunday 3 January 2027"]
  ])("gives the first and the last day of %s", (week, short, long) => {
    assert.strictEqual(shortRange(period(week)), short)
    assert.strictEqual(longRange(period(week)), long)
  })

  it("gives the week's id when the days cannot be read", () => {
    const unreadable = { ...period("2026-W47"), days: ["someday"] }
    assert.strictEqual(shortRange(unreadable), "2026-W47")
    assert.strictEqual(longRange({ ...unreadable, days: [] }), "2026-W47")
  })

  it("names a day of the week, or repeats an unreadable date", () => {
    assert.deepStrictEqual(["2026-11-16", "2026-11-22", "x"].map(shortDay), [
      "Mon 16",
      "Sun 22",
      "x"
    ])
  })

  it("names a week by its Monday", () => {
    const weeks = ["2026-W01", "2026-W47", "2027-W01"].map((week) => mondayOf(WeekId.make(week)))
    assert.deepStrictEqual(weeks, ["29 Dec", "16 Nov", "4 Jan"])
  })

  it("reads an instant from the clocks of the zone, summer time included", () => {
    const winter = Date.UTC(2026, 10, 22, 23, 5)
    const summer = Date.UTC(2026, 6, 5, 23, 5)
    assert.strictEqual(
      instant(winter, "Europe/Berlin"),
      "Monday 23 November 2026, 00:05 (Europe/Berlin)"
    )
    assert.strictEqual(
      instant(winter, "America/New_York"),
      "Sunday 22 November 2026, 18:05 (America/New_York)"
    )
    assert.strictEqual(
      instant(summer, "Europe/Berlin"),
      "Monday 6 July 2026, 01:05 (Europe/Berlin)"
    )
    assert.strictEqual(instant(winter, "+05:30"), "Monday 23 November 2026, 04:35 (+05:30)")
  })

  it("reads an instant in UTC when the zone is unknown", () => {
    assert.strictEqual(instant(0, "Atlantis/Capital"), "Thursday 1 January 1970, 00:00 (UTC)")
    assert.strictEqual(instant(Number.MAX_SAFE_INTEGER, "UTC"), "at an unknown time")
  })
})
