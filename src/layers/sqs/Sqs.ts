import { SQSClient, type SQSClientConfig } from "@aws-sdk/client-sqs"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** The AWS client as a resource, closed with its scope; its own retries are off. */
export class Sqs extends Context.Service<Sqs, SQSClient>()("layers/Sqs") {
  static readonly layer = (config: SQSClientConfig) =>
    Layer.effect(
      Sqs,
      Effect.acquireRelease(
        // otherwise it would connect to the host of the queue's URL, whatever its endpoint is
        Effect.sync(
          () => new SQSClient({ ...config, maxAttempts: 1, useQueueUrlAsEndpoint: false })
        ),
        (client) => Effect.sync(() => client.destroy())
      )
    )
}
