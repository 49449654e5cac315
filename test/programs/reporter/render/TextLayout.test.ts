import { assert, describe, it } from "@effect/vitest"
import { columns, textWidth, wrap } from "../../../../src/programs/reporter/render/TextLayout.ts"

describe("lines of text", () => {
  it("break between words", () => {
    assert.deepStrictEqual(wrap("one two three", 7), ["one two", "three"])
    assert.deepStrictEqual(wrap("", 7), [""])
  })

  it("break a word that is longer than a line, by code points", () => {
    assert.deepStrictEqual(wrap("a bcdefghi j", 3), ["a", "bcd", "efg", "hi", "j"])
    assert.deepStrictEqual(wrap("😀😀😀", 2), ["😀😀", "😀"])
  })
})

describe("columns", () => {
  it("are padded to their widest cell, and the last one is wrapped under itself", () => {
    const long = "word ".repeat(20).trim()
    const [first, second, third, ...rest] = columns(
      [
        ["a", "1", "x"],
        ["bcd", "23", long]
      ],
      ["left", "right"]
    )
    assert.strictEqual(first, "  a     1  x")
    assert.match(second ?? "", /^ {2}bcd {2}23 {2}word( word)+$/)
    assert.match(third ?? "", /^ {11}word( word)*$/)
    assert.deepStrictEqual(rest, [])
  })

  it("end without blanks when the last cell is empty", () => {
    assert.deepStrictEqual(columns([["a", "1"]], ["left", "right"]), ["  a  1"])
  })

  it("never pass the width of the text", () => {
    const lines = columns([["12,345,678", "😀".repeat(300)]], ["right"])
    for (const line of lines) assert.isAtMost([...line].length, textWidth)
  })
})
