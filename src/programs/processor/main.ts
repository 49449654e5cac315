/** The processor's Lambda: reads its settings, builds its layers and runs its Effects. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as AgentClassifierIsbot from "../../layers/AgentClassifierIsbot.ts"
import { DynamoDb } from "../../layers/dynamodb/DynamoDb.ts"
import * as InteractionStoreDynamoDb from "../../layers/InteractionStoreDynamoDb.ts"
import * as JsonLogger from "../../layers/JsonLogger.ts"
import * as LanguageDetectorEld from "../../layers/LanguageDetectorEld.ts"
import * as Settings from "../../runtime/Settings.ts"
import { budgetOf } from "./Budget.ts"
import { processEvent } from "./program.ts"
import { settings } from "./settings.ts"

const logger = JsonLogger.layer("Info")

// read while the function starts: a failure then ends this instance, with one line that says why
const env = await Effect.runPromise(
  Settings.read(settings).pipe(
    Effect.tapError((error) => Effect.logFatal(error.message)),
    Effect.provide(logger)
  )
)

const dynamoDb = DynamoDb.layer({
  region: env.AWS_REGION,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true }
})

const runtime = ManagedRuntime.make(
  Layer.mergeAll(
    InteractionStoreDynamoDb.layer({ tableName: env.TABLE_NAME }).pipe(Layer.provide(dynamoDb)),
    AgentClassifierIsbot.layer,
    LanguageDetectorEld.layer,
    logger
  )
)

export const handler = (
  event: unknown,
  context: { readonly getRemainingTimeInMillis: () => number }
) =>
  runtime.runPromise(processEvent(event, { budget: budgetOf(context.getRemainingTimeInMillis()) }))
