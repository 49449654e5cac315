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
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutPublicAccessBlockCommand
} from "@aws-sdk/client-s3"
import {
  createTableInput,
  type TableResource as Table
} from "../../../infra/definitions/TableDefinition.ts"
import { region } from "../Moto.ts"
import type { Values } from "./Desired.ts"
import { document, type Kind, orNone, tagList, text, toApi } from "./Kind.ts"

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
  names: {
    write_capacity: "ProvisionedThroughput.WriteCapacityUnits",
    read_capacity: "ProvisionedThroughput.ReadCapacityUnits",
    global_secondary_index: "Indexes"
  },
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

const closed = ({ bucket: _, ...values }: Values): Values => Object(toApi(values))

const publicAccessBlock: Kind = {
  wanted: closed,
  find: async ({ objects }, values) => {
    const command = new GetPublicAccessBlockCommand({ Bucket: Bucket(values) })
    const found = await orNone(objects.send(command))
    return found && { ...found.PublicAccessBlockConfiguration }
  },
  make: ({ objects }, values) =>
    objects.send(
      new PutPublicAccessBlockCommand({
        Bucket: Bucket(values),
        PublicAccessBlockConfiguration: closed(values)
      })
    ),
  // it goes with its bucket
  remove: async () => undefined
}

const bucketPolicy: Kind = {
  wanted: ({ policy }) => ({ Policy: document(policy) }),
  find: async ({ objects }, values) => {
    const command = new GetBucketPolicyCommand({ Bucket: Bucket(values) })
    const found = await orNone(objects.send(command))
    return found && { Policy: document(found.Policy) }
  },
  make: ({ objects }, values) =>
    objects.send(
      new PutBucketPolicyCommand({ Bucket: Bucket(values), Policy: text(values, "policy") })
    ),
  remove: async () => undefined
}

const rulesOf = ({ rule }: Values) =>
  (Array.isArray(rule) ? rule : []).map(
    ({ abort_incomplete_multipart_upload: [abort], id, status }) => ({
      ID: String(id),
      Status: status,
      Filter: { Prefix: "" },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: abort.days_after_initiation }
    })
  )

const bucketLifecycle: Kind = {
  wanted: (values) => ({ Rules: rulesOf(values).map(({ Filter: _, ...rule }) => rule) }),
  find: async ({ objects }, values) => {
    const command = new GetBucketLifecycleConfigurationCommand({ Bucket: Bucket(values) })
    const found = await orNone(objects.send(command))
    return found && { Rules: found.Rules }
  },
  make: ({ objects }, values) =>
    objects.send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket: Bucket(values),
        LifecycleConfiguration: { Rules: rulesOf(values) }
      })
    ),
  remove: async () => undefined
}

export const storeKinds = {
  aws_dynamodb_table: table,
  aws_s3_bucket: bucket,
  aws_s3_bucket_public_access_block: publicAccessBlock,
  aws_s3_bucket_policy: bucketPolicy,
  aws_s3_bucket_lifecycle_configuration: bucketLifecycle
}
