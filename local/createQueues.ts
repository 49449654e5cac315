import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  QueueNameExists,
  SetQueueAttributesCommand,
  type SQSClient
} from "@aws-sdk/client-sqs"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import type { Definitions, QueueSettings } from "../infra/definitions/Definitions.ts"

export class QueuesUnavailable extends Data.TaggedError("QueuesUnavailable")<{
  readonly detail: string
}> {
  override get message() {
    return `the queues cannot be created: ${this.detail}`
  }
}

const attempt = <A>(send: () => Promise<A>) =>
  Effect.tryPromise({
    try: send,
    catch: (cause) =>
      new QueuesUnavailable({ detail: cause instanceof Error ? cause.message : String(cause) })
  })

/** Creates the queue, or gives an existing one these attributes. */
const ensureQueue = (client: SQSClient, { attributes, name }: QueueSettings) =>
  attempt(async () => {
    try {
      const created = await client.send(
        new CreateQueueCommand({ QueueName: name, Attributes: { ...attributes } })
      )
      return created.QueueUrl ?? ""
    } catch (error) {
      if (!(error instanceof QueueNameExists)) throw error
      const { QueueUrl = "" } = await client.send(new GetQueueUrlCommand({ QueueName: name }))
      const { FifoQueue: _, ...changeable } = attributes
      await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: changeable }))
      return QueueUrl
    }
  })

const arnOf = (client: SQSClient, queueUrl: string) =>
  attempt(() =>
    client.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["QueueArn"] }))
  ).pipe(Effect.map(({ Attributes }) => Attributes?.QueueArn ?? ""))

/** Creates both queues as deployed: messages that fail too often go to the dead letters. */
export const createQueues = Effect.fn("createQueues")(function* (
  client: SQSClient,
  { deadLetters, maxReceiveCount, queue }: Definitions
) {
  const deadLettersUrl = yield* ensureQueue(client, deadLetters)
  const deadLetterTargetArn = yield* arnOf(client, deadLettersUrl)
  const queueUrl = yield* ensureQueue(client, {
    name: queue.name,
    attributes: {
      ...queue.attributes,
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount })
    }
  })
  return { queueUrl, queueArn: yield* arnOf(client, queueUrl), deadLettersUrl }
})
