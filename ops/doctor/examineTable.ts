import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type GlobalSecondaryIndexDescription
} from "@aws-sdk/client-dynamodb"
import * as Effect from "effect/Effect"
import type { Definitions } from "../../infra/definitions/Definitions.ts"
import { DynamoDb } from "../aws/Clients.ts"
import type { DefinedProtection } from "./DefinedResources.ts"
import { atOnce, compare, deployInfra, examine, examineFacts } from "./examine.ts"

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

const examineIndexes = (
  { table }: Definitions,
  deployed: ReadonlyArray<GlobalSecondaryIndexDescription>
) =>
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
  DynamoDb.use((send) => send(new DescribeTableCommand({ TableName }))).pipe(
    Effect.map(({ Table = {} }) => Table)
  )

const expiry = (TableName: string | undefined) =>
  DynamoDb.use((send) => send(new DescribeTimeToLiveCommand({ TableName }))).pipe(
    Effect.map(({ TimeToLiveDescription = {} }) => TimeToLiveDescription)
  )

const backups = (TableName: string) =>
  DynamoDb.use((send) => send(new DescribeContinuousBackupsCommand({ TableName }))).pipe(
    Effect.map(
      ({ ContinuousBackupsDescription: found }) =>
        found?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus
    )
  )

/** Examines keys, units, the projection of every index, and whether items expire. */
export const examineTable = (definitions: Definitions) => {
  const { table: defined, ttlAttribute } = definitions
  const { TableName } = defined
  const subject = `table ${TableName}`
  return examine(
    subject,
    Effect.map(Effect.all([describe(TableName), expiry(TableName)], atOnce), ([table, ttl]) => {
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
    Effect.all([describe(TableName), backups(TableName)], atOnce),
    ([table, status]) => ({
      "deletion protection": [
        defined.deletion_protection_enabled,
        table.DeletionProtectionEnabled ?? false
      ],
      "point-in-time recovery": [defined.point_in_time_recovery[0].enabled, status === "ENABLED"]
    })
  )
