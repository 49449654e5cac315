import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { boundQuestions } from "../../../src/schema/report/boundQuestions.ts"
import { shuffled } from "./SummaryExamples.ts"

const atMost = 5
const Text = Schema.Literals(["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"])
const Week = Schema.Array(Text)

/** Holds the texts one after the other, and lets some go whenever there are `heldMax`. */
const held = (week: ReadonlyArray<string>, heldMax: number) => {
  const tally = { questions: new Map<string, { asked: number }>(), unlisted: 0 }
  for (const text of week) {
    tally.questions.set(text, { asked: (tally.questions.get(text)?.asked ?? 0) + 1 })
    if (tally.questions.size >= heldMax) boundQuestions(tally, atMost)
  }
  boundQuestions(tally, atMost)
  return {
    unlisted: tally.unlisted,
    questions: new Map([...tally.questions].sort(([a], [b]) => (a < b ? -1 : 1)))
  }
}

describe("A bounded number of questions", () => {
  it.prop(
    "is the same in every order, and however often the others are let go",
    [Week, Schema.Int],
    ([week, seed]) => {
      const expected = held(week, Number.POSITIVE_INFINITY)
      for (const heldMax of [atMost + 1, atMost + 3, Number.POSITIVE_INFINITY]) {
        assert.deepStrictEqual(held(shuffled(week, seed), heldMax), expected)
      }
    }
  )

  it.prop("is counted completely, and so are those that were let go", [Week], ([week]) => {
    const { questions, unlisted } = held(week, atMost + 1)
    assert.isAtMost(questions.size, atMost)
    for (const [text, { asked }] of questions) {
      assert.strictEqual(asked, week.filter((other) => other === text).length)
    }
    const kept = [...questions.values()].reduce((sum, { asked }) => sum + asked, 0)
    assert.strictEqual(kept + unlisted, week.length)
  })

  it("is kept whole when it is small enough", () => {
    assert.strictEqual(held(["a", "b", "a", "c", "d", "e"], 99).unlisted, 0)
  })
})
