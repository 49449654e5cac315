import { assert, describe, it } from "@effect/vitest"
import { disagreement, spanAgreement } from "../../../bench/redaction/Agreement.ts"
import { labelledText, labelledTexts } from "../../../bench/redaction/LabelledTexts.ts"
import { markedLines, unseenVisitors, valueRows } from "../../../bench/redaction/MarkedLines.ts"
import { makeRedactor, personalSpans } from "../../../src/schema/redaction/Redaction.ts"

const { tuned, unseen } = labelledTexts()

/** Numbers that were wrongly found; each might be personal, judged by its text alone. */
const doubtful = [
  "900-45-6789 is no SSN, nor is 000-12-3456",
  "1 84 12 76 451 089 47 is one off",
  "15.11.20.26 is a strange date"
]

describe("The labelled texts", () => {
  it("are many, a fifth of them unseen, with each label ten times or more", () => {
    const unseenCount = unseen.length + unseenVisitors().length
    assert.isAtLeast(tuned.length + unseenCount, 600)
    assert.isAtLeast(unseenCount / (tuned.length + unseenCount), 0.2)
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

const redaction = { redact: makeRedactor([]), spansOf: personalSpans }

const sharesOf = (file: string) => {
  const lines = markedLines(file)
  assert(typeof lines !== "string", String(lines))
  return Object.fromEntries(valueRows(lines, redaction).map(({ measure, ours }) => [measure, ours]))
}

describe("Texts with marks around what has to go", () => {
  it("are read a line each, with their kind, and an odd one is told by its number", () => {
    assert.deepStrictEqual(markedLines("\ufeffa b|x ⟦1¦2⟧ | ⟦3⟧\r\n\nc|y\n"), [
      {
        kind: "a b",
        text: "x 12 | 3",
        values: [
          { start: 2, end: 4 },
          { start: 7, end: 8 }
        ]
      },
      { kind: "c", text: "y", values: [] }
    ])
    assert.strictEqual(markedLines("a|b\nc"), "line 2 is not kind|text")
    assert.strictEqual(markedLines("a|⟦b"), "line 1 has a mark without its partner")
    assert.strictEqual(markedLines("\n"), "no line")
  })

  it("give the shares of the values that are gone and of the innocent that changed", () => {
    assert.deepStrictEqual(
      sharesOf("a|⟦anna@example.org⟧ ⟦Anna⟧\nb|⟦my anna@example.org⟧\nc|hi\nd|bo@example.org"),
      {
        "values gone": 2 / 3,
        "values gone to the last sign": 1 / 3,
        "innocent texts changed": 1 / 2,
        values: 3,
        "innocent texts": 2
      }
    )
    assert.deepStrictEqual(sharesOf("c|hi"), {
      "innocent texts changed": 0,
      values: 0,
      "innocent texts": 1
    })
  })

  it("from visitors, which were never tuned on, lose their values and few others", () => {
    const rows = valueRows(unseenVisitors(), redaction)
    assert.isAtLeast(unseenVisitors().length, 300)
    for (const { measure, ok } of rows) assert.notStrictEqual(ok, false, measure)
  })
})
