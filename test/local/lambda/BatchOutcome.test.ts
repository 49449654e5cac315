import { assert, describe, it } from "@effect/vitest"
import { outcomeOf } from "../../../local/lambda/BatchOutcome.ts"

const ids = ["a", "b", "c"]
const named = (...itemIdentifiers: ReadonlyArray<unknown>) => ({
  batchItemFailures: itemIdentifiers.map((itemIdentifier) => ({ itemIdentifier }))
})

describe("a batch", () => {
  const successes: ReadonlyArray<[string, unknown]> = [
    ["null", null],
    ["nothing", undefined],
    ["an object without the list", {}],
    ["an object with other fields", { processed: 3 }],
    ["a null list", { batchItemFailures: null }],
    ["an empty list", { batchItemFailures: [] }]
  ]
  for (const [what, response] of successes) {
    it(`leaves the queue when the function answers ${what}`, () => {
      assert.deepStrictEqual(outcomeOf(ids, response), { delete: ids, keep: [] })
    })
  }

  const failures: ReadonlyArray<[string, unknown]> = [
    ["an empty identifier", named("a", "")],
    ["a null identifier", named(null)],
    ["a number as identifier", named(1)],
    ["an unknown identifier", named("a", "z")],
    ["a misspelt key", { batchItemFailures: [{ itemIdentifer: "a" }] }],
    ["bare identifiers", { batchItemFailures: ["a"] }],
    ["a null entry", { batchItemFailures: [null] }],
    ["a list that is an object", { batchItemFailures: { itemIdentifier: "a" } }],
    ["a string", "ok"],
    ["a number", 200],
    ["all identifiers", named("a", "b", "c")]
  ]
  for (const [what, response] of failures) {
    it(`stays in the queue when the function answers ${what}`, () => {
      assert.deepStrictEqual(outcomeOf(ids, response), { delete: [], keep: ids })
    })
  }

  it("is split, in the order of the batch, when the function names messages of it", () => {
    assert.deepStrictEqual(outcomeOf(ids, named("c", "a", "c")), {
      delete: ["b"],
      keep: ["a", "c"]
    })
  })
})
