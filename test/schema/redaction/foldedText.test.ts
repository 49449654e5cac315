import { assert, describe, it } from "@effect/vitest"
import { foldedText } from "../../../src/schema/redaction/foldedText.ts"
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
