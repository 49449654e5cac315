import { readdirSync, readFileSync } from "node:fs"
import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb"
import { SQSClient } from "@aws-sdk/client-sqs"
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import PostalMime from "postal-mime"
import { readDefinitions } from "../../../infra/definitions/Definitions.ts"
import * as CloudWatch from "../../../local/cloudwatch/CloudWatchServer.ts"
import { createQueues } from "../../../local/createQueues.ts"
import { createTable } from "../../../local/dynamodb/createTable.ts"
import { clientConfig, start } from "../../../local/dynamodb/DynamoDbEngine.ts"
import * as Inbox from "../../../local/inbox/Inbox.ts"
import * as SqsServer from "../../../local/sqs/SqsServer.ts"
import { DynamoDb } from "../../../src/layers/dynamodb/DynamoDb.ts"
import * as InteractionStoreDynamoDb from "../../../src/layers/InteractionStoreDynamoDb.ts"
import * as MeaningWords from "../../../src/layers/MeaningWords.ts"
import * as ReportLedgerDynamoDb from "../../../src/layers/ReportLedgerDynamoDb.ts"
import { count } from "../../../src/programs/reporter/count.ts"
import { Correlated } from "../../../src/schema/Interaction.ts"
import { periodOf, previousWeek } from "../../../src/schema/IsoWeek.ts"
import { DeadLetterGauge } from "../../../src/services/DeadLetterGauge.ts"
import { InteractionStore } from "../../../src/services/InteractionStore.ts"
import { PipelineMeter } from "../../../src/services/PipelineMeter.ts"
import { ReportLedger } from "../../../src/services/ReportLedger.ts"
import { StorageGauge } from "../../../src/services/StorageGauge.ts"
import { portBlock } from "../../e2e/portBlock.ts"
import { temporaryFolder } from "../../e2e/temporaryFolder.ts"
import { queryEvent, requestIdOf, responseEvent } from "../../schema/EventExamples.ts"

/** Inbox, queues, table and metrics as far above one port as `npm start` has them. */
const startServices = Effect.gen(function* () {
  const port = yield* portBlock
  const folder = yield* temporaryFolder
  const engine = yield* start({ port: port + 3, folder: undefined })
  yield* Inbox.serve({ port: port + 1, folder })
  const sqs = yield* SqsServer.make({ port: port + 2, folder: undefined })
  yield* CloudWatch.serve({ port: port + 5, folder })
  return { port, inboxFolder: folder, dynamoDb: engine.endpoint, sqs: sqs.endpoint }
})

const closing = <A extends { readonly destroy: () => void }>(make: () => A) =>
  Effect.acquireRelease(Effect.sync(make), (client) => Effect.sync(() => client.destroy()))

/** The system that `--local --port` names, with an empty table and empty queues. */
export const localServices = Effect.gen(function* () {
  const { dynamoDb, inboxFolder, port, sqs } = yield* startServices
  const definitions = yield* readDefinitions()
  const { TableName: tableName } = definitions.table
  const table = yield* closing(() => new DynamoDBClient(clientConfig(dynamoDb)))
  yield* createTable(table, definitions)
  const queues = yield* closing(
    () => new SQSClient({ ...clientConfig(sqs), useQueueUrlAsEndpoint: false })
  )
  const { deadLettersUrl, queueUrl } = yield* createQueues(queues, definitions)

  const zone = DateTime.zoneMakeNamedUnsafe("Etc/UTC")
  const week = previousWeek(yield* Clock.currentTimeMillis, zone)
  const period = periodOf(week, zone)
  const { startMs } = period
  const layer = Layer.mergeAll(
    InteractionStoreDynamoDb.layer({ tableName }),
    ReportLedgerDynamoDb.layer({ tableName }),
    MeaningWords.layer,
    Layer.succeed(DeadLetterGauge, { count: Effect.succeedNone }),
    Layer.succeed(PipelineMeter, { read: () => Effect.succeed({}) }),
    Layer.succeed(StorageGauge, { bytes: Effect.succeedNone })
  ).pipe(Layer.provide(DynamoDb.layer(clientConfig(dynamoDb))))

  const record = (...given: Parameters<InteractionStore["Service"]["record"]>) =>
    Effect.flatMap(InteractionStore, (interactions) => interactions.record(...given)).pipe(
      Effect.provide(layer)
    )

  /** One answered question of the week, told apart by a number. */
  const store = (n: number) => {
    const key = { requestId: requestIdOf(n), timestamp: startMs + n }
    return record(
      Correlated.make({
        query: queryEvent({ ...key, query: `Question ${n}?` }),
        response: responseEvent({ ...key, queryTimestamp: key.timestamp })
      })
    )
  }

  /** Reports the week as the schedule's run does, except that its e-mail goes nowhere. */
  const reportWeek = Effect.gen(function* () {
    const ledger = yield* ReportLedger
    const claim = yield* ledger.claim({ weekId: week, owner: "schedule", leaseSeconds: 60 })
    yield* ledger.freeze(claim, yield* count(period, { prices: [], zone }))
    yield* ledger.confirm(claim, "first-message")
  }).pipe(Effect.provide(layer))

  /** The ledger's item as it is stored, if there is one. */
  const ledgerItem = Effect.promise(async () => {
    const Key = { requestId: { S: `report#${week}` }, timestamp: { N: "0" } }
    return (await table.send(new GetItemCommand({ TableName: tableName, Key }))).Item
  })

  const emails = Effect.promise(() =>
    Promise.all(
      readdirSync(inboxFolder)
        .filter((file) => file.endsWith(".eml"))
        .map((file) => PostalMime.parse(readFileSync(`${inboxFolder}/${file}`)))
    )
  )

  const flags = ["--local", "--port", String(port)]
  return {
    ...{ week, period, startMs, flags, port, store, record, reportWeek, ledgerItem, emails },
    ...{ tableName, table, queues, queueUrl, deadLettersUrl, layer }
  }
})
