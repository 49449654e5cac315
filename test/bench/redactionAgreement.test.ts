import { assert, describe, it } from "@effect/vitest"
import { spanAgreement, textAgreement } from "../../bench/redaction/Agreement.ts"
import { labelledText } from "../../bench/redaction/LabelledTexts.ts"
import type { Span } from "../../src/schema/redaction/Recogniser.ts"

const texts = ["a ⟦ip:1⟧ b", "⟦ip:1⟧ ⟦id:1⟧", "none", "1 is not marked"].map(labelledText)

/** Takes the first "1" of any text for an address. */
const firstOnes = (text: string): ReadonlyArray<Span> =>
  text.includes("1") ? [{ start: text.indexOf("1"), end: text.indexOf("1") + 1, label: "ip" }] : []

describe("The agreement of a redactor with marks", () => {
  it("counts a span as right by label and both ends", () => {
    assert.deepStrictEqual(spanAgreement(texts, firstOnes), [
      { label: "all", marked: 3, found: 3, right: 2, precision: 2 / 3, recall: 2 / 3 },
      { label: "id", marked: 1, found: 0, right: 0, precision: 1, recall: 0 },
      { label: "ip", marked: 2, found: 3, right: 2, precision: 2 / 3, recall: 1 }
    ])
  })

  it("counts a value as hidden when it can't be read any more, and a text when it changed", async () => {
    const redact = (text: string) => text.replace("1", "*")
    assert.deepStrictEqual(await textAgreement(texts, redact), { precision: 2 / 3, recall: 1 / 3 })
  })
})
