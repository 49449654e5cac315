import { assert, describe, it } from "@effect/vitest"
import { foldedText, visibleSpans } from "../../../src/schema/redaction/visibleText.ts"
import { anyText } from "./HostileTexts.ts"

describe("A folded text", () => {
  it("has plain digits, dashes and spaces for those of other scripts and printers", () => {
    assert.strictEqual(foldedText("０９０－１２３４＠ａ"), "090-1234@a")
    assert.strictEqual(
      foldedText("٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ ०१२३४५६७८९"),
      "0123456789 ".repeat(3).trim()
    )
    assert.strictEqual(foldedText("a\u00a0b\u2009c\u202fd\u3000e"), "a b c d e")
    assert.strictEqual(foldedText("1‐2‑3–4—5−6"), "1-2-3-4-5-6")
  })

  it.prop("keeps every character in its place", [anyText], ([text]) => {
    assert.strictEqual(foldedText(text).length, text.length)
  })
})

const wordSpans = (word: string) => (text: string) =>
  text.includes(word)
    ? [{ label: "id" as const, start: text.indexOf(word), end: text.indexOf(word) + word.length }]
    : []

describe("What a reader sees of a text", () => {
  it("is searched without hidden characters, which go with what is found", () => {
    for (const hidden of [
      "\u00ad",
      "\u200b",
      "\u200d",
      "\u2060",
      "\ufeff",
      "\u202e\u202c",
      "\ufe0f"
    ]) {
      const text = `${hidden}a${hidden} 1${hidden}2${hidden}3${hidden} b`
      const [span] = visibleSpans(text, wordSpans("123"))
      assert.strictEqual(text.slice(span?.start, span?.end), `1${hidden}2${hidden}3`)
    }
  })

  it("is the text itself when nothing is hidden", () => {
    assert.deepStrictEqual(visibleSpans("a 123", wordSpans("123")), [
      { label: "id", start: 2, end: 5 }
    ])
    assert.deepStrictEqual(visibleSpans("", wordSpans("123")), [])
    assert.deepStrictEqual(visibleSpans("\u200b", wordSpans("123")), [])
  })
})
