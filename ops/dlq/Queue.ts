import { GetQueueUrlCommand, SQSClient } from "@aws-sdk/client-sqs"
import * as Effect from "effect/Effect"
import type { Place } from "../Place.ts"
import { faultOf, type QueueFault, QueueRejected } from "./QueueFault.ts"

/** One queue, and how to ask SQS something about it. */
export interface Queue {
  readonly name: string
  readonly url: string
  readonly call: <A>(
    send: (client: SQSClient, abortSignal: AbortSignal) => Promise<A>
  ) => Effect.Effect<A, QueueFault>
}

const makeClient = (place: Place) =>
  Effect.acquireRelease(
    Effect.try({
      try: () =>
        new SQSClient({
          ...place,
          maxAttempts: 3,
          // a queue's own URL may name a host that is not the endpoint given
          useQueueUrlAsEndpoint: false,
          requestHandler: {
            connectionTimeout: 3000,
            requestTimeout: 10_000,
            throwOnRequestTimeout: true
          }
        }),
      catch: () => new QueueRejected({ detail: "the AWS settings cannot be used" })
    }),
    (client) => Effect.sync(() => client.destroy())
  )

/** Opens queues of one place by their names, with one client for as long as the scope is open. */
export const connect = Effect.fnUntraced(function* (place: Place) {
  const client = yield* makeClient(place)
  const open = Effect.fnUntraced(function* (name: string) {
    const call: Queue["call"] = (send) =>
      Effect.tryPromise({
        try: (signal) => send(client, signal),
        catch: (cause) => cause
      }).pipe(
        Effect.catch((cause) =>
          Effect.flatMap(whereOf(client, place), (where) =>
            Effect.fail(faultOf(cause, { place: where, queue: name }))
          )
        )
      )
    const { QueueUrl: url = "" } = yield* call((sqs, abortSignal) =>
      sqs.send(new GetQueueUrlCommand({ QueueName: name }), { abortSignal })
    )
    return { name, url, call } satisfies Queue
  })
  return { open }
})

/** The region is known only after the client has looked into variables and files. */
const whereOf = (client: SQSClient, { endpoint }: Place) =>
  endpoint === undefined
    ? Effect.promise(() =>
        client.config.region().then(
          (region) => `AWS ${region}`,
          () => "AWS"
        )
      )
    : Effect.succeed(endpoint)
