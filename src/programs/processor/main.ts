/** The processor's Lambda: reads its settings, builds its layers and runs its Effects. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as AgentClassifierIsbot from "../../layers/AgentClassifierIsbot.ts"
import { DynamoDb } from "../../layers/dynamodb/DynamoDb.ts"
import * as EventSourceSqs from "../../layers/EventSourceSqs.ts"
import * as InteractionStoreDynamoDb from "../../layers/InteractionStoreDynamoDb.ts"
import * as JsonLogger from "../../layers/JsonLogger.ts"
import * as LanguageDetectorEld from "../../layers/LanguageDetectorEld.ts"
import { Sqs } from "../../layers/sqs/Sqs.ts"
import * as Settings from "../../runtime/Settings.ts"
import { handleEvent } from "./handleEvent.ts"
import { settings } from "./settings.ts"

const logger = JsonLogger.layer("Info")

// read while the function starts: a failure then ends this instance, with one line that says why
const env = await Effect.runPromise(
  Settings.read(settings).pipe(
    Effect.tapError((error) => Effect.logFatal(error.message)),
    Effect.provide(logger)
  )
)

const client = {
  region: env.AWS_REGION,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true }
}
const dynamoDb = DynamoDb.layer(client)
const sqs = Sqs.layer(client)

const runtime = ManagedRuntime.make(
  Layer.mergeAll(
    InteractionStoreDynamoDb.layer({ tableName: env.TABLE_NAME }).pipe(Layer.provide(dynamoDb)),
    EventSourceSqs.layer({ queueUrl: env.QUEUE_URL.href }).pipe(Layer.provide(sqs)),
    AgentClassifierIsbot.layer,
    LanguageDetectorEld.layer,
    logger
  )
)

export const handler = (
  event: unknown,
  context: { readonly getRemainingTimeInMillis: () => number }
) => runtime.runPromise(handleEvent(event, context.getRemainingTimeInMillis()))
