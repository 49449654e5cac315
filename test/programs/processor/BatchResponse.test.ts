import { assert, describe, it } from "@effect/vitest"
import { withLaterOfGroup } from "../../../src/programs/processor/BatchResponse.ts"
import { queryEvent, requestIdOf, responseEvent } from "../../schema/EventExamples.ts"
import { recordOf } from "./RecordExamples.ts"

const query = recordOf("q1", queryEvent())
const response = recordOf("r1", responseEvent())
const otherId = requestIdOf(2)
const otherQuery = recordOf("q2", queryEvent({ requestId: otherId }))
const otherResponse = recordOf("r2", responseEvent({ requestId: otherId }))

describe("withLaterOfGroup", () => {
  it("returns the failed records and the later ones of their groups, in queue order", () => {
    const records = [query, otherQuery, response, otherResponse]
    const returned = (...failed: typeof records) =>
      withLaterOfGroup(records, new Set(failed)).map(({ messageId }) => messageId)
    assert.deepStrictEqual(returned(), [])
    assert.deepStrictEqual(returned(query), ["q1", "r1"])
    assert.deepStrictEqual(returned(response), ["r1"])
    assert.deepStrictEqual(returned(otherQuery, response), ["q2", "r1", "r2"])
  })
})
