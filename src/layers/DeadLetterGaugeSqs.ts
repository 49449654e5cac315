import { GetQueueAttributesCommand, SQSClient, type SQSClientConfig } from "@aws-sdk/client-sqs"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { DeadLetterGauge } from "../services/DeadLetterGauge.ts"

export interface Options {
  /** Absent without a configured dead-letter queue. */
  readonly queueUrl: string | undefined
  readonly client: SQSClientConfig
}

/** The AWS actions that each verb needs. */
export const actions = {
  count: ["sqs:GetQueueAttributes"]
} satisfies Record<keyof DeadLetterGauge["Service"], ReadonlyArray<string>>

const attributes = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const

const countIn = (client: SQSClient, queueUrl: string) =>
  Effect.tryPromise((abortSignal) =>
    client.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...attributes] }),
      { abortSignal }
    )
  ).pipe(
    Effect.map(({ Attributes = {} }) =>
      Option.some(attributes.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0))
    ),
    Effect.catch((error) =>
      Effect.as(Effect.logWarning("dead letters not counted", error), Option.none<number>())
    ),
    Effect.withSpan("DeadLetterGauge.count")
  )

const make = Effect.fnUntraced(function* ({ client: config, queueUrl }: Options) {
  if (queueUrl === undefined) return DeadLetterGauge.of({ count: Effect.succeedNone })
  const client = yield* Effect.acquireRelease(
    Effect.sync(() => new SQSClient({ ...config, useQueueUrlAsEndpoint: false })),
    (sqs) => Effect.sync(() => sqs.destroy())
  )
  return DeadLetterGauge.of({ count: countIn(client, queueUrl) })
})

export const layer = (options: Options) => Layer.effect(DeadLetterGauge, make(options))
