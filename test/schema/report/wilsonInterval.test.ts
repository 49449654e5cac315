import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { wilsonInterval } from "../../../src/schema/report/wilsonInterval.ts"

const Counted = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1000 }))

describe("The interval of a share", () => {
  it("is Wilson's, as it is published for a few counts", () => {
    for (const [part, whole, low, high] of [
      [1, 3, 0.0615, 0.7923],
      [3, 10, 0.1078, 0.6032],
      [15, 148, 0.0624, 0.1605],
      [0, 10, 0, 0.2775],
      [10, 10, 0.7225, 1]
    ] as const) {
      const [from, to] = wilsonInterval(part, whole)
      assert.approximately(from, low, 0.0002)
      assert.approximately(to, high, 0.0002)
    }
  })

  it.prop("lies around the share, and within 0 and 1", [Counted, Counted], ([a, b]) => {
    const [part, whole] = [Math.min(a, b), Math.max(a, b)]
    const [low, high] = wilsonInterval(part, whole)
    assert.isAtLeast(low, 0)
    assert.isAtMost(high, 1)
    if (whole === 0) return
    assert.isAtMost(low, part / whole)
    assert.isAtLeast(high, part / whole)
  })
})
