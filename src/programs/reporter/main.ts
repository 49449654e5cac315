/** The reporter's Lambda: settings, layers, and the only place where its Effects are run. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Option from "effect/Option"
import * as ChannelsHttp from "../../layers/ChannelsHttp.ts"
import * as DeadLetterGaugeSqs from "../../layers/DeadLetterGaugeSqs.ts"
import { DynamoDb } from "../../layers/dynamodb/DynamoDb.ts"
import * as InteractionStoreDynamoDb from "../../layers/InteractionStoreDynamoDb.ts"
import * as JsonLogger from "../../layers/JsonLogger.ts"
import * as MailerSes from "../../layers/MailerSes.ts"
import * as MeaningStatic from "../../layers/MeaningStatic.ts"
import * as MeaningWithStandIn from "../../layers/MeaningWithStandIn.ts"
import * as MeaningWorkersAi from "../../layers/MeaningWorkersAi.ts"
import * as PipelineMeterCloudWatch from "../../layers/PipelineMeterCloudWatch.ts"
import * as ReportLedgerDynamoDb from "../../layers/ReportLedgerDynamoDb.ts"
import * as StorageGaugeDynamoDb from "../../layers/StorageGaugeDynamoDb.ts"
import * as Settings from "../../runtime/Settings.ts"
import { addressesOf } from "./channelSettings.ts"
import { handleEvent } from "./handleEvent.ts"
import { optionsOf, settings } from "./settings.ts"

const logger = JsonLogger.layer("Info")

// read while the function starts: a failure then ends this instance, with one line that says why
const env = await Effect.runPromise(
  Settings.read(settings).pipe(
    Effect.tapError((error) => Effect.logFatal(error.message)),
    Effect.provide(logger)
  )
)

const region = env.AWS_REGION
const table = { tableName: env.TABLE_NAME }

const dynamoDb = DynamoDb.layer({
  region,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 5000, throwOnRequestTimeout: true }
})
const ses = MailerSes.Ses.layer({
  region,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 10_000, throwOnRequestTimeout: true }
})

const workersAi = Option.all({ account: env.WORKERS_AI_ACCOUNT, token: env.WORKERS_AI_TOKEN })
const meaning = Option.match(workersAi, {
  onNone: () => MeaningStatic.layer,
  onSome: (account) =>
    MeaningWithStandIn.layer(MeaningWorkersAi.layer(account), MeaningStatic.layer)
})

const runtime = ManagedRuntime.make(
  Layer.mergeAll(
    InteractionStoreDynamoDb.layer(table).pipe(Layer.provide(dynamoDb)),
    ReportLedgerDynamoDb.layer(table).pipe(Layer.provide(dynamoDb)),
    StorageGaugeDynamoDb.layer(table).pipe(Layer.provide(dynamoDb)),
    MailerSes.layer.pipe(Layer.provide(ses)),
    meaning,
    ChannelsHttp.layer(addressesOf(env)),
    DeadLetterGaugeSqs.layer({
      queueUrl: Option.getOrUndefined(env.DEAD_LETTERS_URL)?.href,
      client: { region, maxAttempts: 2 }
    }),
    PipelineMeterCloudWatch.layer({
      queueName: Option.getOrUndefined(env.QUEUE_ARN)?.split(":").at(-1),
      client: { region, maxAttempts: 2, requestHandler: { requestTimeout: 3000 } }
    }),
    logger
  )
)

const options = optionsOf(env)

export const handler = (event: unknown) =>
  runtime.runPromise(handleEvent(event, crypto.randomUUID(), options))
