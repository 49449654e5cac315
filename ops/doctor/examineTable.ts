import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Definitions } from "../../infra/definitions/Definitions.ts"
import { ask } from "../deploy/Aws.ts"
import type { DefinedProtection } from "./DefinedResources.ts"
import { compare, deployInfra, examine, examineFacts } from "./examine.ts"

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

const DescribedTable = Schema.Struct({
  Table: Schema.Struct({
    TableStatus: Schema.String,
    DeletionProtectionEnabled: Schema.optionalKey(Schema.Boolean),
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

const Backups = Schema.Struct({
  ContinuousBackupsDescription: Schema.Struct({
    PointInTimeRecoveryDescription: Schema.optionalKey(
      Schema.Struct({ PointInTimeRecoveryStatus: Schema.String })
    )
  })
})

type Key = { readonly AttributeName?: string | undefined; readonly KeyType?: string | undefined }

const keysText = (keys: ReadonlyArray<Key> = []): string =>
  keys.map(({ AttributeName, KeyType }) => `${AttributeName} ${KeyType}`).join(", ")

type Units = {
  readonly ReadCapacityUnits?: number | undefined
  readonly WriteCapacityUnits?: number | undefined
}

/** A table on demand has no units, or 0 of both. */
const unitsText = (units: Units | undefined): string =>
  units?.ReadCapacityUnits ? `${units.ReadCapacityUnits}/${units.WriteCapacityUnits}` : "on demand"

const attributesText = (names: ReadonlyArray<string> = []): string => names.toSorted().join(", ")

const rebuilt = `${deployInfra} A new key or projection rebuilds the index, which takes a while.`

const examineIndexes = ({ table }: Definitions, deployed: ReadonlyArray<typeof Index.Type>) =>
  (table.GlobalSecondaryIndexes ?? []).map((defined) => {
    const index = deployed.find(({ IndexName }) => IndexName === defined.IndexName)
    const [from, to] = [defined.Projection, index?.Projection]
    return compare(
      `index ${defined.IndexName}`,
      {
        status: ["ACTIVE", index?.IndexStatus],
        keys: [keysText(defined.KeySchema), keysText(index?.KeySchema)],
        projection: [from?.ProjectionType, to?.ProjectionType],
        attributes: [attributesText(from?.NonKeyAttributes), attributesText(to?.NonKeyAttributes)],
        "read/write units": [
          unitsText(defined.ProvisionedThroughput),
          unitsText(index?.ProvisionedThroughput)
        ]
      },
      rebuilt
    )
  })

const describe = (TableName: string | undefined) =>
  ask("dynamodb", "describe-table", { TableName }, DescribedTable)

/** Examines keys, units, the projection of every index, and whether items expire. */
export const examineTable = (definitions: Definitions) => {
  const { table: defined, ttlAttribute } = definitions
  const { TableName } = defined
  const subject = `table ${TableName}`
  return examine(
    subject,
    Effect.gen(function* () {
      const { Table: table } = yield* describe(TableName)
      const { TimeToLiveDescription: ttl } = yield* ask(
        "dynamodb",
        "describe-time-to-live",
        { TableName },
        TimeToLive
      )
      const whole = compare(subject, {
        status: ["ACTIVE", table.TableStatus],
        keys: [keysText(defined.KeySchema), keysText(table.KeySchema)],
        "read/write units": [
          unitsText(defined.ProvisionedThroughput),
          unitsText(table.ProvisionedThroughput)
        ],
        "time to live": ["ENABLED", ttl.TimeToLiveStatus],
        "attribute of it": [ttlAttribute, ttl.AttributeName]
      })
      return [whole, ...examineIndexes(definitions, table.GlobalSecondaryIndexes ?? [])]
    })
  )
}

/** Examines whether AWS refuses to delete the table, and whether it makes backups, which cost. */
export const examineProtection = ({ name: TableName, ...defined }: DefinedProtection) =>
  examineFacts(
    `protection of table ${TableName}`,
    Effect.all([
      describe(TableName),
      ask("dynamodb", "describe-continuous-backups", { TableName }, Backups)
    ]),
    ([{ Table: table }, { ContinuousBackupsDescription: backups }]) => {
      const { PointInTimeRecoveryStatus: status } = backups.PointInTimeRecoveryDescription ?? {}
      return {
        "deletion protection": [
          defined.deletion_protection_enabled,
          table.DeletionProtectionEnabled ?? false
        ],
        "point-in-time recovery": [defined.point_in_time_recovery[0].enabled, status === "ENABLED"]
      }
    }
  )
