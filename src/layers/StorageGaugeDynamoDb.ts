import { DescribeTableCommand } from "@aws-sdk/client-dynamodb"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { StorageGauge } from "../services/StorageGauge.ts"
import { callPatiently, DynamoDb } from "./dynamodb/DynamoDb.ts"

export interface Options {
  readonly tableName: string
}

/** The AWS actions that each verb needs. */
export const actions = {
  bytes: ["dynamodb:DescribeTable"]
} satisfies Record<keyof StorageGauge["Service"], ReadonlyArray<string>>

/** DynamoDB tells 0 bytes until its first measurement, which takes hours: unknown until then. */
const make = Effect.fnUntraced(function* ({ tableName }: Options) {
  const client = yield* DynamoDb
  const describe = callPatiently("DescribeTable", (o) =>
    client.send(new DescribeTableCommand({ TableName: tableName }), o)
  )
  const bytes = describe.pipe(
    Effect.map(({ Table }) => {
      const indexes = Table?.GlobalSecondaryIndexes ?? []
      const sizes = [Table?.TableSizeBytes, ...indexes.map(({ IndexSizeBytes }) => IndexSizeBytes)]
      const bytes = sizes.reduce<number>((sum, size = 0) => sum + size, 0)
      return bytes > 0 ? Option.some(bytes) : Option.none<number>()
    }),
    Effect.catch((error) =>
      Effect.as(Effect.logWarning("table not measured", error), Option.none<number>())
    )
  )
  return StorageGauge.of({ bytes })
})

export const layer = (options: Options) => Layer.effect(StorageGauge, make(options))
