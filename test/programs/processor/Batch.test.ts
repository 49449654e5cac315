import { assert, describe, it } from "@effect/vitest"
import { sortOut } from "../../../src/programs/processor/Batch.ts"
import { Correlated } from "../../../src/schema/Interaction.ts"
import { askedAt, queryEvent, requestIdOf, responseEvent } from "../../schema/EventExamples.ts"
import { poison, recordOf } from "./RecordExamples.ts"

const query = recordOf("q1", queryEvent())
const response = recordOf("r1", responseEvent())
const otherId = requestIdOf(2)
const otherQuery = recordOf("q2", queryEvent({ requestId: otherId }))
const otherResponse = recordOf("r2", responseEvent({ requestId: otherId }))
const correlated = Correlated.make({ query: queryEvent(), response: responseEvent() })

describe("sortOut", () => {
  it("makes one piece of work of the two halves, in either order", () => {
    for (const records of [
      [query, response],
      [response, query]
    ]) {
      assert.deepStrictEqual(sortOut(records), {
        decoded: 2,
        work: [{ interaction: correlated, records, duplicates: 0, conflicts: 0 }],
        undecodable: [],
        held: []
      })
    }
  })

  it("folds duplicates into the interaction that they repeat, and counts them", () => {
    const again = { ...query, messageId: "q1-again" }
    const records = [query, again, response, again]
    assert.deepStrictEqual(sortOut(records).work, [
      { interaction: correlated, records, duplicates: 2, conflicts: 0 }
    ])
  })

  it("keeps the first of two that contradict each other, and counts the other", () => {
    const corrected = recordOf("q1'", queryEvent({ query: "a correction" }))
    const records = [query, corrected, response, query, corrected]
    assert.deepStrictEqual(sortOut(records).work, [
      { interaction: correlated, records, duplicates: 1, conflicts: 2 }
    ])
  })

  it("keeps two requests apart, however their records mix", () => {
    const { work } = sortOut([query, otherResponse, response, otherQuery])
    assert.deepStrictEqual(
      work.map(({ records }) => records.map(({ messageId }) => messageId)),
      [
        ["q1", "r1"],
        ["r2", "q2"]
      ]
    )
  })

  it("keeps two questions apart that share a request id but not a time", () => {
    const later = recordOf("q3", queryEvent({ timestamp: askedAt + 1 }))
    assert.strictEqual(sortOut([query, later]).work.length, 2)
  })

  it("stops a group at its first undecodable record, and no other group", () => {
    const bad = poison("bad", query.groupId)
    const { decoded, held, undecodable, work } = sortOut([query, bad, otherQuery, response])
    assert.strictEqual(decoded, 2)
    assert.deepStrictEqual(
      undecodable.map(({ error, record }) => [record, error.reason]),
      [[bad, "not_json"]]
    )
    assert.deepStrictEqual(held, [response])
    assert.deepStrictEqual(
      work.map(({ records }) => records),
      [[query], [otherQuery]]
    )
  })

  it("names one undecodable record of a group, and holds later poison with the rest", () => {
    const [first, second] = [poison("bad-1", "g"), poison("bad-2", "g")]
    const { held, undecodable } = sortOut([first, second])
    assert.deepStrictEqual(
      undecodable.map(({ record }) => record),
      [first]
    )
    assert.deepStrictEqual(held, [second])
  })

  it("finds nothing in an empty batch", () => {
    assert.deepStrictEqual(sortOut([]), { decoded: 0, work: [], undecodable: [], held: [] })
  })
})
