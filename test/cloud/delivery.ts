/** The built bundles as functions of the account: 130 messages go in, one e-mail comes out. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict"
import { GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda"
import { SESClient, VerifyEmailIdentityCommand } from "@aws-sdk/client-ses"
import {
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  SetQueueAttributesCommand
} from "@aws-sdk/client-sqs"
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import PostalMime from "postal-mime"
import { bundles, root } from "../../infra/bundles.ts"
import { storedInteractions } from "../../local/census.ts"
import * as EventSourceMapping from "../../local/lambda/EventSourceMapping.ts"
import * as FunctionHost from "../../local/lambda/FunctionHost.ts"
import { SessionId } from "../../src/schema/AnalyticsEvent.ts"
import { encodeMessage } from "../../src/schema/EventText.ts"
import { periodOf, previousWeek } from "../../src/schema/IsoWeek.ts"
import { eventually } from "../e2e/eventually.ts"
import { claim } from "../examples/Finding.ts"
import { queryEvent, requestIdOf, responseEvent } from "../schema/EventExamples.ts"
import { type Cloud, call, settings } from "./Cloud.ts"
import { outgoingPath } from "./double/outgoing.ts"
import { clientConfig, region } from "./Moto.ts"

const requests = 60
export const sessions = 6
const repeats = 8
const poison = ["meant for another queue", '{"eventType":"query","schemaVersion":99}']

const utc = DateTime.zoneMakeNamedUnsafe("Etc/UTC")

/** The week that a report of today is about. */
export const reportedWeek = Effect.map(Clock.currentTimeMillis, (now) => previousWeek(now, utc))

interface Message {
  readonly group: string
  readonly deduplicationId: string
  readonly body: string
}

const exchange = (startMs: number, n: number): ReadonlyArray<Message> => {
  const of = { requestId: requestIdOf(n), sessionId: SessionId.make(`session-${n % sessions}`) }
  const timestamp = startMs + n * 60_000
  const query = queryEvent({
    ...of,
    timestamp,
    query: `Question ${n}: what does she do?`,
    metadata: {
      userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    }
  })
  const queryTimestamp = timestamp
  const response = responseEvent({ ...of, timestamp: timestamp + 840, queryTimestamp })
  return [query, response].map((event) => ({
    group: of.requestId,
    deduplicationId: `${of.requestId}:${event.eventType}`,
    body: encodeMessage(event)
  }))
}

/** Repeats come under another id, as an event does that is sent again after five minutes. */
const messagesOf = (startMs: number): ReadonlyArray<Message> => {
  const events = Array.from({ length: requests }, (_, n) => exchange(startMs, n)).flat()
  const again = events.filter((_, n) => n % 15 === 0).slice(0, repeats)
  return [
    ...events,
    ...again.map((event) => ({ ...event, deduplicationId: `${event.deduplicationId}:again` })),
    ...poison.map((body, n) => ({ group: `poison-${n}`, deduplicationId: `poison-${n}`, body }))
  ]
}

const sendAll = ({ clients, desired }: Cloud, messages: ReadonlyArray<Message>) =>
  call(async () => {
    const QueueUrl = String(desired.outputs.queue_url)
    for (let from = 0; from < messages.length; from += 10) {
      const Entries = messages
        .slice(from, from + 10)
        .map(({ body, deduplicationId, group }, n) => ({
          Id: String(n),
          MessageBody: body,
          MessageGroupId: group,
          MessageDeduplicationId: deduplicationId
        }))
      const command = new SendMessageBatchCommand({ QueueUrl, Entries })
      deepStrictEqual((await clients.queues.send(command)).Failed ?? [], [])
    }
    return messages.length
  })

/** The live function of the account, which runs here, because moto runs none without Docker. */
const start = Effect.fnUntraced(function* (cloud: Cloud, name: "processor" | "reporter") {
  const FunctionName = `cv-analytics-${name}`
  const { Environment, Handler, MemorySize, Timeout } = yield* call(() =>
    cloud.clients.functions.send(
      new GetFunctionConfigurationCommand({ FunctionName, Qualifier: "live" })
    )
  )
  return yield* FunctionHost.make({
    name: FunctionName,
    bundlePath: `${root}${bundles[name]}`,
    handler: String(Handler),
    timeoutSeconds: Number(Timeout),
    memoryMb: Number(MemorySize),
    maxConcurrency: 5,
    region,
    environment: { ...Environment?.Variables, AWS_ENDPOINT_URL: cloud.endpoint }
  })
})

