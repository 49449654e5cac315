import { assert, describe, it } from "@effect/vitest"
import { disagreement, spanAgreement } from "../../../bench/redaction/Agreement.ts"
import { labelledText, labelledTexts } from "../../../bench/redaction/LabelledTexts.ts"
import { personalSpans } from "../../../src/schema/redaction/Redaction.ts"

const { tuned, unseen } = labelledTexts()

/** Numbers that were wrongly found; each might be personal, judged by its text alone. */
const doubtful = [
  "900-45-6789 is no SSN, nor is 000-12-3456",
  "1 84 12 76 451 089 47 is one off",
  "15.11.20.26 is a strange date"
]

describe("The labelled texts", () => {
  it("are more than three hundred, a fifth of them unseen, with each label ten times or more", () => {
    assert.isAtLeast(tuned.length + unseen.length, 600)
    assert.isAtLeast(unseen.length / (tuned.length + unseen.length), 0.2)
    for (const { label, marked } of spanAgreement([...tuned, ...unseen], personalSpans)) {
      assert.isAtLeast(marked, 10, label)
    }
  })

  it("have marks that name label, value and place", () => {
    assert.deepStrictEqual(labelledText("a ⟦key:s¦k⟧, ⟦ip:1⟧"), {
      text: "a sk, 1",
      spans: [
        { start: 2, end: 4, label: "key" },
        { start: 6, end: 7, label: "ip" }
      ]
    })
  })

  for (const text of tuned) {
    it(`agree on ${JSON.stringify(text.text)}`, () => {
      const { missed, unmarked } = disagreement(text, personalSpans)
      assert.deepStrictEqual(missed, [])
      assert.strictEqual(unmarked.length, doubtful.includes(text.text) ? 1 : 0)
    })
  }

  it("that were never tuned on agree almost as well", () => {
    const [all] = spanAgreement(unseen, personalSpans)
    assert.isAtLeast(all?.precision ?? 0, 0.97)
    assert.isAtLeast(all?.recall ?? 0, 0.97)
  })
})
