import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand
} from "@aws-sdk/client-dynamodb"
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  PutBucketTaggingCommand
} from "@aws-sdk/client-s3"
import {
  createTableInput,
  type TableResource as Table
} from "../../../infra/definitions/TableDefinition.ts"
import { region } from "../Moto.ts"
import type { Values } from "./Desired.ts"
import { type Kind, orNone, tagList, text } from "./Kind.ts"

const tableInput = (values: Values) => createTableInput(values as unknown as Table)

const isProtected = (values: Values) => values.deletion_protection_enabled === true

const unitsOf = ({
  ReadCapacityUnits,
  WriteCapacityUnits
}: {
  readonly ReadCapacityUnits?: number | undefined
  readonly WriteCapacityUnits?: number | undefined
} = {}) => ({ ReadCapacityUnits, WriteCapacityUnits })

interface Described {
  readonly KeySchema?: unknown
  readonly Projection?: unknown
  readonly ProvisionedThroughput?: Parameters<typeof unitsOf>[0]
}

const shapeOf = ({ KeySchema, Projection, ProvisionedThroughput }: Described) => ({
  KeySchema,
  Projection,
  ProvisionedThroughput: unitsOf(ProvisionedThroughput)
})

const table: Kind = {
  wanted: (values) => {
    const { GlobalSecondaryIndexes = [], ...input } = tableInput(values)
    return {
      ...shapeOf(input as Described),
      Indexes: Object.fromEntries(
        GlobalSecondaryIndexes.map((index) => [index.IndexName, shapeOf(index as Described)])
      ),
      DeletionProtectionEnabled: isProtected(values),
      TimeToLive: "expiresAt"
    }
  },
  find: async ({ tables }, values) => {
    const TableName = text(values, "name")
    const found = (await orNone(tables.send(new DescribeTableCommand({ TableName }))))?.Table
    if (found === undefined) return undefined
    const { TimeToLiveDescription } = await tables.send(
      new DescribeTimeToLiveCommand({ TableName })
    )
    return {
      ...shapeOf(found as Described),
      Indexes: Object.fromEntries(
        (found.GlobalSecondaryIndexes ?? []).map((index) => [
          index.IndexName,
          shapeOf(index as Described)
        ])
      ),
      DeletionProtectionEnabled: found.DeletionProtectionEnabled,
      TimeToLive: TimeToLiveDescription?.AttributeName
    }
  },
  make: async ({ tables }, values, tags) => {
    const DeletionProtectionEnabled = isProtected(values)
    const Tags = tagList(tags)
    const input = { ...tableInput(values), DeletionProtectionEnabled, Tags }
    await tables.send(new CreateTableCommand(input))
    const [ttl] = (values as unknown as Table).ttl
    return tables.send(
      new UpdateTimeToLiveCommand({
        TableName: text(values, "name"),
        TimeToLiveSpecification: { AttributeName: ttl.attribute_name, Enabled: ttl.enabled }
      })
    )
  },
  change: ({ tables }, values) =>
    tables.send(
      new UpdateTableCommand({
        TableName: text(values, "name"),
        DeletionProtectionEnabled: isProtected(values)
      })
    ),
  remove: ({ tables }, values) =>
    tables.send(new DeleteTableCommand({ TableName: text(values, "name") }))
}

const Bucket = (values: Values) => text(values, "bucket")

const bucket: Kind = {
  wanted: () => ({}),
  find: async ({ objects }, values) =>
    (await orNone(objects.send(new HeadBucketCommand({ Bucket: Bucket(values) })))) && {},
  make: async ({ objects }, values, tags) => {
    await objects.send(
      new CreateBucketCommand({
        Bucket: Bucket(values),
        CreateBucketConfiguration: { LocationConstraint: region }
      })
    )
    const Tagging = { TagSet: tagList(tags) }
    return objects.send(new PutBucketTaggingCommand({ Bucket: Bucket(values), Tagging }))
  },
  remove: async ({ objects }, values) => {
    const named = { Bucket: Bucket(values) }
    const { Contents = [] } = await objects.send(new ListObjectsV2Command(named))
    for (const { Key } of Contents) await objects.send(new DeleteObjectCommand({ ...named, Key }))
    return objects.send(new DeleteBucketCommand(named))
  }
}

export const storeKinds = { aws_dynamodb_table: table, aws_s3_bucket: bucket }
