/** Clients of the queues and the table of `npm start`. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { AwsSettings } from "../aws/AwsClient.ts"
import { AwsFault } from "../aws/AwsFault.ts"
import { DynamoDb, dynamoDbLayer, Sqs, sqsLayer } from "../aws/Clients.ts"

export interface Endpoints {
  readonly sqs: string
  readonly dynamoDb: string
  readonly region: string
}

const settingsOf = (endpoint: string) =>
  Layer.succeed(AwsSettings, {
    endpoint,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1
  })

const ofLocal = ({ code, kind, operation, service }: AwsFault) =>
  new AwsFault({
    kind,
    service,
    operation,
    code,
    what: `${service} of the local system does not answer (${code}).`,
    mend: "Start it with npm start; give --port if it was started with one."
  })

type Sent = (command: never) => Effect.Effect<unknown, AwsFault>

/** The same requests, whose faults name the local system. */
const toldLocally = <Send extends Sent>(send: Send): Send =>
  ((command: never) => Effect.mapError(send(command), ofLocal)) as Send

export const localClients = ({ dynamoDb, region, sqs }: Endpoints) =>
  Layer.mergeAll(
    Layer.effect(Sqs, Effect.map(Sqs, toldLocally)).pipe(
      Layer.provide(sqsLayer(region)),
      Layer.provide(settingsOf(sqs))
    ),
    Layer.effect(DynamoDb, Effect.map(DynamoDb, toldLocally)).pipe(
      Layer.provide(dynamoDbLayer(region)),
      Layer.provide(settingsOf(dynamoDb))
    )
  )
