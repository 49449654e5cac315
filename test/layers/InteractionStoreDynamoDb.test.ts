/** How often the table is asked: the real client, against an endpoint that is throttled for a while. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { clientConfig } from "../../local/dynamodb/DynamoDbEngine.ts"
import { DynamoDb } from "../../src/layers/dynamodb/DynamoDb.ts"
import * as InteractionStoreDynamoDb from "../../src/layers/InteractionStoreDynamoDb.ts"
import { correlate, eventKey } from "../../src/schema/Interaction.ts"
import { InteractionStore } from "../../src/services/InteractionStore.ts"
import { queryEvent } from "../schema/EventExamples.ts"
import { serveHttp } from "./HttpDouble.ts"

const throttled = JSON.stringify({
  __type: "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException"
})

/** Throttles the first requests, and says then that there is nothing. */
const throttling = Effect.fnUntraced(function* (times: number) {
  const asked: Array<string> = []
  const port = yield* serveHttp((request, _, response) => {
    asked.push(String(request.headers["x-amz-target"]).replace(/^.*\./, ""))
    const isThrottled = asked.length <= times
    response.writeHead(isThrottled ? 400 : 200, { "content-type": "application/x-amz-json-1.0" })
    response.end(isThrottled ? throttled : "{}")
  })
  const client = DynamoDb.layer(clientConfig(`http://127.0.0.1:${port}`))
  const store = InteractionStoreDynamoDb.layer({ tableName: "cv-analytics" })
  return { asked, store: Layer.provide(store, client) }
})

describe("A table that is throttled", () => {
  it.live("is asked again by who reads", () =>
    Effect.gen(function* () {
      const { asked, store } = yield* throttling(2)
      const read = InteractionStore.use(({ get }) => get(eventKey(queryEvent())))
      assert.deepStrictEqual(yield* Effect.provide(read, store), Option.none())
      assert.deepStrictEqual(asked, ["GetItem", "GetItem", "GetItem"])
    })
  )

  it.live("is asked once by who writes, for the processor tries again by its own time", () =>
    Effect.gen(function* () {
      const { asked, store } = yield* throttling(2)
      const half = correlate(undefined, queryEvent())
      const write = InteractionStore.use(({ record }) => record(half))
      const error = yield* Effect.flip(Effect.provide(write, store))
      assert.strictEqual(error._tag, "StoreUnavailable")
      assert.deepStrictEqual(asked, ["UpdateItem"])
    })
  )
})
