import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs"
import * as Effect from "effect/Effect"
import type { Queue } from "./Queue.ts"

/** How many messages a queue holds; SQS itself calls it approximate. */
export interface QueueDepth {
  readonly visible: number
  readonly inFlight: number
  readonly hasRedrivePolicy: boolean
}

export const depthOf = (queue: Queue) =>
  queue
    .call((sqs, abortSignal) =>
      sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl: queue.url,
          AttributeNames: [
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible",
            "RedrivePolicy"
          ]
        }),
        { abortSignal }
      )
    )
    .pipe(
      Effect.map(
        ({ Attributes = {} }): QueueDepth => ({
          visible: Number(Attributes.ApproximateNumberOfMessages ?? 0),
          inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
          hasRedrivePolicy: Attributes.RedrivePolicy !== undefined
        })
      )
    )
