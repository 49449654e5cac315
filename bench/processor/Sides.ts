/** Both designs on one engine, each with its tables and a meter at its client. */
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb"
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as References from "effect/References"
import { type Definitions, readDefinitions } from "../../infra/definitions/Definitions.ts"
import { createTable } from "../../local/dynamodb/createTable.ts"
import { clientConfig, start } from "../../local/dynamodb/DynamoDbEngine.ts"
import * as AgentClassifierIsbot from "../../src/layers/AgentClassifierIsbot.ts"
import { DynamoDb } from "../../src/layers/dynamodb/DynamoDb.ts"
import * as InteractionStoreDynamoDb from "../../src/layers/InteractionStoreDynamoDb.ts"
import * as LanguageDetectorEld from "../../src/layers/LanguageDetectorEld.ts"
import { processBatch } from "../../src/programs/processor/program.ts"
import { batchOf } from "../../src/programs/processor/SqsEvent.ts"
import { attach, type Usage } from "./Meter.ts"
import { makeHandler, referenceTables } from "./reference.ts"
import type { SqsEvent } from "./Traffic.ts"

/** Stores a whole batch and returns its usage. */
type Store = (event: SqsEvent) => Promise<Usage>

export interface Sides {
  readonly engine: string
  readonly endpoint: string
  readonly tableName: string
  /** Our table as it is deployed. */
  readonly table: Definitions["table"]
  readonly ours: Store
  readonly reference: Store
}

interface Response {
  readonly batchItemFailures: ReadonlyArray<unknown>
}

const metered = (client: DynamoDBClient, handle: (event: SqsEvent) => Promise<Response>): Store => {
  const meter = attach(client)
  return async (event) => {
    meter.read()
    const { batchItemFailures } = await handle(event)
    if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} not stored`)
    return meter.read()
  }
}

const makeOurs = (client: DynamoDBClient, tableName: string) => {
  const services = Layer.mergeAll(
    InteractionStoreDynamoDb.layer({ tableName }).pipe(
      Layer.provide(Layer.succeed(DynamoDb, client))
    ),
    AgentClassifierIsbot.layer,
    LanguageDetectorEld.layer,
    Layer.succeed(References.MinimumLogLevel, "None" as const)
  )
  return (event: SqsEvent) =>
    Effect.runPromise(
      Effect.fromResult(batchOf(event)).pipe(
        Effect.flatMap(({ records }) => processBatch(records, { budget: "30 seconds" })),
        Effect.provide(services)
      )
    )
}

export const newClient = (endpoint: string) =>
  Effect.acquireRelease(
    Effect.sync(() => new DynamoDBClient(clientConfig(endpoint))),
    (client) => Effect.sync(() => client.destroy())
  )

export const makeSides = Effect.fnUntraced(function* () {
  const definitions = yield* readDefinitions()
  const { TableName: tableName } = definitions.table
  const { endpoint, engine } = yield* start({ port: 0, folder: undefined })
  const [client, other] = [yield* newClient(endpoint), yield* newClient(endpoint)]
  yield* createTable(client, definitions)
  for (const table of referenceTables) {
    yield* Effect.promise(() => other.send(new CreateTableCommand(table)))
  }
  const handleReference = makeHandler(DynamoDBDocumentClient.from(other))
  return {
    engine,
    endpoint,
    tableName,
    table: definitions.table,
    ours: metered(client, makeOurs(client, tableName)),
    reference: metered(other, handleReference)
  } satisfies Sides
})
