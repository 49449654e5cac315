import {
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  QueryCommand
} from "@aws-sdk/client-dynamodb"
import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from "@aws-sdk/client-sqs"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { nameOf } from "../../src/layers/aws/AwsFault.ts"
import { Aws } from "../deploy/Aws.ts"
import { DeployFault } from "../deploy/DeployFault.ts"

export interface Endpoints {
  readonly sqs: string
  readonly dynamoDb: string
  readonly region: string
}

type Send = (input: never) => Promise<unknown>

const credentials = { accessKeyId: "local", secretAccessKey: "local" }

const faultOf = (service: string, cause: unknown) =>
  new DeployFault({
    what: `${service} of the local system does not answer (${nameOf(cause)}).`,
    mend: "Start it with npm start; give --port if it was started with one.",
    code: nameOf(cause)
  })

const destroyed = <A extends { readonly destroy: () => void }>(make: () => A) =>
  Effect.acquireRelease(Effect.sync(make), (client) => Effect.sync(() => client.destroy()))

/** Sends the requests to the engines of `npm start`, without the AWS command line. */
export const layer = ({ dynamoDb, region, sqs }: Endpoints) =>
  Layer.effect(
    Aws,
    Effect.gen(function* () {
      const settings = { region, credentials, maxAttempts: 1 }
      const queues = yield* destroyed(
        () => new SQSClient({ ...settings, endpoint: sqs, useQueueUrlAsEndpoint: false })
      )
      const tables = yield* destroyed(() => new DynamoDBClient({ ...settings, endpoint: dynamoDb }))
      const operations: Readonly<Record<string, Send>> = {
        "sqs get-queue-url": (input) => queues.send(new GetQueueUrlCommand(input)),
        "sqs get-queue-attributes": (input) => queues.send(new GetQueueAttributesCommand(input)),
        "dynamodb describe-table": (input) => tables.send(new DescribeTableCommand(input)),
        "dynamodb describe-time-to-live": (input) =>
          tables.send(new DescribeTimeToLiveCommand(input)),
        "dynamodb query": (input) => tables.send(new QueryCommand(input))
      }
      return Aws.of({
        call: Effect.fn("Aws.call")((service, operation, input) =>
          Effect.tryPromise({
            try: async () => operations[`${service} ${operation}`]?.(input as never),
            catch: (cause) => faultOf(service, cause)
          })
        )
      })
    })
  )
