import type { CreateTableCommandInput } from "@aws-sdk/client-dynamodb"
import * as Schema from "effect/Schema"

/** A table on demand lacks both. */
const Capacity = {
  read_capacity: Schema.optionalKey(Schema.Int),
  write_capacity: Schema.optionalKey(Schema.Int)
}

/** The fields of `aws_dynamodb_table` that `CreateTable` and `UpdateTimeToLive` need. */
export const TableResource = Schema.Struct({
  name: Schema.String,
  billing_mode: Schema.Literals(["PROVISIONED", "PAY_PER_REQUEST"]),
  hash_key: Schema.String,
  range_key: Schema.String,
  ...Capacity,
  attribute: Schema.Array(
    Schema.Struct({ name: Schema.String, type: Schema.Literals(["S", "N", "B"]) })
  ),
  global_secondary_index: Schema.Array(
    Schema.Struct({
      name: Schema.String,
      hash_key: Schema.String,
      range_key: Schema.String,
      ...Capacity,
      projection_type: Schema.Literals(["ALL", "KEYS_ONLY", "INCLUDE"]),
      non_key_attributes: Schema.Array(Schema.String)
    })
  ),
  ttl: Schema.Tuple([Schema.Struct({ attribute_name: Schema.String, enabled: Schema.Boolean })])
})
export type TableResource = typeof TableResource.Type

const keySchema = (keys: { readonly hash_key: string; readonly range_key: string }) => [
  { AttributeName: keys.hash_key, KeyType: "HASH" as const },
  { AttributeName: keys.range_key, KeyType: "RANGE" as const }
]

const throughput = (units: {
  readonly read_capacity?: number
  readonly write_capacity?: number
}) => {
  const { read_capacity: ReadCapacityUnits, write_capacity: WriteCapacityUnits } = units
  if (ReadCapacityUnits === undefined || WriteCapacityUnits === undefined) return {}
  return { ProvisionedThroughput: { ReadCapacityUnits, WriteCapacityUnits } }
}

export const createTableInput = (table: TableResource): CreateTableCommandInput => ({
  TableName: table.name,
  BillingMode: table.billing_mode,
  KeySchema: keySchema(table),
  ...throughput(table),
  AttributeDefinitions: table.attribute.map(({ name, type }) => ({
    AttributeName: name,
    AttributeType: type
  })),
  GlobalSecondaryIndexes: table.global_secondary_index.map((index) => ({
    IndexName: index.name,
    KeySchema: keySchema(index),
    ...throughput(index),
    Projection: {
      ProjectionType: index.projection_type,
      NonKeyAttributes: [...index.non_key_attributes]
    }
  }))
})
