/** Examines the queues and the table of `npm start`, which Terraform does not know. */
import { DescribeTableCommand, DescribeTimeToLiveCommand } from "@aws-sdk/client-dynamodb"
import * as Effect from "effect/Effect"
import {
  type Definitions,
  type QueueSettings,
  readDefinitions
} from "../../infra/definitions/Definitions.ts"
import type { Variables } from "../../infra/definitions/Terraform.ts"
import { DynamoDb } from "../aws/Clients.ts"
import { unreadableDefinitions } from "../deploy/DeployFault.ts"
import { atOnce, compare, examine } from "./examine.ts"
import { examineDeadLetters, readQueue } from "./examineDeadLetters.ts"

const startAgain = "npm start makes it anew: end it, and start it again."

const examineQueue = ({ attributes, name }: QueueSettings) => {
  const subject = `queue ${name}`
  return examine(
    subject,
    Effect.map(readQueue(name), (deployed) => [
      compare(
        subject,
        Object.fromEntries(
          Object.entries(attributes).map(([key, value]) => [key, [value, deployed[key]] as const])
        ),
        startAgain
      )
    ])
  )
}

type Key = { readonly AttributeName?: string | undefined; readonly KeyType?: string | undefined }

interface Index {
  readonly IndexName?: string | undefined
  readonly KeySchema?: ReadonlyArray<Key> | undefined
  readonly Projection?:
    | { readonly NonKeyAttributes?: ReadonlyArray<string> | undefined }
    | undefined
}

const keysText = (keys: ReadonlyArray<Key> = []): string =>
  keys.map(({ AttributeName, KeyType }) => `${AttributeName} ${KeyType}`).join(", ")

/** Keys and projected attributes of each index, by its name. */
const indexTexts = (indexes: ReadonlyArray<Index> = []) =>
  Object.fromEntries(
    indexes.map(({ IndexName = "", KeySchema, Projection }) => [
      IndexName,
      `${keysText(KeySchema)} with ${(Projection?.NonKeyAttributes ?? []).toSorted().join(", ")}`
    ])
  )

const examineTable = ({ table, ttlAttribute }: Definitions) => {
  const { TableName } = table
  const subject = `table ${TableName}`
  const [describe, expiry] = [
    new DescribeTableCommand({ TableName }),
    new DescribeTimeToLiveCommand({ TableName })
  ]
  return examine(
    subject,
    Effect.map(
      DynamoDb.use((send) => Effect.all([send(describe), send(expiry)], atOnce)),
      ([{ Table: found = {} }, { TimeToLiveDescription: ttl = {} }]) => [
        compare(
          subject,
          {
            keys: [keysText(table.KeySchema), keysText(found.KeySchema)],
            indexes: [
              indexTexts(table.GlobalSecondaryIndexes),
              indexTexts(found.GlobalSecondaryIndexes)
            ],
            "time to live": ["ENABLED", ttl.TimeToLiveStatus],
            "attribute of it": [ttlAttribute, ttl.AttributeName]
          },
          startAgain
        )
      ]
    )
  )
}

export const examineStorage = Effect.fnUntraced(function* (variables: Variables) {
  const definitions = yield* Effect.mapError(readDefinitions(variables), unreadableDefinitions)
  const { deadLetters, queue } = definitions
  const checks = yield* Effect.all(
    [
      examineQueue(queue),
      examineQueue(deadLetters),
      examineDeadLetters(deadLetters.name),
      examineTable(definitions)
    ],
    atOnce
  )
  return checks.flat()
})
