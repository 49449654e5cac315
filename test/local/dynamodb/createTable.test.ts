import { DescribeTableCommand, DescribeTimeToLiveCommand } from "@aws-sdk/client-dynamodb"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { readDefinitions } from "../../../infra/definitions/Definitions.ts"
import { createTable, TableNotReady } from "../../../local/dynamodb/createTable.ts"
import { DynamoDb } from "../../../src/layers/dynamodb/DynamoDb.ts"
import * as LocalTable from "../../contracts/fixtures/LocalTable.ts"

const described = Effect.gen(function* () {
  const [client, { tableName: TableName }] = [yield* DynamoDb, yield* LocalTable.LocalTable]
  const { Table } = yield* Effect.promise(() =>
    client.send(new DescribeTableCommand({ TableName }))
  )
  const { TimeToLiveDescription } = yield* Effect.promise(() =>
    client.send(new DescribeTimeToLiveCommand({ TableName }))
  )
  return { table: Table, ttl: TimeToLiveDescription }
})

const created = Effect.gen(function* () {
  yield* createTable(yield* DynamoDb, yield* readDefinitions())
  return yield* described
})

interface Index {
  readonly IndexName?: string | undefined
  readonly KeySchema?: ReadonlyArray<unknown> | undefined
  readonly Projection?:
    | { readonly NonKeyAttributes?: ReadonlyArray<string> | undefined }
    | undefined
}

/** Keys and projection by name, because an engine may list both in any order. */
const shapes = (indexes: ReadonlyArray<Index> = []) =>
  Object.fromEntries(
    indexes.map(({ IndexName, KeySchema, Projection }) => [
      IndexName,
      { KeySchema, attributes: Projection?.NonKeyAttributes?.toSorted() }
    ])
  )

layer(LocalTable.layer("dynoxide"))("createTable", (it) => {
  it.effect("makes the table of the definitions, active and with TTL", () =>
    Effect.gen(function* () {
      const definitions = yield* readDefinitions()
      const { table, ttl } = yield* created
      assert.strictEqual(table?.TableStatus, "ACTIVE")
      assert.deepStrictEqual(table?.KeySchema, definitions.table.KeySchema)
      assert.deepStrictEqual(
        shapes(table?.GlobalSecondaryIndexes),
        shapes(definitions.table.GlobalSecondaryIndexes)
      )
      assert.strictEqual(ttl?.TimeToLiveStatus, "ENABLED")
      assert.strictEqual(ttl?.AttributeName, definitions.ttlAttribute)
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.effect("leaves an existing table as it is", () =>
    Effect.gen(function* () {
      const before = yield* created
      assert.deepStrictEqual(yield* created, before)
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.effect("fails with the engine's message when it refuses the definitions", () =>
    Effect.gen(function* () {
      const definitions = yield* readDefinitions()
      const table = { ...definitions.table, TableName: "no" }
      const error = yield* Effect.flip(createTable(yield* DynamoDb, { ...definitions, table }))
      assert.instanceOf(error, TableNotReady)
      assert.match(error.message, /^no: CreateTable: .+/)
    }).pipe(Effect.provide(NodeServices.layer))
  )
})
