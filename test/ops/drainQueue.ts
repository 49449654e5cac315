import {
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient
} from "@aws-sdk/client-sqs"
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import * as AgentClassifierIsbot from "../../src/layers/AgentClassifierIsbot.ts"
import * as LanguageDetectorEld from "../../src/layers/LanguageDetectorEld.ts"
import { processBatch } from "../../src/programs/processor/program.ts"

const receive = (sqs: SQSClient, QueueUrl: string) =>
  Effect.promise(() =>
    sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 0,
        MessageSystemAttributeNames: ["MessageGroupId"]
      })
    )
  )

const recordOf = ({ Attributes, Body = "", MessageId = "" }: Message) => ({
  messageId: MessageId,
  groupId: Attributes?.MessageGroupId ?? "",
  body: Body
})

/** Processes all waiting messages as the deployed processor does, and returns their number. */
export const drainQueue = Effect.fnUntraced(
  function* (sqs: SQSClient, queueUrl: string) {
    let processed = 0
    for (;;) {
      const { Messages = [] } = yield* receive(sqs, queueUrl)
      if (Messages.length === 0) return processed
      const { batchItemFailures } = yield* processBatch(Messages.map(recordOf), { budget: 10_000 })
      if (batchItemFailures.length > 0) return yield* Effect.die("the processor kept messages")
      for (const { ReceiptHandle } of Messages) {
        const command = new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle })
        yield* Effect.promise(() => sqs.send(command))
      }
      processed += Messages.length
    }
  },
  Effect.provide([AgentClassifierIsbot.layer, LanguageDetectorEld.layer, Logger.layer([])])
)
