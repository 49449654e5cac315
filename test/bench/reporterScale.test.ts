import { assert, describe, it } from "@effect/vitest"
import { scaleTable } from "../../bench/reporter/scaleTable.ts"

describe("the table of weeks", () => {
  it("says that the reference ran out of memory where it has no number", () => {
    const [, died, missed] = scaleTable([
      { measure: "a", ours: 3, referenceFailed: "out of memory" },
      { measure: "b", ours: 3, reference: 6, ratio: 2, target: "≤ 1", ok: false }
    ]).split("\n")
    assert.match(died ?? "", /^a +3 +out of memory$/)
    assert.match(missed ?? "", /^b +3 +6 +2 × +≤ 1 +MISSED$/)
  })
})
