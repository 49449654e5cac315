import { assert, describe, it } from "@effect/vitest"
import { numberTable, textTable } from "../../cli/table.ts"

const rows = [["a", "b"], ["long", "100"], [""]]

describe("a table", () => {
  it("has columns as wide as their widest cell, and no blanks at the end of a line", () => {
    assert.strictEqual(textTable(rows), "a     b\nlong  100\n")
  })

  it("has its numbers to the right", () => {
    assert.strictEqual(numberTable(rows), "a       b\nlong  100\n")
  })
})
