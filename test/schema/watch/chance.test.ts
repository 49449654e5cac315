import { assert, describe, it } from "@effect/vitest"
import { chanceOfCount, chanceOfHits } from "../../../src/schema/watch/chance.ts"

describe("The chance of a count or more", () => {
  it("is that of the binomial distribution", () => {
    assert.closeTo(chanceOfHits(3, 5, 0.01), 9.8506e-6, 1e-9)
    assert.closeTo(chanceOfHits(5, 5, 0.5), 1 / 32, 1e-12)
    assert.closeTo(chanceOfHits(60, 100, 0.5), 0.028444, 1e-6)
  })

  it("is that of the Poisson distribution", () => {
    assert.closeTo(chanceOfCount(3, 1), 1 - 2.5 / Math.E, 1e-12)
    assert.closeTo(chanceOfCount(20, 5), 3.4524e-7, 1e-10)
  })

  it("is 1 for what is usual, and 0 for what cannot be", () => {
    assert.strictEqual(chanceOfHits(0, 0, 0.2), 1)
    assert.strictEqual(chanceOfHits(2, 10, 0.2), 1)
    assert.strictEqual(chanceOfHits(1, 10, 0), 0)
    assert.strictEqual(chanceOfHits(1, 10, 1), 1)
    assert.strictEqual(chanceOfCount(0, 0), 1)
    assert.strictEqual(chanceOfCount(1, 0), 0)
    assert.isAbove(chanceOfHits(2000, 10_000, 0.19), 0)
  })
})
