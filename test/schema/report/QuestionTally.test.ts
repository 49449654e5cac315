import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { questionKey } from "../../../src/schema/report/QuestionTally.ts"

describe("questionKey", () => {
  it("is one for questions that differ in case, punctuation, spacing or Unicode form", () => {
    for (const question of ["caf\u00e9 or tea", "CAFÉ, or tea?!", " cafe\u0301\tor\n tea "]) {
      assert.strictEqual(questionKey(question), "caf\u00e9 or tea")
    }
    assert.strictEqual(questionKey("ＳＱＬ？"), "sql")
    assert.strictEqual(questionKey("日本語？"), questionKey("日本語"))
  })

  it("differs for different words", () => {
    assert.notStrictEqual(questionKey("tea or coffee"), questionKey("coffee or tea"))
    assert.notStrictEqual(questionKey("years 2"), questionKey("years 20"))
  })

  it("keeps questions without a word apart", () => {
    assert.deepStrictEqual(["?", " ? ", "👍", ""].map(questionKey), ["?", "?", "👍", ""])
  })

  it.prop("is its own key", [Schema.String], ([text]) => {
    assert.strictEqual(questionKey(questionKey(text)), questionKey(text))
  })
})
