import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Definitions } from "../../infra/definitions/Definitions.ts"
import { ask } from "../deploy/Aws.ts"
import { compare, deployInfra } from "./compare.ts"
import { examine } from "./examine.ts"

const Keys = Schema.Array(Schema.Struct({ AttributeName: Schema.String, KeyType: Schema.String }))

const Throughput = Schema.optionalKey(
  Schema.Struct({ ReadCapacityUnits: Schema.Number, WriteCapacityUnits: Schema.Number })
)

const Index = Schema.Struct({
  IndexName: Schema.String,
  IndexStatus: Schema.String,
  KeySchema: Keys,
  Projection: Schema.Struct({
    ProjectionType: Schema.String,
    NonKeyAttributes: Schema.optionalKey(Schema.Array(Schema.String))
  }),
  ProvisionedThroughput: Throughput
})

const Described = Schema.Struct({
  Table: Schema.Struct({
    TableStatus: Schema.String,
    KeySchema: Keys,
    ProvisionedThroughput: Throughput,
    GlobalSecondaryIndexes: Schema.optionalKey(Schema.Array(Index))
  })
})

const TimeToLive = Schema.Struct({
  TimeToLiveDescription: Schema.Struct({
    TimeToLiveStatus: Schema.String,
    AttributeName: Schema.optionalKey(Schema.String)
  })
})

type Key = { readonly AttributeName?: string | undefined; readonly KeyType?: string | undefined }

const keysText = (keys: ReadonlyArray<Key> | undefined): string =>
  (keys ?? []).map(({ AttributeName, KeyType }) => `${AttributeName} ${KeyType}`).join(", ")

type Units = {
  readonly ReadCapacityUnits?: number | undefined
  readonly WriteCapacityUnits?: number | undefined
}

/** On demand both are 0 where AWS says anything. */
const unitsText = (units: Units | undefined): string =>
  units?.ReadCapacityUnits ? `${units.ReadCapacityUnits}/${units.WriteCapacityUnits}` : "on demand"

const attributesText = (names: ReadonlyArray<string> | undefined): string =>
  (names ?? []).toSorted().join(", ")

const examineIndexes = ({ table }: Definitions, found: ReadonlyArray<typeof Index.Type>) =>
  (table.GlobalSecondaryIndexes ?? []).map((index) => {
    const { IndexName: name, KeySchema, Projection, ProvisionedThroughput } = index
    const there = found.find(({ IndexName }) => IndexName === name)
    return compare(
      `index ${name}`,
      {
        status: "ACTIVE",
        keys: keysText(KeySchema),
        projection: Projection?.ProjectionType,
        attributes: attributesText(Projection?.NonKeyAttributes),
        "read/write units": unitsText(ProvisionedThroughput)
      },
      {
        status: there?.IndexStatus,
        keys: keysText(there?.KeySchema),
        projection: there?.Projection.ProjectionType,
        attributes: attributesText(there?.Projection.NonKeyAttributes),
        "read/write units": unitsText(there?.ProvisionedThroughput)
      },
      `${deployInfra} An index with another key or projection is built anew, which takes a while.`
    )
  })

/** Keys, units, the projection of every index, and whether items expire. */
export const examineTable = (definitions: Definitions) => {
  const { table, ttlAttribute } = definitions
  const subject = `table ${table.TableName}`
  const input = { TableName: table.TableName }
  return examine(
    subject,
    Effect.gen(function* () {
      const { Table: found } = yield* ask("dynamodb", "describe-table", input, Described)
      const { TimeToLiveDescription: ttl } = yield* ask(
        "dynamodb",
        "describe-time-to-live",
        input,
        TimeToLive
      )
      const whole = compare(
        subject,
        {
          status: "ACTIVE",
          keys: keysText(table.KeySchema),
          "read/write units": unitsText(table.ProvisionedThroughput),
          "time to live": "ENABLED",
          "attribute of it": ttlAttribute
        },
        {
          status: found.TableStatus,
          keys: keysText(found.KeySchema),
          "read/write units": unitsText(found.ProvisionedThroughput),
          "time to live": ttl.TimeToLiveStatus,
          "attribute of it": ttl.AttributeName
        },
        deployInfra
      )
      return [whole, ...examineIndexes(definitions, found.GlobalSecondaryIndexes ?? [])]
    })
  )
}
