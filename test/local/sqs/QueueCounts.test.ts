import * as Sqs from "@aws-sdk/client-sqs"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { pointsOf } from "../../../local/cloudwatch/MetricPoint.ts"
import { countsLine, type QueueCounts } from "../../../local/sqs/QueueCounts.ts"
import * as SqsServer from "../../../local/sqs/SqsServer.ts"

const counting = Effect.gen(function* () {
  const seen: Array<QueueCounts> = []
  const { endpoint } = yield* SqsServer.make({
    port: 0,
    folder: undefined,
    onCounts: (_, counts) => Effect.sync(() => void seen.push(counts))
  })
  const credentials = { accessKeyId: "local", secretAccessKey: "local" }
  const client = yield* Effect.acquireRelease(
    Effect.sync(() => new Sqs.SQSClient({ region: "eu-west-1", endpoint, credentials })),
    (open) => Effect.sync(() => open.destroy())
  )
  return { client, seen }
})

const total = (seen: ReadonlyArray<QueueCounts>, name: keyof QueueCounts): number =>
  seen.reduce((sum, counts) => sum + counts[name], 0)

describe("The counts of a queue", () => {
  it.live("distinguish a message from its repeat, and an empty receive from another", () =>
    Effect.gen(function* () {
      const { client, seen } = yield* counting
      yield* Effect.promise(async () => {
        const { QueueUrl } = await client.send(
          new Sqs.CreateQueueCommand({ QueueName: "q.fifo", Attributes: { FifoQueue: "true" } })
        )
        const entryOf = (Id: string, id: string) => ({
          Id,
          MessageBody: "body",
          MessageGroupId: "g",
          MessageDeduplicationId: id
        })
        await client.send(
          new Sqs.SendMessageBatchCommand({
            QueueUrl,
            Entries: [entryOf("1", "a"), entryOf("2", "b"), entryOf("3", "a")]
          })
        )
        const ask = { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }
        const { Messages = [] } = await client.send(new Sqs.ReceiveMessageCommand(ask))
        const { ReceiptHandle } = Messages[0]!
        await client.send(new Sqs.DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
        await client.send(new Sqs.ReceiveMessageCommand(ask))
      })
      const found = Object.fromEntries(
        Object.keys(seen[0]!).map((name) => [name, total(seen, name as keyof QueueCounts)])
      )
      assert.deepStrictEqual(found, {
        NumberOfMessagesSent: 2,
        NumberOfDeduplicatedSentMessages: 1,
        NumberOfMessagesReceived: 2,
        NumberOfEmptyReceives: 1,
        NumberOfMessagesDeleted: 1
      })
      const points = pointsOf(countsLine("q.fifo", seen[0]!, 1_000))
      assert.lengthOf(points, 5)
      for (const { dimensions, namespace } of points) {
        assert.deepStrictEqual([namespace, dimensions], ["AWS/SQS", { QueueName: "q.fifo" }])
      }
    })
  )
})
