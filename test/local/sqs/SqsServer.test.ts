import * as Sqs from "@aws-sdk/client-sqs"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import { PortTaken } from "../../../local/LoopbackServer.ts"
import * as SqsServer from "../../../local/sqs/SqsServer.ts"
import { temporaryFolder } from "../../e2e/temporaryFolder.ts"

const memory = { port: 0, folder: undefined }

const started = Effect.gen(function* () {
  const { endpoint } = yield* SqsServer.make(memory)
  const credentials = { accessKeyId: "local", secretAccessKey: "local" }
  const client = yield* Effect.acquireRelease(
    Effect.sync(
      () => new Sqs.SQSClient({ region: "eu-west-1", endpoint, credentials, maxAttempts: 1 })
    ),
    (open) => Effect.sync(() => open.destroy())
  )
  return { endpoint, client }
})

const create = async (
  client: Sqs.SQSClient,
  name: string,
  attributes: Readonly<Record<string, string>> = {}
) => {
  const Attributes = { FifoQueue: "true", ...attributes }
  return (await client.send(new Sqs.CreateQueueCommand({ QueueName: name, Attributes }))).QueueUrl!
}

const send = (client: Sqs.SQSClient, QueueUrl: string, body: string, group = "A") =>
  client.send(
    new Sqs.SendMessageCommand({
      QueueUrl,
      MessageBody: body,
      MessageGroupId: group,
      MessageDeduplicationId: `${Buffer.from(body).toString("hex").slice(0, 99)}`
    })
  )

const receive = async (
  client: Sqs.SQSClient,
  QueueUrl: string,
  ask: Partial<Sqs.ReceiveMessageCommandInput> = {}
) => {
  const names: Array<Sqs.MessageSystemAttributeName> = ["All"]
  const input = { QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: names, ...ask }
  return (await client.send(new Sqs.ReceiveMessageCommand(input))).Messages ?? []
}

const failureOf = (answer: Promise<unknown>): Promise<Sqs.SQSServiceException> =>
  answer.then(
    () => assert.fail("expected a refusal"),
    (error) => error
  )

/** A test with the SDK's client against a new server. */
const wire = (
  name: string,
  run: (client: Sqs.SQSClient, endpoint: string) => Promise<void>
): void => {
  it.live(name, () =>
    Effect.gen(function* () {
      const { client, endpoint } = yield* started
      yield* Effect.promise(() => run(client, endpoint))
    })
  )
}

describe("messages over the wire", () => {
  wire("a message keeps its body, attributes and identity", async (client) => {
    const url = await create(client, "q.fifo")
    const sent = await client.send(
      new Sqs.SendMessageCommand({
        QueueUrl: url,
        MessageBody: "héllo\t\u{1F600}",
        MessageGroupId: "A",
        MessageDeduplicationId: "d",
        MessageAttributes: {
          kind: { DataType: "String", StringValue: "query" },
          bytes: { DataType: "Binary", BinaryValue: new Uint8Array([1, 2, 255]) }
        }
      })
    )
    const [message] = await receive(client, url, { MessageAttributeNames: ["All"] })
    assert.strictEqual(message!.Body, "héllo\t\u{1F600}")
    assert.strictEqual(message!.MessageId, sent.MessageId)
    assert.strictEqual(message!.Attributes!.SequenceNumber, sent.SequenceNumber)
    assert.strictEqual(message!.MD5OfMessageAttributes, sent.MD5OfMessageAttributes)
    assert.deepStrictEqual([...message!.MessageAttributes!.bytes!.BinaryValue!], [1, 2, 255])
  })

  wire("refusals have the SDK's classes", async (client, endpoint) => {
    const url = await create(client, "q.fifo")
    const missing = await failureOf(receive(client, `${endpoint}/000000000000/none.fifo`))
    assert.instanceOf(missing, Sqs.QueueDoesNotExist)
    assert.instanceOf(await failureOf(send(client, url, "\u0000")), Sqs.InvalidMessageContents)
    assert.instanceOf(
      await failureOf(create(client, "q.fifo", { VisibilityTimeout: "7" })),
      Sqs.QueueNameExists
    )
    assert.instanceOf(
      await failureOf(client.send(new Sqs.SendMessageBatchCommand({ QueueUrl: url, Entries: [] }))),
      Sqs.EmptyBatchRequest
    )
    const large = await failureOf(send(client, url, "x".repeat(1_048_577)))
    assert.include(large.message, "1048576")
    assert.instanceOf(await failureOf(receive(client, url, { WaitTimeSeconds: 21 })), Error)
    const noTarget = {
      deadLetterTargetArn: "arn:aws:sqs:eu-west-1:000000000000:no.fifo",
      maxReceiveCount: 1
    }
    const dangling = create(client, "r.fifo", { RedrivePolicy: JSON.stringify(noTarget) })
    assert.include((await failureOf(dangling)).message, "Dead letter target does not exist")
  })

  wire("the largest message passes, and the entries of a batch fail one by one", async (client) => {
    const url = await create(client, "q.fifo")
    await send(client, url, "x".repeat(1_048_576))
    const entry = { MessageBody: "ok", MessageDeduplicationId: "1" }
    const answer = await client.send(
      new Sqs.SendMessageBatchCommand({
        QueueUrl: url,
        Entries: [
          { ...entry, Id: "a", MessageGroupId: "g" },
          { ...entry, Id: "b" }
        ]
      })
    )
    assert.deepStrictEqual(
      answer.Successful!.map(({ Id }) => Id),
      ["a"]
    )
    assert.deepStrictEqual(
      answer.Failed!.map(({ Id, Code, SenderFault }) => [Id, Code, SenderFault]),
      [["b", "MissingParameter", true]]
    )
  })

  wire(
    "a dead letter knows its source, and has its own id in place of the deduplication id",
    async (client) => {
      const dead = await create(client, "dead.fifo")
      const asked = { QueueUrl: dead, AttributeNames: ["QueueArn" as const] }
      const { Attributes } = await client.send(new Sqs.GetQueueAttributesCommand(asked))
      const arn = Attributes!.QueueArn!
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: 1 })
      const url = await create(client, "q.fifo", { RedrivePolicy, VisibilityTimeout: "0" })
      const { MessageId } = await send(client, url, "poison")
      await receive(client, url)
      assert.deepStrictEqual(await receive(client, url), [])
      const [letter] = await receive(client, dead, { VisibilityTimeout: 0 })
      assert.strictEqual(letter!.Attributes!.DeadLetterQueueSourceArn, arn.replace("dead", "q"))
      assert.strictEqual(letter!.Attributes!.MessageDeduplicationId, MessageId)
    }
  )
})

