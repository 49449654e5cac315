/** The real SDK against the local queue server, and against one that answers as a test says. */
import { CreateQueueCommand, SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import * as SqsServer from "../../local/sqs/SqsServer.ts"
import * as EventSourceSqs from "../../src/layers/EventSourceSqs.ts"
import { Sqs } from "../../src/layers/sqs/Sqs.ts"
import { EventSource } from "../../src/services/EventSource.ts"
import * as CapturedLog from "../programs/CapturedLog.ts"
import { serveHttp } from "./HttpDouble.ts"

const credentials = { accessKeyId: "local", secretAccessKey: "local" }
const settings = { region: "eu-west-1", credentials }

const sourceAt = (endpoint: string, queueUrl: string) =>
  EventSourceSqs.layer({ queueUrl }).pipe(Layer.provide(Sqs.layer({ ...settings, endpoint })))

const served = Effect.fnUntraced(function* (visibilitySeconds: number) {
  const { endpoint } = yield* SqsServer.make({ port: 0, folder: undefined })
  const client = yield* Effect.acquireRelease(
    Effect.sync(() => new SQSClient({ ...settings, endpoint, useQueueUrlAsEndpoint: false })),
    (sqs) => Effect.sync(() => sqs.destroy())
  )
  const { QueueUrl = "" } = yield* Effect.promise(() =>
    client.send(
      new CreateQueueCommand({
        QueueName: "events.fifo",
        Attributes: { FifoQueue: "true", VisibilityTimeout: String(visibilitySeconds) }
      })
    )
  )
  const send = (group: string, ...bodies: ReadonlyArray<string>) =>
    Effect.promise(() =>
      client.send(
        new SendMessageBatchCommand({
          QueueUrl,
          Entries: bodies.map((body) => ({
            Id: body,
            MessageBody: body,
            MessageGroupId: group,
            MessageDeduplicationId: body
          }))
        })
      )
    )
  return { send, source: sourceAt(endpoint, QueueUrl) }
})

const bodiesOf = (messages: ReadonlyArray<{ readonly body: string }>) =>
  messages.map(({ body }) => body)

describe("The queue as a source of messages", () => {
  it.live("gives up to ten at once, each group in its order and with its name", () =>
    Effect.gen(function* () {
      const { send, source } = yield* served(600)
      const many = Array.from({ length: 8 }, (_, n) => `a${n}`)
      yield* send("a", ...many)
      yield* send("b", "b0", "b1", "b2")
      yield* Effect.gen(function* () {
        const { receive } = yield* EventSource
        const messages = yield* receive
        assert.deepStrictEqual(bodiesOf(messages), [...many, "b0", "b1"])
        assert.deepStrictEqual(messages[9]?.groupId, "b")
        assert.lengthOf(new Set(messages.map(({ messageId }) => messageId)), 10)
        assert.deepStrictEqual(yield* receive, [], "a group that somebody holds")
      }).pipe(Effect.provide(source))
    })
  )

  it.live("forgets what is acknowledged, and gives everything else again", () =>
    Effect.gen(function* () {
      const { send, source } = yield* served(1)
      yield* send("a", "a0", "a1")
      yield* send("b", "b0")
      yield* Effect.gen(function* () {
        const { acknowledge, receive } = yield* EventSource
        const [first, ...others] = yield* receive
        assert.isDefined(first)
        yield* acknowledge([first])
        const again = yield* Effect.repeat(receive, { until: (batch) => batch.length > 0 })
        assert.deepStrictEqual(bodiesOf(again), ["a1", "b0"])
        assert.notDeepEqual(again, others, "each delivery has a receipt of its own")
        yield* acknowledge([])
      }).pipe(Effect.provide(source))
    })
  )

  it.live("takes a receipt that came too late for a message that comes again", () =>
    Effect.gen(function* () {
      const { send, source } = yield* served(1)
      yield* send("a", "a0")
      yield* Effect.gen(function* () {
        const { acknowledge, receive } = yield* EventSource
        const late = yield* receive
        const again = yield* Effect.repeat(receive, { until: (batch) => batch.length > 0 })
        yield* acknowledge(late)
        yield* acknowledge(again)
        const [line] = yield* CapturedLog.CapturedLog
        assert.deepInclude(line, { level: "Warn", message: "messages not acknowledged" })
        assert.deepInclude(line?.fields, { messages: 1 })
      }).pipe(Effect.provide([source, CapturedLog.layer]))
    })
  )

  it.live("that does not exist is refused at once, with the name of the fault", () =>
    Effect.gen(function* () {
      const { endpoint } = yield* SqsServer.make({ port: 0, folder: undefined })
      const error = yield* Effect.flip(EventSource.use(({ receive }) => receive)).pipe(
        Effect.provide(sourceAt(endpoint, `${endpoint}/000000000000/missing.fifo`))
      )
      assert.deepInclude(error, { _tag: "EventSourceRejected", operation: "ReceiveMessage" })
      assert.include(error.message, "QueueDoesNotExist")
    })
  )

  it.live("that nobody serves is unavailable, after three tries", () =>
    Effect.gen(function* () {
      const nobody = "http://127.0.0.1:1"
      const error = yield* Effect.flip(EventSource.use(({ receive }) => receive)).pipe(
        Effect.provide(sourceAt(nobody, `${nobody}/0/events.fifo`))
      )
      assert.deepInclude(error, { _tag: "EventSourceUnavailable", detail: "ECONNREFUSED" })
    })
  )
})

const Asked = Schema.fromJsonString(
  Schema.Struct({
    WaitTimeSeconds: Schema.optionalKey(Schema.Int),
    MaxNumberOfMessages: Schema.optionalKey(Schema.Int),
    ReceiveRequestAttemptId: Schema.optionalKey(Schema.String),
    Entries: Schema.optionalKey(
      Schema.Array(Schema.Struct({ Id: Schema.String, ReceiptHandle: Schema.String }))
    )
  })
)
type Asked = typeof Asked.Type
const decodeAsked = Schema.decodeUnknownSync(Asked)

interface Reply {
  readonly status?: number
  readonly body: object
}

const throttled: Reply = {
  status: 400,
  body: { __type: "com.amazonaws.sqs#ThrottlingException", message: "slow down" }
}

/** Answers request after request as told, and the last answer from then on. */
const answering = Effect.fnUntraced(function* (...replies: ReadonlyArray<Reply>) {
  const asked: Array<Asked> = []
  const port = yield* serveHttp((_, text, response) => {
    asked.push(decodeAsked(text))
    const { body, status = 200 } = replies[asked.length - 1] ?? replies.at(-1) ?? { body: {} }
    response.statusCode = status
    response.end(JSON.stringify(body))
  })
  const endpoint = `http://127.0.0.1:${port}`
  return { asked, source: sourceAt(endpoint, `${endpoint}/0/events.fifo`) }
})

const message = (n: number) => ({
  messageId: `m${n}`,
  groupId: "group",
  body: "",
  receipt: `receipt-${n}`
})

const receiptsIn = ({ Entries = [] }: Asked) => Entries.map(({ ReceiptHandle }) => ReceiptHandle)

describe("A request to the queue", () => {
  it.live("waits long enough to ask all of its servers, and repeats as the same attempt", () =>
    Effect.gen(function* () {
      const { asked, source } = yield* answering(throttled, throttled, { body: {} }, { body: {} })
      yield* Effect.gen(function* () {
        const { receive } = yield* EventSource
        assert.deepStrictEqual(yield* receive, [])
        yield* receive
      }).pipe(Effect.provide(source))
      const [first, second, third, next] = asked.map((one) => one.ReceiveRequestAttemptId)
      assert.isString(first)
      assert.deepStrictEqual([second, third], [first, first])
      assert.notStrictEqual(next, first)
      assert.deepInclude(asked[0], { WaitTimeSeconds: 1, MaxNumberOfMessages: 10 })
    })
  )

  it.live("that is throttled again and again is unavailable", () =>
    Effect.gen(function* () {
      const { asked, source } = yield* answering(throttled)
      const error = yield* Effect.flip(EventSource.use(({ receive }) => receive)).pipe(
        Effect.provide(source)
      )
      assert.deepInclude(error, {
        _tag: "EventSourceUnavailable",
        detail: "ThrottlingException"
      })
      assert.lengthOf(asked, 3)
    })
  )

  it.live("without permission is rejected, and is not repeated", () =>
    Effect.gen(function* () {
      const body = { __type: "com.amazon.coral.service#AccessDeniedException" }
      const { asked, source } = yield* answering({ status: 403, body })
      const error = yield* Effect.flip(
        EventSource.use(({ acknowledge }) => acknowledge([message(0)]))
      ).pipe(Effect.provide(source))
      assert.deepInclude(error, {
        _tag: "EventSourceRejected",
        operation: "DeleteMessageBatch",
        detail: "AccessDeniedException"
      })
      assert.lengthOf(asked, 1)
    })
  )

  it.live("to delete is repeated for the entries that failed, and for those left out", () =>
    Effect.gen(function* () {
      const failed = { Id: "1", Code: "InternalError", SenderFault: false }
      const { asked, source } = yield* answering(
        { body: { Successful: [{ Id: "0" }], Failed: [failed] } },
        { body: { Successful: [{ Id: "0" }, { Id: "1" }] } }
      )
      const messages = [message(0), message(1), message(2)]
      yield* EventSource.use(({ acknowledge }) => acknowledge(messages)).pipe(
        Effect.provide(source)
      )
      assert.deepStrictEqual(asked.map(receiptsIn), [
        ["receipt-0", "receipt-1", "receipt-2"],
        ["receipt-1", "receipt-2"]
      ])
    })
  )

  it.live("to delete that never succeeds is unavailable, and says how much is left", () =>
    Effect.gen(function* () {
      const { source } = yield* answering({ body: { Successful: [{ Id: "0" }] } }, { body: {} })
      const messages = [message(0), message(1), message(2)]
      const error = yield* Effect.flip(
        EventSource.use(({ acknowledge }) => acknowledge(messages))
      ).pipe(Effect.provide(source))
      assert.deepInclude(error, { _tag: "EventSourceUnavailable", detail: "2 entries failed" })
    })
  )

  it.live("leaves a message without a receipt alone, because it could not be deleted", () =>
    Effect.gen(function* () {
      const MD5OfBody = "d41d8cd98f00b204e9800998ecf8427e"
      const Messages = [
        { MessageId: "m0", Body: "", MD5OfBody },
        { MessageId: "m1", Body: "", MD5OfBody, ReceiptHandle: "receipt-1" }
      ]
      const { source } = yield* answering({ body: { Messages } })
      const found = yield* EventSource.use(({ receive }) => receive).pipe(Effect.provide(source))
      assert.deepStrictEqual(found, [{ ...message(1), groupId: "m1" }])
    })
  )
})
