/** The table and its indexes: what the code reads and writes, within what is free. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { readDefinitions } from "../../infra/definitions/Definitions.ts"
import { indexes, ttlAttribute, weekProjection } from "../../src/layers/dynamodb/InteractionItem.ts"
import { Infra } from "./Infra.ts"

layer(Infra.layer)("the table", (it) => {
  it.effect("stays within the free 25 read and 25 write units, indexes included", () =>
    Effect.gen(function* () {
      const { table } = (yield* Infra).definitions
      assert.strictEqual(table.BillingMode, "PROVISIONED")
      const parts = [table, ...(table.GlobalSecondaryIndexes ?? [])]
      const total = (unit: "ReadCapacityUnits" | "WriteCapacityUnits") =>
        parts.reduce((sum, part) => sum + (part.ProvisionedThroughput?.[unit] ?? Number.NaN), 0)
      assert.isAtMost(total("ReadCapacityUnits"), 25)
      assert.isAtMost(total("WriteCapacityUnits"), 25)
    })
  )

  it.effect("has the keys of an interaction", () =>
    Effect.gen(function* () {
      const { table } = (yield* Infra).definitions
      assert.deepStrictEqual(table.KeySchema, [
        { AttributeName: "requestId", KeyType: "HASH" },
        { AttributeName: "timestamp", KeyType: "RANGE" }
      ])
      const attributes = table.AttributeDefinitions ?? []
      const types = attributes.map((of) => `${of.AttributeName} ${of.AttributeType}`)
      assert.includeMembers(types, ["requestId S", "timestamp N"])
    })
  )

  it.effect("has the indexes that the code names, each in the order of time", () =>
    Effect.gen(function* () {
      const { table } = (yield* Infra).definitions
      const keys = (table.GlobalSecondaryIndexes ?? []).map(({ IndexName, KeySchema }) => [
        IndexName,
        ...(KeySchema ?? []).map(({ AttributeName }) => AttributeName)
      ])
      assert.sameDeepMembers(keys, [
        [indexes.week, "week", "timestamp"],
        [indexes.session, "sessionId", "timestamp"]
      ])
    })
  )

  it.effect("projects on the week what the report reads, and no body on any index", () =>
    Effect.gen(function* () {
      const { table } = (yield* Infra).definitions
      const projections = new Map(
        table.GlobalSecondaryIndexes?.map(({ IndexName, Projection }) => [IndexName, Projection])
      )
      const week = projections.get(indexes.week)
      assert.sameMembers([...(week?.NonKeyAttributes ?? [])], weekProjection)
      for (const projection of projections.values()) {
        assert.strictEqual(projection?.ProjectionType, "INCLUDE")
        for (const body of ["queryEvent", "responseEvent"]) {
          assert.notInclude(projection?.NonKeyAttributes ?? [], body)
        }
      }
    })
  )

  it.effect("projects no more than AWS takes: 20 attributes an index, 100 in all", () =>
    Effect.gen(function* () {
      const { table } = (yield* Infra).definitions
      const counts = (table.GlobalSecondaryIndexes ?? []).map(
        ({ Projection }) => Projection?.NonKeyAttributes?.length ?? 0
      )
      assert.isAtMost(Math.max(...counts), 20)
      assert.isAtMost(
        counts.reduce((sum, count) => sum + count, 0),
        100
      )
    })
  )

  it.effect("has no units when it is billed by the request", () =>
    Effect.gen(function* () {
      const { table } = yield* readDefinitions({ billing_mode: "PAY_PER_REQUEST" })
      assert.strictEqual(table.BillingMode, "PAY_PER_REQUEST")
      for (const part of [table, ...(table.GlobalSecondaryIndexes ?? [])]) {
        assert.notProperty(part, "ProvisionedThroughput")
      }
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.effect("is protected from deletion, and makes no paid backups by default", () =>
    Effect.gen(function* () {
      const { resources } = (yield* Infra).terraform
      assert.deepInclude(resources["aws_dynamodb_table.analytics"], {
        deletion_protection_enabled: true,
        point_in_time_recovery: [{ enabled: false }]
      })
    })
  )

  it.effect("lets an item expire by the attribute that the code writes", () =>
    Effect.gen(function* () {
      const { definitions, terraform } = yield* Infra
      assert.strictEqual(definitions.ttlAttribute, ttlAttribute)
      const table = Schema.decodeUnknownSync(
        Schema.Struct({ ttl: Schema.Tuple([Schema.Struct({ enabled: Schema.Boolean })]) })
      )(terraform.resources["aws_dynamodb_table.analytics"])
      assert.isTrue(table.ttl[0].enabled)
    })
  )
})
