/** The real SDK against the local queue server. */
import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient
} from "@aws-sdk/client-sqs"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as SqsServer from "../../local/sqs/SqsServer.ts"
import * as DeadLetterGaugeSqs from "../../src/layers/DeadLetterGaugeSqs.ts"
import { DeadLetterGauge } from "../../src/services/DeadLetterGauge.ts"
import * as CapturedLog from "../programs/CapturedLog.ts"

const credentials = { accessKeyId: "local", secretAccessKey: "local" }
const settings = { region: "eu-west-1", credentials, maxAttempts: 1 }

const counted = (queueUrl: string | undefined, endpoint: string) =>
  Effect.gen(function* () {
    const { count } = yield* DeadLetterGauge
    const first = yield* count
    const lines = yield* CapturedLog.CapturedLog
    return { count: first, messages: lines.map(({ message }) => message) }
  }).pipe(
    Effect.provide(DeadLetterGaugeSqs.layer({ queueUrl, client: { ...settings, endpoint } })),
    Effect.provide(CapturedLog.layer)
  )

const served = Effect.gen(function* () {
  const { endpoint } = yield* SqsServer.make({ port: 0, folder: undefined })
  const client = yield* Effect.acquireRelease(
    Effect.sync(() => new SQSClient({ ...settings, endpoint, useQueueUrlAsEndpoint: false })),
    (sqs) => Effect.sync(() => sqs.destroy())
  )
  const { QueueUrl = "" } = yield* Effect.promise(() =>
    client.send(
      new CreateQueueCommand({ QueueName: "dead.fifo", Attributes: { FifoQueue: "true" } })
    )
  )
  let sent = 0
  const bury = Effect.promise(() =>
    client.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: "lost",
        MessageGroupId: `group-${sent}`,
        MessageDeduplicationId: `dead-${sent++}`
      })
    )
  )
  const receive = Effect.promise(() =>
    client.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 600 }))
  )
  return { bury, endpoint, queueUrl: QueueUrl, receive }
})

describe("The gauge of dead letters", () => {
  it.live("counts the messages of the queue, and 0 when there is none", () =>
    Effect.gen(function* () {
      const { bury, endpoint, queueUrl } = yield* served
      assert.deepStrictEqual((yield* counted(queueUrl, endpoint)).count, Option.some(0))
      yield* bury
      yield* bury
      yield* bury
      assert.deepStrictEqual(yield* counted(queueUrl, endpoint), {
        count: Option.some(3),
        messages: []
      })
    })
  )

  it.live("includes messages that an operator is looking at", () =>
    Effect.gen(function* () {
      const { bury, endpoint, queueUrl, receive } = yield* served
      yield* bury
      yield* bury
      const { Messages = [] } = yield* receive
      assert.strictEqual(Messages.length, 1)
      assert.deepStrictEqual((yield* counted(queueUrl, endpoint)).count, Option.some(2))
    })
  )

  it.live("counts again at each reading", () =>
    Effect.gen(function* () {
      const { bury, endpoint, queueUrl } = yield* served
      const client = { ...settings, endpoint }
      yield* Effect.gen(function* () {
        const { count } = yield* DeadLetterGauge
        assert.deepStrictEqual(yield* count, Option.some(0))
        yield* bury
        assert.deepStrictEqual(yield* count, Option.some(1))
      }).pipe(Effect.provide(DeadLetterGaugeSqs.layer({ queueUrl, client })))
    })
  )

  it.live("is unknown when the queue does not exist, with one log line and without a failure", () =>
    Effect.gen(function* () {
      const { endpoint, queueUrl } = yield* served
      const missing = queueUrl.replace("dead.fifo", "other.fifo")
      assert.deepStrictEqual(yield* counted(missing, endpoint), {
        count: Option.none(),
        messages: ["dead letters not counted"]
      })
    })
  )

  it.live(
    "is unknown when the service does not answer, with one log line and without a failure",
    () =>
      Effect.gen(function* () {
        const { queueUrl } = yield* served
        const nobody = "http://127.0.0.1:1"
        assert.deepStrictEqual(yield* counted(queueUrl, nobody), {
          count: Option.none(),
          messages: ["dead letters not counted"]
        })
      })
  )

  it.live("is unknown without a configured queue, and logs no warning", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* counted(undefined, "http://127.0.0.1:1"), {
        count: Option.none(),
        messages: []
      })
    })
  )
})
