import { DescribeTableCommand, type TableDescription } from "@aws-sdk/client-dynamodb"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { StorageGauge } from "../services/StorageGauge.ts"
import { DynamoDb, read } from "./dynamodb/DynamoDb.ts"

export interface Options {
  readonly tableName: string
}

/** The AWS actions that each verb needs. */
export const actions = {
  bytes: ["dynamodb:DescribeTable"]
} satisfies Record<keyof StorageGauge["Service"], ReadonlyArray<string>>

/** DynamoDB tells 0 bytes until its first measurement, which takes hours: unknown until then. */
const sizeOf = ({ GlobalSecondaryIndexes: indexes = [], TableSizeBytes }: TableDescription) => {
  const sizes = [TableSizeBytes, ...indexes.map(({ IndexSizeBytes }) => IndexSizeBytes)]
  return Option.some(sizes.reduce<number>((sum, size = 0) => sum + size, 0)).pipe(
    Option.filter((bytes) => bytes > 0)
  )
}

const make = Effect.fnUntraced(function* ({ tableName }: Options) {
  const client = yield* DynamoDb
  const describe = Effect.fn("StorageGauge.bytes")(() =>
    read("DescribeTable", (o) =>
      client.send(new DescribeTableCommand({ TableName: tableName }), o)
    ).pipe(
      Effect.map(({ Table = {} }) => sizeOf(Table)),
      Effect.catch((error) =>
        Effect.as(Effect.logWarning("table not measured", error), Option.none<number>())
      )
    )
  )
  return StorageGauge.of({ bytes: describe() })
})

export const layer = (options: Options) => Layer.effect(StorageGauge, make(options))
