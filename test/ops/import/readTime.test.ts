import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import { readTime } from "../../../ops/import/readTime.ts"

const zone = DateTime.zoneMakeNamedUnsafe("Europe/Berlin")

const zoned = [
  "2026-11-03T09:30:00Z",
  "2026-11-03T09:30Z",
  "2026-11-03T09:30:00 Z",
  "2026-11-03T09:30:00.000+00:00",
  "2026-11-03T10:30:00+0100",
  "2026-11-03T10:30:00+01",
  "2026-11-03T10:30:00+01:00[Europe/Berlin]",
  "2026-11-03 09:30:00 UTC",
  "2026-11-03 09:30:00 +0000 UTC",
  "20261103T093000Z",
  "Tue, 03 Nov 2026 09:30:00 GMT",
  "Tue, 3 Nov 2026 04:30:00 -0500",
  "Tue, 3 Nov 2026 04:30:00 EST",
  "Tue Nov  3 09:30:00 UTC 2026",
  "Tue Nov 03 2026 10:30:00 GMT+0100 (Central European Standard Time)",
  "03/Nov/2026:10:30:00 +0100",
  "1793698200",
  "1793698200.0",
  "1793698200000",
  "1793698200000000",
  "1793698200000000000",
  1793698200,
  1793698200000
]

const bare = [
  "2026-11-03 10:30",
  "2026-11-03T10:30:00",
  "2026-11-03 10:30:00.000",
  "2026-11-03 10:30:00,000",
  "2026/11/03 10:30",
  "2026-11-3 10:30",
  "2026-11-03 10:30 am",
  "3.11.2026 10:30",
  "03.11.2026, 10:30:00",
  "3 Nov 2026 10:30",
  "3. November 2026 10:30",
  "Nov 3, 2026, 10:30:00\u202fAM",
  "November 3rd, 2026 at 10:30 AM",
  "Tuesday, 3 November 2026 10:30"
]

const none = [
  "",
  "5",
  "2026",
  "yesterday",
  "may",
  "12:30",
  "2026-02-30",
  "2026-11-03T24:30:00Z",
  "2026-11-03 13:30 PM",
  "3 Nov 2026 10:30 IST",
  "11/13/2026 at noon"
]

describe("a time", () => {
  for (const text of zoned) {
    it(`is read with its zone: ${text}`, () => {
      const read = readTime(text, { zone })
      assert.deepStrictEqual(read, { ms: Date.UTC(2026, 10, 3, 9, 30), isBare: false })
    })
  }

  for (const text of bare) {
    it(`is read in the site's zone: ${text}`, () => {
      const read = readTime(text, { zone })
      assert.deepStrictEqual(read, { ms: Date.UTC(2026, 10, 3, 9, 30), isBare: true })
    })
  }

  for (const text of none) {
    it(`is none: ${JSON.stringify(text)}`, () => {
      assert.isUndefined(readTime(text, { zone }))
    })
  }

  const dates = [
    ["23/11/2026 14:05", "dmy", Date.UTC(2026, 10, 23, 13, 5)],
    ["11/23/2026 2:05 PM", "mdy", Date.UTC(2026, 10, 23, 13, 5)],
    ["11/23/26 2:05 PM", "mdy", Date.UTC(2026, 10, 23, 13, 5)],
    ["03/04/2026", "either", undefined]
  ] as const
  for (const [text, order, ms] of dates) {
    it(`tells which of day and month comes first: ${text}`, () => {
      assert.deepStrictEqual(readTime(text, { zone }), { ms, isBare: true, order })
    })
  }

  it("is read in the order that is given", () => {
    const at = (order: "dmy" | "mdy") => readTime("03/04/2026", { zone, order })?.ms
    assert.strictEqual(at("dmy"), Date.UTC(2026, 3, 2, 22))
    assert.strictEqual(at("mdy"), Date.UTC(2026, 2, 3, 23))
  })

  it("has the hour of the zone on each side of its change", () => {
    const utc = (text: string) => new Date(readTime(text, { zone })?.ms ?? 0).toISOString()
    assert.strictEqual(utc("2026-10-25 01:30"), "2026-10-24T23:30:00.000Z")
    assert.strictEqual(utc("2026-10-25 03:30"), "2026-10-25T02:30:00.000Z")
  })
})
