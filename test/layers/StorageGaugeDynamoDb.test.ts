/** The real client, against an endpoint that says what DynamoDB says of a table, and the engine. */
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { clientConfig, start } from "../../local/dynamodb/DynamoDbEngine.ts"
import { DynamoDb } from "../../src/layers/dynamodb/DynamoDb.ts"
import * as StorageGaugeDynamoDb from "../../src/layers/StorageGaugeDynamoDb.ts"
import { StorageGauge } from "../../src/services/StorageGauge.ts"
import * as CapturedLog from "../programs/CapturedLog.ts"

const describing = (Table: object) =>
  Effect.acquireRelease(
    Effect.callback<{ readonly endpoint: string; readonly close: () => void }>((resume) => {
      const server = createServer((_, response) => {
        response.writeHead(200, { "content-type": "application/x-amz-json-1.0" })
        response.end(JSON.stringify({ Table }))
      })
      server.listen(0, "127.0.0.1", () => {
        const { port } = server.address() as AddressInfo
        const close = () => void server.close()
        resume(Effect.succeed({ endpoint: `http://127.0.0.1:${port}`, close }))
      })
    }),
    ({ close }) => Effect.sync(close)
  )

const measured = (endpoint: string) =>
  Effect.gen(function* () {
    const { bytes } = yield* StorageGauge
    const found = yield* bytes
    return { found, messages: (yield* CapturedLog.CapturedLog).map(({ message }) => message) }
  }).pipe(
    Effect.provide(StorageGaugeDynamoDb.layer({ tableName: "cv-analytics" })),
    Effect.provide(Layer.merge(DynamoDb.layer(clientConfig(endpoint)), CapturedLog.layer))
  )

describe("The gauge of the table's size", () => {
  it.live("adds the indexes to the table", () =>
    Effect.gen(function* () {
      const indexes = [{ IndexSizeBytes: 20 }, { IndexSizeBytes: 3 }, {}]
      const { endpoint } = yield* describing({
        TableSizeBytes: 1000,
        GlobalSecondaryIndexes: indexes
      })
      assert.deepStrictEqual(yield* measured(endpoint), { found: Option.some(1023), messages: [] })
    })
  )

  it.live("takes a table that was not measured yet for unknown", () =>
    Effect.gen(function* () {
      for (const table of [{}, { TableSizeBytes: 0 }]) {
        const { endpoint } = yield* describing(table)
        assert.deepStrictEqual(yield* measured(endpoint), { found: Option.none(), messages: [] })
      }
    })
  )

  it.live("knows nothing of a table that is not there, and says so", () =>
    Effect.gen(function* () {
      const { endpoint } = yield* start({ port: 0, folder: undefined })
      assert.deepStrictEqual(yield* measured(endpoint), {
        found: Option.none(),
        messages: ["table not measured"]
      })
    }).pipe(Effect.provide(NodeServices.layer))
  )
})
