import { assert, describe, it } from "@effect/vitest"
import { barLine } from "../../cli/progress.ts"

describe("a progress bar", () => {
  for (const columns of [40, 60, 80, 200]) {
    it(`fits ${columns} columns`, () => {
      for (const done of [0, 7, 1234]) {
        const line = barLine("interactions of the demonstration", done, 1234, columns)
        assert.isBelow(line.length, columns)
        assert.include(line, ` ${done}/1234`)
      }
    })
  }

  it("cuts a long label, and shows how much is done", () => {
    assert.strictEqual(
      barLine("interactions of a week", 5, 10, 40),
      "interactions o… [########--------] 5/10"
    )
  })
})