describe("long polling", () => {
  wire("ends when a message arrives", async (client) => {
    const url = await create(client, "q.fifo")
    const empty = await create(client, "empty.fifo")
    const waiting = receive(client, url, { WaitTimeSeconds: 20 })
    const ended = Promise.race([waiting, receive(client, empty, { WaitTimeSeconds: 10 })])
    await send(client, url, "late")
    assert.deepStrictEqual(
      (await ended).map(({ Body }) => Body),
      ["late"]
    )
  })

  wire("ends when a visibility timeout ends", async (client) => {
    const url = await create(client, "q.fifo", { VisibilityTimeout: "1" })
    await send(client, url, "again")
    await receive(client, url)
    const empty = await create(client, "empty.fifo")
    const waiting = receive(client, url, { WaitTimeSeconds: 20 })
    const ended = Promise.race([waiting, receive(client, empty, { WaitTimeSeconds: 10 })])
    assert.lengthOf(await ended, 1)
  })

  wire("a receiver that leaves takes no message with it", async (client) => {
    const url = await create(client, "q.fifo")
    const leaving = new AbortController()
    const ask = new Sqs.ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 20 })
    const gone = failureOf(client.send(ask, { abortSignal: leaving.signal }))
    await receive(client, url, { WaitTimeSeconds: 1 })
    leaving.abort()
    await gone
    await receive(client, url)
    await send(client, url, "kept")
    assert.lengthOf(await receive(client, url, { WaitTimeSeconds: 1 }), 1)
  })
})

describe("requests without the JSON protocol", () => {
  wire("are refused, and say which protocol is read", async (_, endpoint) => {
    const body = new URLSearchParams({ Action: "ListQueues" })
    const answer = await fetch(endpoint, { method: "POST", body })
    assert.strictEqual(answer.status, 400)
    assert.include(await answer.text(), "only AWS JSON 1.0 is read here")
  })
})

describe("the server's life", () => {
  it.live("a taken port is a typed error", () =>
    Effect.gen(function* () {
      const { endpoint } = yield* SqsServer.make(memory)
      const port = Number(new URL(endpoint).port)
      const failure = yield* Effect.flip(SqsServer.make({ port, folder: undefined }))
      assert.deepStrictEqual(failure, new PortTaken({ port }))
    })
  )

  it.live("a folder in use, or a path that cannot be a folder, is a typed error", () =>
    Effect.gen(function* () {
      const folder = yield* temporaryFolder
      yield* SqsServer.make({ port: 0, folder })
      const second = yield* Effect.flip(SqsServer.make({ port: 0, folder }))
      assert.strictEqual(second.message, `cannot use the folder ${folder}: another server uses it`)
      const nowhere = yield* Effect.flip(SqsServer.make({ port: 0, folder: "/dev/null/sqs" }))
      assert.match(nowhere.message, /^cannot use the folder \/dev\/null\/sqs: ENOTDIR/)
    })
  )

  it.live("closing the scope cuts a long poll at once", () =>
    Effect.gen(function* () {
      const scope = yield* Scope.make()
      const { client } = yield* Scope.provide(started, scope)
      const url = yield* Effect.promise(() => create(client, "q.fifo"))
      const cut = failureOf(receive(client, url, { WaitTimeSeconds: 20 }))
      yield* Effect.promise(() => receive(client, url, { WaitTimeSeconds: 1 }))
      yield* Scope.close(scope, Exit.void)
      // a poll that ended by itself would have an answer
      assert.instanceOf(yield* Effect.promise(() => cut), Error)
    })
  )
})
