/**
 * The read units of a week, as the engine reports them, by the reporter's week index and by the
 * original's, which projects everything. Each interaction has two texts of 20 KB.
 */
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClient
} from "@aws-sdk/client-dynamodb"
import { BatchWriteCommand, DynamoDBDocumentClient, QueryCommand } from "@aws-sdk/lib-dynamodb"
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { readDefinitions } from "../../infra/definitions/Definitions.ts"
import { createTable } from "../../local/dynamodb/createTable.ts"
import { start } from "../../local/dynamodb/DynamoDbEngine.ts"
import * as AgentClassifierIsbot from "../../src/layers/AgentClassifierIsbot.ts"
import { DynamoDb } from "../../src/layers/dynamodb/DynamoDb.ts"
import { indexes } from "../../src/layers/dynamodb/InteractionItem.ts"
import * as InteractionStoreDynamoDb from "../../src/layers/InteractionStoreDynamoDb.ts"
import * as LanguageDetectorEld from "../../src/layers/LanguageDetectorEld.ts"
import { enrich, tellers } from "../../src/programs/processor/enrich.ts"
import { correlate } from "../../src/schema/Interaction.ts"
import { periodOf, utcWeekId } from "../../src/schema/IsoWeek.ts"
import { InteractionStore } from "../../src/services/InteractionStore.ts"
import { alone, compared, type Measure } from "../Measure.ts"
import { attach } from "../processor/Meter.ts"
import { recordOf, referenceTables } from "../processor/reference.ts"
import { newClient } from "../processor/Sides.ts"
import { asNewRequest, readSamples, type Sample } from "../processor/samples.ts"

/** The bench stores and reads so many interactions, and scales a week's units from theirs. */
export const measuredLength = 2000
const batchLength = 25
const weekLengths = [10_000, 100_000, 1_000_000]

const recordTable = "AnalyticsTable"
const weekOf = ({ query }: Sample) => utcWeekId(query.timestamp)

interface Usage {
  readonly units: number
  readonly ms: number
}

const timed = Effect.fnUntraced(function* <E, R>(
  client: DynamoDBClient,
  read: Effect.Effect<number, E, R>
) {
  const meter = attach(client)
  const from = yield* Clock.currentTimeNanos
  const length = yield* read
  const ms = Number((yield* Clock.currentTimeNanos) - from) / 1e6
  if (length !== measuredLength) return yield* Effect.die(`${length} read, and not all`)
  return { units: meter.read().readUnits, ms } satisfies Usage
})

/** Stores an exchange as the processor does. */
export const store = Effect.fnUntraced(function* (sample: Sample) {
  const interaction = correlate(correlate(undefined, sample.query), sample.response)
  const interactions = yield* InteractionStore
  const { traits } = enrich(interaction, yield* tellers)
  yield* interactions.record(interaction, traits)
})

/** Reads through the reporter's store, so that the time includes the decoding of items. */
const useOurs = (client: DynamoDBClient, tableName: string, samples: ReadonlyArray<Sample>) =>
  Effect.gen(function* () {
    yield* Effect.forEach(samples, store, { concurrency: 4, discard: true })
    const [first] = samples
    if (first === undefined) return yield* Effect.die("there is nothing to store")
    const { summaries } = yield* InteractionStore
    const period = periodOf(weekOf(first), DateTime.zoneMakeNamedUnsafe("UTC"))
    return yield* timed(client, Stream.runCount(summaries(period)))
  }).pipe(
    Effect.provide([
      InteractionStoreDynamoDb.layer({ tableName }).pipe(
        Layer.provide(Layer.succeed(DynamoDb, client))
      ),
      AgentClassifierIsbot.layer,
      LanguageDetectorEld.layer
    ])
  )

const readAll = async (client: DynamoDBDocumentClient, week: string): Promise<number> => {
  const records: Array<unknown> = []
  let after: Record<string, unknown> | undefined
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: recordTable,
        IndexName: "week-index",
        KeyConditionExpression: "week = :week",
        ExpressionAttributeValues: { ":week": week },
        ...(after === undefined ? {} : { ExclusiveStartKey: after })
      })
    )
    records.push(...(page.Items ?? []))
    after = page.LastEvaluatedKey
  } while (after !== undefined)
  return records.length
}

const useReference = Effect.fnUntraced(function* (
  client: DynamoDBClient,
  samples: ReadonlyArray<Sample>
) {
  const documents = DynamoDBDocumentClient.from(client)
  for (const table of referenceTables) {
    yield* Effect.promise(() => client.send(new CreateTableCommand(table)))
  }
  for (let n = 0; n < samples.length; n += batchLength) {
    const puts = samples
      .slice(n, n + batchLength)
      .map(({ query, response }) => ({ PutRequest: { Item: recordOf(query, response) } }))
    const command = new BatchWriteCommand({ RequestItems: { [recordTable]: puts } })
    yield* Effect.promise(() => documents.send(command))
  }
  const [first] = samples
  const week = first === undefined ? "" : weekOf(first)
  return yield* timed(
    client,
    Effect.promise(() => readAll(documents, week))
  )
})

const scaled = (ours: Usage, reference: Usage, unitsPerSecond: number): ReadonlyArray<Measure> => [
  ...weekLengths.flatMap((length) => {
    const units = (ours.units / measuredLength) * length
    return [
      compared(
        `read units, a week of ${length / 1000}k`,
        {
          ours: units,
          reference: (reference.units / measuredLength) * length,
          better: "less"
        },
        { timesAtLeast: 1 }
      ),
      alone(`  s at the index's ${unitsPerSecond} a second, without burst`, units / unitsPerSecond)
    ]
  }),
  compared("reading 1k from the engine, ms", {
    ours: (ours.ms / measuredLength) * 1000,
    reference: (reference.ms / measuredLength) * 1000,
    better: "less"
  })
]

const unitsPerSecond = ({ GlobalSecondaryIndexes = [] }: CreateTableCommandInput): number =>
  GlobalSecondaryIndexes.find(({ IndexName }) => IndexName === indexes.week)?.ProvisionedThroughput
    ?.ReadCapacityUnits ?? Number.NaN

export const measureReadUnits = Effect.fnUntraced(function* () {
  const { prose } = yield* readSamples()
  const samples = Array.from({ length: measuredLength }, (_, n) => prose[n % prose.length]).flatMap(
    (sample) => (sample === undefined ? [] : [asNewRequest(sample)])
  )
  const definitions = yield* readDefinitions()
  const { endpoint, engine } = yield* start({ port: 0, folder: undefined })
  const [client, other] = [yield* newClient(endpoint), yield* newClient(endpoint)]
  yield* createTable(client, definitions)
  const ours = yield* useOurs(client, definitions.table.TableName, samples)
  const reference = yield* useReference(other, samples)
  return { engine, measures: scaled(ours, reference, unitsPerSecond(definitions.table)) }
}, Effect.scoped)
