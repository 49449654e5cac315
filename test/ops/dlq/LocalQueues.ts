import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient
} from "@aws-sdk/client-sqs"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as SqsServer from "../../../local/sqs/SqsServer.ts"
import { connect } from "../../../ops/installation/Queue.ts"
import { QueryEvent } from "../../../src/schema/AnalyticsEvent.ts"
import { encodeMessage } from "../../../src/schema/EventText.ts"

const credentials = { accessKeyId: "local", secretAccessKey: "local" }
const region = "eu-west-1"

/** The visitors' words in these tests, which no command may print. */
export const secret = "my-secret-question"

const decodeQuery = Schema.decodeUnknownSync(QueryEvent)

/** A message that decodes, of a request named by a number. */
export const healthy = (request: number) => {
  const group = `6f1b0f0e-8c1d-4d51-9c39-${String(request).padStart(12, "0")}`
  const event = decodeQuery({
    eventType: "query",
    schemaVersion: 1,
    requestId: group,
    sessionId: "session",
    timestamp: 1_790_000_000_000 + request,
    query: `${secret} ${request}`,
    metadata: {}
  })
  return { group, body: encodeMessage(event) }
}

export const undecodable = {
  not_json: `${secret} in no JSON`,
  unknown_version: JSON.stringify({ eventType: "query", schemaVersion: 99, query: secret }),
  unknown_event_type: JSON.stringify({ eventType: secret, schemaVersion: 1 }),
  invalid_event: JSON.stringify({ ...JSON.parse(healthy(9).body), query: [secret] })
}

const create = (client: SQSClient, QueueName: string, attributes: Record<string, string> = {}) =>
  Effect.promise(async () => {
    const Attributes = { FifoQueue: "true", ...attributes }
    const { QueueUrl = "" } = await client.send(new CreateQueueCommand({ QueueName, Attributes }))
    return QueueUrl
  })

const makeClient = (endpoint: string) =>
  Effect.acquireRelease(
    Effect.sync(
      () => new SQSClient({ endpoint, region, credentials, useQueueUrlAsEndpoint: false })
    ),
    (client) => Effect.sync(() => client.destroy())
  )

/** Both queues under their deployed names, on a real server of their own. */
export const localQueues = Effect.gen(function* () {
  const { endpoint } = yield* SqsServer.make({ port: 0, folder: undefined })
  const client = yield* makeClient(endpoint)
  const deadLettersUrl = yield* create(client, "cv-analytics-dead-letters.fifo")
  const deadLetterTargetArn = `arn:aws:sqs:${region}:000000000000:cv-analytics-dead-letters.fifo`
  const queueUrl = yield* create(client, "cv-analytics.fifo", {
    ContentBasedDeduplication: "true",
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 5 })
  })
  let sent = 0
  /** Puts a message straight into the dead-letter queue, and tells its id. */
  const bury = ({ body, group }: { readonly group: string; readonly body: string }) =>
    Effect.promise(() =>
      client.send(
        new SendMessageCommand({
          QueueUrl: deadLettersUrl,
          MessageBody: body,
          MessageGroupId: group,
          MessageDeduplicationId: `buried-${sent++}`,
          MessageAttributes: { producer: { DataType: "String", StringValue: "test" } }
        })
      )
    ).pipe(Effect.map(({ MessageId = "" }) => MessageId))

  const counts = (QueueUrl: string) =>
    Effect.promise(async () => {
      const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] })
      const { Attributes = {} } = await client.send(command)
      return {
        visible: Number(Attributes.ApproximateNumberOfMessages),
        inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible)
      }
    })

  /** Takes all that is visible, without a look at how the product reads. */
  const drain = (QueueUrl: string) =>
    Effect.promise(async () => {
      const all: Array<Message> = []
      for (;;) {
        const { Messages = [] } = await client.send(
          new ReceiveMessageCommand({
            QueueUrl,
            MaxNumberOfMessages: 10,
            VisibilityTimeout: 600,
            MessageSystemAttributeNames: ["All"],
            MessageAttributeNames: ["All"]
          })
        )
        if (Messages.length === 0) return all
        all.push(...Messages)
      }
    })

  const place = { endpoint, region, credentials }
  const { open } = yield* connect(place, place.endpoint)
  const queue = yield* open("cv-analytics.fifo")
  const deadLetters = yield* open("cv-analytics-dead-letters.fifo")
  return { place, client, queueUrl, deadLettersUrl, queue, deadLetters, bury, counts, drain }
})
