import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { questionLengthMax, quoted } from "../../../../src/programs/reporter/render/VisitorText.ts"

describe("text of a visitor", () => {
  it("is one line with single blanks", () => {
    assert.strictEqual(quoted("  a\r\n\tb\u2028c\u0000d\u00a0 e "), "a b c d e")
  })

  it("cannot turn its direction or hide a character", () => {
    const hidden = "a\u202eb\u2066c\u2069\u200f\u061c\u200b\ufeff\u00ad\u2060d\u{e0041}e\ufdd0"
    assert.strictEqual(quoted(hidden), "abcde")
  })

  it("keeps the joiners of emoji, and text that runs from right to left", () => {
    const family = "👨‍👩‍👧 שלום می‌خواهم"
    assert.strictEqual(quoted(family), family)
  })

  it("has a replacement for half a surrogate pair", () => {
    assert.strictEqual(quoted("a\ud83d"), "a\ufffd")
  })

  it("has at most four marks on a letter", () => {
    assert.strictEqual(quoted(`e${"\u0301".repeat(500)}x`), `e${"\u0301".repeat(4)}x`)
  })

  it("is cut with an ellipsis, never inside an emoji", () => {
    assert.strictEqual(quoted("a".repeat(160)), "a".repeat(160))
    assert.strictEqual(quoted("a".repeat(161)), `${"a".repeat(159)}…`)
    assert.strictEqual(quoted("ab👨‍👩‍👧cdefgh", 5), "ab…")
    assert.strictEqual(quoted("ab 👩🏽c", 5), "ab…")
    assert.strictEqual(quoted("😀".repeat(9), 4), "😀😀😀…")
  })

  it("is cut inside a cluster that alone is too long", () => {
    assert.strictEqual([...quoted(`${"👩\u200d".repeat(99)}👩`, 10)].length, 10)
  })

  it("says so when it has no readable character", () => {
    assert.strictEqual(quoted(" \u200b\u0000"), "(no readable text)")
    assert.strictEqual(quoted(""), "(no readable text)")
  })

  it.prop("is never longer than allowed and never has a control", [Schema.String], ([text]) => {
    const safe = quoted(text + text.repeat(40))
    assert.isAtMost([...safe].length, questionLengthMax)
    assert.notMatch(safe, /\p{Cc}|\p{Cs}|\p{Bidi_Control}/u)
  })
})
