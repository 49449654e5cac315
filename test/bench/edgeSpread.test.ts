import { assert, describe, it } from "@effect/vitest"
import { spreadOf } from "../../bench/edge/spread.ts"

const around = (middle: number) => Array.from({ length: 200 }, (_, n) => middle + (n % 21) - 10)

describe("the spread of a ratio", () => {
  it("holds the ratio itself, and is the same in every run", () => {
    const [low, high] = spreadOf(around(200), around(100), 0.5)
    assert.isAtMost(low, 2)
    assert.isAtLeast(high, 2)
    assert.deepStrictEqual(spreadOf(around(200), around(100), 0.5), [low, high])
  })

  it("is none where nothing varies", () => {
    assert.deepStrictEqual(spreadOf([3, 3, 3], [2, 2], 0.99), [1.5, 1.5])
  })

  it("is wider where there is less to go by", () => {
    const widthOf = (count: number) => {
      const [low, high] = spreadOf(around(200).slice(0, count), around(100).slice(0, count), 0.99)
      return high - low
    }
    assert.isAbove(widthOf(20), widthOf(200))
  })
})
