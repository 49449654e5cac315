/** The edge checks ids without schemas; they are the ids of the contract all the same. */
import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import { RequestId, SessionId } from "../../src/schema/AnalyticsEvent.ts"
import { newRequestId, sessionIdIn, sessionOfRequest } from "../../src/schema/Identifiers.ts"
import { isSessionId } from "../../src/schema/isSessionId.ts"
import { hostileValues } from "./HostileValues.ts"

const isOfContract = Schema.is(SessionId)

describe("An id of a session", () => {
  it.prop(
    "is any that the contract takes, and no other",
    [Arbitrary.schema(Schema.String)],
    ([id]) => {
      assert.strictEqual(isSessionId(id), isOfContract(id))
    }
  )

  it("has 1 to 128 whole characters", () => {
    for (const id of ["", "x", "x".repeat(128), "x".repeat(129), "\uD800", "a\uDC00", "👩‍💻"]) {
      assert.strictEqual(isSessionId(id), isOfContract(id), JSON.stringify(id))
    }
  })

  it("is found in no value but such a text", () => {
    for (const value of hostileValues) {
      const found = sessionIdIn(value)
      assert.strictEqual(found, isOfContract(value) ? value : undefined)
    }
  })
})

describe("An id of a request", () => {
  it("is new each time, of the contract, and a session where there is no other", () => {
    const ids = Array.from({ length: 1000 }, newRequestId)
    assert.strictEqual(new Set(ids).size, ids.length)
    for (const id of ids) {
      assert.isTrue(Schema.is(RequestId)(id))
      assert.isTrue(isOfContract(sessionOfRequest(id)))
    }
  })
})
