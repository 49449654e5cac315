import { assert, describe, it } from "@effect/vitest"
import { columns, textWidth, wrap } from "../../../../src/programs/reporter/render/TextLayout.ts"
import { columnsOf } from "./mails.ts"

describe("lines of text", () => {
  it("break between words", () => {
    assert.deepStrictEqual(wrap("one two three", 7), ["one two", "three"])
    assert.deepStrictEqual(wrap("", 7), [""])
  })

  it("break a word that is longer than a line, and keep what is read as one letter", () => {
    assert.deepStrictEqual(wrap("a bcdefghi j", 3), ["a", "bcd", "efg", "hi", "j"])
    assert.deepStrictEqual(wrap("👨‍👩‍👧👨‍👩‍👧e\u0301", 3), ["👨‍👩‍👧", "👨‍👩‍👧e\u0301"])
  })

  it("break a letter that is wider than a line", () => {
    assert.deepStrictEqual(wrap("\u1100".repeat(4), 4), ["\u1100\u1100", "\u1100\u1100"])
  })

  it("count a Chinese letter and an emoji as two columns", () => {
    assert.deepStrictEqual(wrap("工作经验 你好", 8), ["工作经验", "你好"])
    assert.deepStrictEqual(wrap("工作经验", 5), ["工作", "经验"])
    assert.deepStrictEqual(wrap("😀😀😀", 4), ["😀😀", "😀"])
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

  it("stand under each other beside wide letters", () => {
    assert.deepStrictEqual(
      columns(
        [
          ["日本", "1"],
          ["GB", "2"]
        ],
        ["left", "right"]
      ),
      ["  日本  1", "  GB    2"]
    )
  })

  it("never pass the width of the text", () => {
    for (const letter of ["😀", "語", "x"]) {
      const lines = columns([["12,345,678", letter.repeat(300)]], ["right"])
      for (const line of lines) assert.isAtMost(columnsOf(line), textWidth)
    }
  })
})
