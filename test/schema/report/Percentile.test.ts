import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import { addTime, percentiles } from "../../../src/schema/report/Percentile.ts"

const countsOf = (values: ReadonlyArray<number>): ReadonlyMap<number, number> => {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

/** The value at its rank in the sorted list; in whole numbers, so that no rank rounds wrongly. */
const naive = (values: ReadonlyArray<number>) => {
  const sorted = Float64Array.from(values).sort()
  const at = (percent: number) =>
    sorted[Math.max(1, Math.floor((percent * values.length + 99) / 100)) - 1]
  return { p50: at(50), p95: at(95), p99: at(99) }
}

const milliseconds = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 60_000 }))
const someValues = Arbitrary.array(Arbitrary.schema(milliseconds), {
  minLength: 1,
  maxLength: 400
})

/** The same long-tailed values in every run. */
const longTail = (length: number): ReadonlyArray<number> => {
  let state = 42
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.round(20 / (1 - state / 2 ** 32))
  })
}

describe("Percentiles", () => {
  it("leave out a time that nobody told", () => {
    const times = new Map<number, number>()
    for (const time of [0, 120, 0]) addTime(times, time, 1000)
    assert.deepStrictEqual([...times], [[120, 1]])
  })

  it("do not exist without values", () => {
    assert.isUndefined(percentiles(new Map()))
  })

  it.prop("are those of a naive sort", [someValues], ([values]) => {
    assert.deepStrictEqual<unknown>(percentiles(countsOf(values)), naive(values))
  })

  it("are exact for 100,000 values with a long tail, and for every count up to 1,000", () => {
    const values = longTail(100_000)
    assert.isAbove(new Set(values).size, 1000)
    assert.deepStrictEqual<unknown>(percentiles(countsOf(values)), naive(values))
    for (let length = 1; length <= 1000; length++) {
      const some = values.slice(0, length)
      assert.deepStrictEqual<unknown>(percentiles(countsOf(some)), naive(some), `${length}`)
    }
  })

  it("are exact for every count of distinct values at the round numbers", () => {
    for (const length of [20, 100, 1000, 10_000, 100_000]) {
      const values = Array.from({ length }, (_, n) => n + 1)
      assert.deepStrictEqual(percentiles(countsOf(values)), {
        p50: length * 0.5,
        p95: (length / 100) * 95,
        p99: Math.ceil((length / 100) * 99)
      })
    }
  })

  it.prop("are values that were seen, in order", [someValues], ([values]) => {
    const { p50, p95, p99 } = percentiles(countsOf(values))!
    assert.includeMembers([...values], [p50, p95, p99])
    assert.isAtMost(p50, p95)
    assert.isAtMost(p95, p99)
  })

  it.prop(
    "have their share of all values at or below them, and less than it below",
    [someValues],
    ([values]) => {
      const { p95 } = percentiles(countsOf(values))!
      const share = (20 * values.filter((value) => value <= p95).length) / values.length
      assert.isAtLeast(share, 19)
      assert.isBelow((20 * values.filter((value) => value < p95).length) / values.length, 19)
    }
  )

  it.prop("do not depend on the order of arrival", [someValues], ([values]) => {
    assert.deepStrictEqual(
      percentiles(countsOf(values.toReversed())),
      percentiles(countsOf(values))
    )
  })

  it.prop("grow with a larger value and never fall", [someValues], ([values]) => {
    const before = percentiles(countsOf(values))!
    const after = percentiles(countsOf([...values, 100_000]))!
    for (const p of ["p50", "p95", "p99"] as const) assert.isAtLeast(after[p], before[p])
  })
})
