import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import {
  periodOf,
  previousWeek,
  utcWeekId,
  utcWeeksOf,
  WeekId,
  wallClock
} from "../../src/schema/IsoWeek.ts"

const hourMs = 3_600_000
const dayMs = 24 * hourMs

const zoneOf = (name: string) => DateTime.zoneMakeNamedUnsafe(name)

/** From UTC-12 to UTC+14, with half and quarter hours, and clocks that change at odd times. */
const zones = [
  "Etc/GMT+12",
  "Pacific/Pago_Pago",
  "America/Los_Angeles",
  "America/Santiago",
  "America/St_Johns",
  "UTC",
  "Europe/London",
  "Asia/Tehran",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Chatham",
  "Pacific/Kiritimati"
]

const epochMillis = Arbitrary.schema(
  Schema.Int.check(
    Schema.isBetween({ minimum: Date.UTC(1990, 0, 1), maximum: Date.UTC(2060, 0, 1) })
  )
)
const anyZone = Arbitrary.schema(Schema.Literals(zones)).pipe(Arbitrary.map(zoneOf))

/** Every week of 2020 to 2029, two of which have 53 weeks. */
const weeksOfTenYears = Array.from({ length: 522 }, (_, week) =>
  utcWeekId(Date.UTC(2020, 0, 1) + week * 7 * dayMs)
)

/** The wall-clock time by the platform's own calendar. */
const wallOf = (zone: string) => {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit"
  })
  return (at: number) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]))
    return {
      date: `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`,
      time: `${parts.get("hour")}:${parts.get("minute")}`
    }
  }
}

describe("periodOf", () => {
  const week = WeekId.make("2026-W47")

  it("is Monday to Sunday in UTC", () => {
    assert.deepStrictEqual(periodOf(week, zoneOf("UTC")), {
      weekId: week,
      timeZone: "UTC",
      startMs: Date.UTC(2026, 10, 16),
      endMs: Date.UTC(2026, 10, 23),
      days: [
        "2026-11-16",
        "2026-11-17",
        "2026-11-18",
        "2026-11-19",
        "2026-11-20",
        "2026-11-21",
        "2026-11-22"
      ]
    })
  })

  it("starts at midnight of the zone, from UTC-12 to UTC+14", () => {
    const offsets = {
      "Etc/GMT+12": -12,
      "Pacific/Pago_Pago": -11,
      "America/New_York": -5,
      "Asia/Kathmandu": 5.75,
      "Pacific/Chatham": 13.75,
      "Pacific/Kiritimati": 14
    }
    for (const [name, hours] of Object.entries(offsets)) {
      const { endMs, startMs } = periodOf(week, zoneOf(name))
      assert.strictEqual(startMs, Date.UTC(2026, 10, 16) - hours * hourMs, name)
      assert.strictEqual(endMs - startMs, 7 * dayMs, name)
    }
  })

  it("is an hour shorter when clocks go forward and an hour longer when they go back", () => {
    const hours = (id: string, zone: string) => {
      const { endMs, startMs } = periodOf(WeekId.make(id), zoneOf(zone))
      return (endMs - startMs) / hourMs
    }
    assert.strictEqual(hours("2026-W13", "Europe/London"), 167)
    assert.strictEqual(hours("2026-W43", "Europe/London"), 169)
    assert.strictEqual(hours("2026-W10", "America/New_York"), 167)
    assert.strictEqual(hours("2026-W44", "America/New_York"), 169)
    assert.strictEqual(hours("2026-W14", "Australia/Lord_Howe"), 168.5)
    assert.strictEqual(hours("2026-W40", "Australia/Lord_Howe"), 167.5)
  })

  it("starts with the first instant of a Monday that has no midnight", () => {
    const { startMs } = periodOf(WeekId.make("2021-W12"), zoneOf("Asia/Tehran"))
    assert.strictEqual(startMs, Date.UTC(2021, 2, 21, 20, 30))
    assert.deepStrictEqual(wallOf("Asia/Tehran")(startMs), { date: "2021-03-22", time: "01:00" })
  })

  it("touches the next period, for ten years in twelve zones", () => {
    for (const name of zones) {
      const zone = zoneOf(name)
      const periods = weeksOfTenYears.map((id) => periodOf(id, zone))
      for (const [index, { endMs }] of periods.slice(0, -1).entries()) {
        assert.strictEqual(endMs, periods[index + 1]?.startMs, `${name} ${weeksOfTenYears[index]}`)
      }
    }
  })

  it("starts at 00:00 of its first day by the platform's calendar, for ten years", () => {
    for (const name of zones) {
      const [zone, wall] = [zoneOf(name), wallOf(name)]
      for (const id of weeksOfTenYears) {
        if (name === "Asia/Tehran" && id === "2021-W12") continue
        const { days, startMs } = periodOf(id, zone)
        assert.deepStrictEqual(wall(startMs), { date: days[0], time: "00:00" }, `${name} ${id}`)
      }
    }
  })

  it("has seven days in a week of which the zone skipped one", () => {
    const { days, endMs, startMs } = periodOf(WeekId.make("2011-W52"), zoneOf("Pacific/Apia"))
    assert.strictEqual((endMs - startMs) / dayMs, 6)
    assert.strictEqual(days.length, 7)
  })
})

