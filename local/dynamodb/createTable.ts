import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ResourceInUseException,
  type TableDescription,
  UpdateTimeToLiveCommand
} from "@aws-sdk/client-dynamodb"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"

/** The table was not created or did not become active. */
export class TableNotReady extends Data.TaggedError("TableNotReady")<{
  readonly tableName: string
  readonly operation: string
  readonly cause: unknown
}> {
  override get message() {
    const { cause, operation, tableName } = this
    return `${tableName}: ${operation}: ${cause instanceof Error ? cause.message : String(cause)}`
  }
}

interface TableDefinitions {
  readonly table: CreateTableCommandInput & { readonly TableName: string }
  /** Items expire by this attribute; without it they stay. */
  readonly ttlAttribute: string | undefined
}

const isActive = (table: TableDescription | undefined): boolean =>
  table?.TableStatus === "ACTIVE" &&
  (table.GlobalSecondaryIndexes ?? []).every(({ IndexStatus }) => IndexStatus === "ACTIVE")

/**
 * Succeeds when the table and its indexes are active, with the TTL; it may be called again. It
 * keeps an existing table as it is, even when the definitions have changed.
 */
export const createTable = Effect.fn("createTable")(function* (
  client: DynamoDBClient,
  { table, ttlAttribute }: TableDefinitions
) {
  const { TableName } = table
  const call = <A>(operation: string, send: (o: { abortSignal: AbortSignal }) => Promise<A>) =>
    Effect.tryPromise({
      try: (abortSignal) => send({ abortSignal }),
      catch: (cause) => new TableNotReady({ tableName: TableName, operation, cause })
    })

  yield* call("CreateTable", (o) => client.send(new CreateTableCommand(table), o)).pipe(
    Effect.catchIf(
      ({ cause }) => cause instanceof ResourceInUseException,
      () => Effect.void
    )
  )
  yield* call("DescribeTable", (o) => client.send(new DescribeTableCommand({ TableName }), o)).pipe(
    Effect.repeat({ schedule: Schedule.spaced("20 millis"), until: (s) => isActive(s.Table) }),
    Effect.timeoutOrElse({
      duration: "30 seconds",
      orElse: () =>
        new TableNotReady({
          tableName: TableName,
          operation: "DescribeTable",
          cause: "the table does not become active"
        })
    })
  )
  if (ttlAttribute === undefined) return
  const { TimeToLiveDescription: ttl } = yield* call("DescribeTimeToLive", (o) =>
    client.send(new DescribeTimeToLiveCommand({ TableName }), o)
  )
  if (ttl?.TimeToLiveStatus === "ENABLED" || ttl?.TimeToLiveStatus === "ENABLING") return
  yield* call("UpdateTimeToLive", (o) =>
    client.send(
      new UpdateTimeToLiveCommand({
        TableName,
        TimeToLiveSpecification: { AttributeName: ttlAttribute, Enabled: true }
      }),
      o
    )
  )
})