const depthOf = ({ clients, desired }: Cloud, output: "queue_url" | "dead_letters_url") =>
  call(async () => {
    const QueueUrl = String(desired.outputs[output])
    const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] })
    const { Attributes = {} } = await clients.queues.send(command)
    const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible } = Attributes
    return Number(ApproximateNumberOfMessages) + Number(ApproximateNumberOfMessagesNotVisible)
  })

const setVisibility = ({ clients, desired }: Cloud, VisibilityTimeout: string) =>
  call(() =>
    clients.queues.send(
      new SetQueueAttributesCommand({
        QueueUrl: String(desired.outputs.queue_url),
        Attributes: { VisibilityTimeout }
      })
    )
  )

/** Stores all messages of the queue; one that fails comes soon again. */
export const drain = Effect.fnUntraced(function* (cloud: Cloud) {
  const { desired, endpoint } = cloud
  const processor = yield* start(cloud, "processor")
  const { visibility_timeout_seconds } = desired.resources["aws_sqs_queue.events"] ?? {}
  yield* setVisibility(cloud, "1")
  yield* EventSourceMapping.make({
    endpoint,
    queueUrl: String(desired.outputs.queue_url),
    region,
    maxConcurrency: 2,
    invoke: processor.invoke
  })
  yield* eventually(
    Effect.map(depthOf(cloud, "queue_url"), (depth) => strictEqual(depth, 0, "messages wait"))
  )
  yield* setVisibility(cloud, String(visibility_timeout_seconds))
}, Effect.scoped)

/** All e-mails that the account has taken. */
export const emails = ({ endpoint }: Cloud) =>
  call(async () => {
    const taken: ReadonlyArray<string> = await (await fetch(endpoint + outgoingPath)).json()
    return Promise.all(taken.map((data) => PostalMime.parse(Buffer.from(data, "base64"))))
  })

/** moto refuses a sender whose address is not verified, as SES does. */
const verifySender = ({ endpoint }: Cloud) =>
  call(async () => {
    const mail = new SESClient(clientConfig(endpoint))
    await mail.send(new VerifyEmailIdentityCommand({ EmailAddress: settings.reportFrom }))
    mail.destroy()
  })

export const delivery = Effect.fnUntraced(function* (cloud: Cloud) {
  const week = yield* reportedWeek
  const { startMs } = periodOf(week, utc)
  const { clients, desired } = cloud
  const stored = yield* claim(
    "130 messages with repeats and poison are stored once, or dead with their reason",
    Effect.gen(function* () {
      strictEqual(yield* sendAll(cloud, messagesOf(startMs)), 130)
      yield* drain(cloud)
      const interactions = yield* Stream.runCollect(
        storedInteractions(clients.tables, String(desired.outputs.table_name))
      )
      const whole = interactions.filter(({ status }) => status === "correlated")
      deepStrictEqual([interactions.length, whole.length], [requests, requests])
      strictEqual(yield* depthOf(cloud, "dead_letters_url"), poison.length)
    })
  )
  const reported = yield* claim(
    "the week is reported in one e-mail with the right totals, though it is asked for twice",
    Effect.gen(function* () {
      yield* verifySender(cloud)
      const reporter = yield* start(cloud, "reporter")
      const outcomes = []
      for (const _ of ["weekly report", "report check"]) {
        outcomes.push(Object((yield* reporter.invoke({})).payload).outcome)
      }
      deepStrictEqual(outcomes, ["sent", "already_done"])
      const [email, ...others] = yield* emails(cloud)
      strictEqual(others.length, 0)
      deepStrictEqual(
        [email?.from?.address, ...(email?.to ?? []).map(({ address }) => address)],
        [settings.reportFrom, settings.reportTo]
      )
      const text = `${email?.subject} ${email?.text}`.replaceAll(/\s+/g, " ")
      ok(text.includes(`${requests} questions`), text.slice(0, 2000))
      ok(text.includes(`Sessions ${sessions} `), text.slice(0, 2000))
      ok(text.includes(`Stored ${2 * requests} `), text.slice(0, 2000))
      ok(text.includes(`${poison.length} messages could not be stored`), text.slice(0, 2000))
    }).pipe(Effect.scoped)
  )
  return [stored, reported]
})