describe("previousWeek", () => {
  it("is the week that ended at the last local midnight between Sunday and Monday", () => {
    for (const name of zones) {
      const zone = zoneOf(name)
      for (const id of weeksOfTenYears) {
        const { endMs, startMs } = periodOf(id, zone)
        assert.strictEqual(previousWeek(endMs, zone), id, `${name} ${id}`)
        assert.notStrictEqual(previousWeek(endMs - 1, zone), id, `${name} ${id}`)
        assert.strictEqual(previousWeek(startMs, zone), previousWeek(endMs - 1, zone))
      }
    }
  })

  it("is another week in Kiritimati than in Pago Pago while Monday travels round the world", () => {
    const at = Date.UTC(2026, 10, 15, 10)
    assert.strictEqual(previousWeek(at, zoneOf("Pacific/Kiritimati")), "2026-W46")
    assert.strictEqual(previousWeek(at, zoneOf("UTC")), "2026-W45")
    assert.strictEqual(previousWeek(at + dayMs, zoneOf("Pacific/Pago_Pago")), "2026-W45")
  })

  it.prop(
    "ends at or before the instant, and less than eight days before",
    [epochMillis, anyZone],
    ([at, zone]) => {
      const { endMs } = periodOf(previousWeek(at, zone), zone)
      assert.isAtMost(endMs, at)
      assert.isBelow(at - endMs, 8 * dayMs)
    }
  )
})

describe("utcWeeksOf", () => {
  it.prop(
    "holds the UTC week of every instant of the period",
    [epochMillis, anyZone, Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }))],
    ([at, zone, part]) => {
      const period = periodOf(previousWeek(at, zone), zone)
      const weeks = utcWeeksOf(period)
      const within = period.startMs + Math.floor(part * (period.endMs - period.startMs - 1))
      for (const instant of [period.startMs, within, period.endMs - 1]) {
        assert.include(weeks, utcWeekId(instant))
      }
    }
  )

  it.prop(
    "holds no week that the period does not overlap, and none twice",
    [epochMillis, anyZone],
    ([at, zone]) => {
      const period = periodOf(previousWeek(at, zone), zone)
      const weeks = utcWeeksOf(period)
      assert.strictEqual(new Set(weeks).size, weeks.length)
      for (const id of weeks) {
        const utc = periodOf(id, zoneOf("UTC"))
        assert.isTrue(utc.startMs < period.endMs && period.startMs < utc.endMs, id)
      }
    }
  )

  it("is one week in UTC and two elsewhere", () => {
    const weeksIn = (zone: string): ReadonlyArray<string> =>
      utcWeeksOf(periodOf(WeekId.make("2026-W47"), zoneOf(zone)))
    assert.deepStrictEqual(weeksIn("UTC"), ["2026-W47"])
    assert.deepStrictEqual(weeksIn("Asia/Kathmandu"), ["2026-W46", "2026-W47"])
    assert.deepStrictEqual(weeksIn("America/New_York"), ["2026-W47", "2026-W48"])
  })
})

describe("wallClock", () => {
  it.prop(
    "reads like the platform's own clock",
    [epochMillis, Schema.Literals(zones)],
    ([at, name]) => {
      const iso = new Date(wallClock(at, zoneOf(name))).toISOString()
      const expected = wallOf(name)(at)
      assert.strictEqual(iso.slice(0, 16), `${expected.date}T${expected.time}`)
    }
  )
})
