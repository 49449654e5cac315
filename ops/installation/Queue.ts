import {
  type $Command,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type ServiceInputTypes,
  type ServiceOutputTypes,
  SQSClient,
  type SQSClientResolvedConfig
} from "@aws-sdk/client-sqs"
import * as Effect from "effect/Effect"
import type { Place } from "../Place.ts"
import { faultOf, operationOf, type ServiceFault } from "../ServiceFault.ts"

/** One queue; a call that fails names it and its place. */
export interface Queue {
  readonly name: string
  readonly url: string
  readonly send: <Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
    command: $Command<Input, Output, SQSClientResolvedConfig, ServiceInputTypes, ServiceOutputTypes>
  ) => Effect.Effect<Output, ServiceFault>
}

/** Opens queues of one place by their names, through one client that closes with the scope. */
export const connect = Effect.fnUntraced(function* (place: Place, address: string) {
  const client = yield* Effect.acquireRelease(
    // a queue's URL may name another host than the endpoint
    Effect.sync(() => new SQSClient({ ...place, maxAttempts: 3, useQueueUrlAsEndpoint: false })),
    (opened) => Effect.sync(() => opened.destroy())
  )
  const open = Effect.fn("Queue.open")(function* (name: string) {
    const send: Queue["send"] = (command) => {
      const operation = operationOf(command)
      return Effect.tryPromise({
        try: (abortSignal) => client.send(command, { abortSignal }),
        catch: (cause) =>
          faultOf(cause, { service: "SQS", place: address, operation, subject: name })
      }).pipe(Effect.withSpan(`Queue.${operation}`))
    }
    const { QueueUrl: url = "" } = yield* send(new GetQueueUrlCommand({ QueueName: name }))
    return { name, url, send } satisfies Queue
  })
  return { open }
})

/** Counts a queue's messages; SQS calls the numbers approximate. */
export const depthOf = Effect.fnUntraced(function* ({ send, url }: Queue) {
  const { Attributes = {} } = yield* send(
    new GetQueueAttributesCommand({
      QueueUrl: url,
      AttributeNames: [
        "ApproximateNumberOfMessages",
        "ApproximateNumberOfMessagesNotVisible",
        "RedrivePolicy"
      ]
    })
  )
  return {
    visible: Number(Attributes.ApproximateNumberOfMessages ?? 0),
    inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
    hasRedrivePolicy: Attributes.RedrivePolicy !== undefined
  }
})
