import { GetQueueUrlCommand, SQSClient } from "@aws-sdk/client-sqs"
import * as Effect from "effect/Effect"
import type { Place } from "../Place.ts"
import { faultOf, type ServiceFault } from "../ServiceFault.ts"

/** One queue, and how to ask SQS something about it. */
export interface Queue {
  readonly name: string
  readonly url: string
  readonly call: <A>(
    send: (client: SQSClient, abortSignal: AbortSignal) => Promise<A>
  ) => Effect.Effect<A, ServiceFault>
}

const makeClient = (place: Place) =>
  Effect.acquireRelease(
    // a queue's own URL may name a host that is not the endpoint given
    Effect.sync(() => new SQSClient({ ...place, maxAttempts: 3, useQueueUrlAsEndpoint: false })),
    (client) => Effect.sync(() => client.destroy())
  )

/** Opens queues of one place by their names, with one client for as long as the scope is open. */
export const connect = Effect.fnUntraced(function* (place: Place, address: string) {
  const client = yield* makeClient(place)
  const open = Effect.fnUntraced(function* (name: string) {
    const call: Queue["call"] = (send) =>
      Effect.tryPromise({
        try: (signal) => send(client, signal),
        catch: (cause) => faultOf(cause, { service: "SQS", place: address, subject: name })
      })
    const { QueueUrl: url = "" } = yield* call((sqs, abortSignal) =>
      sqs.send(new GetQueueUrlCommand({ QueueName: name }), { abortSignal })
    )
    return { name, url, call } satisfies Queue
  })
  return { open }
})
