/** The real clients against a server that notes down what each verb of an adapter asks of AWS. */
import { assert, describe, it } from "@effect/vitest"
import { AwsClient } from "aws4fetch"
import type * as Context from "effect/Context"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import * as DeadLetterGaugeSqs from "../../src/layers/DeadLetterGaugeSqs.ts"
import { DynamoDb } from "../../src/layers/dynamodb/DynamoDb.ts"
import * as EventQueueSqs from "../../src/layers/EventQueueSqs.ts"
import * as EventSourceSqs from "../../src/layers/EventSourceSqs.ts"
import * as InteractionStoreDynamoDb from "../../src/layers/InteractionStoreDynamoDb.ts"
import * as MailerSes from "../../src/layers/MailerSes.ts"
import * as PipelineMeterCloudWatch from "../../src/layers/PipelineMeterCloudWatch.ts"
import * as ReportLedgerDynamoDb from "../../src/layers/ReportLedgerDynamoDb.ts"
import * as StorageGaugeDynamoDb from "../../src/layers/StorageGaugeDynamoDb.ts"
import { Sqs } from "../../src/layers/sqs/Sqs.ts"
import { eventKey } from "../../src/schema/Interaction.ts"
import { periodOf, WeekId } from "../../src/schema/IsoWeek.ts"
import { messageOf } from "../../src/schema/QueueMessage.ts"
import { DeadLetterGauge } from "../../src/services/DeadLetterGauge.ts"
import { EventQueue } from "../../src/services/EventQueue.ts"
import { EventSource } from "../../src/services/EventSource.ts"
import { InteractionStore } from "../../src/services/InteractionStore.ts"
import { Mailer } from "../../src/services/Mailer.ts"
import { PipelineMeter } from "../../src/services/PipelineMeter.ts"
import { Claim, ReportLedger } from "../../src/services/ReportLedger.ts"
import { StorageGauge } from "../../src/services/StorageGauge.ts"
import { queryHalf, someCorrelated } from "../contracts/fixtures/interactions.ts"
import { feedbackEvent } from "../schema/EventExamples.ts"
import { reportOf } from "../schema/report/WeeklyExamples.ts"
import { serveHttp } from "./HttpDouble.ts"

const sent = `<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/">
  <SendRawEmailResult><MessageId>ses-1</MessageId></SendRawEmailResult></SendRawEmailResponse>`

const services: Readonly<Record<string, string>> = {
  DynamoDB_20120810: "dynamodb",
  GraniteServiceVersion20100801: "cloudwatch"
}

/**
 * AWS's JSON protocols name the action in a header, its query protocol in the body. IAM knows a
 * batch of SQS by the name of its single action.
 */
const actionOf = (target: string | undefined, body: string): string => {
  const [service = "", action = ""] = target?.split(".") ?? []
  if (service === "AmazonSQS") return `sqs:${action.replace(/Batch$/, "")}`
  if (target !== undefined) return `${services[service] ?? service}:${action}`
  return `ses:${new URLSearchParams(body).get("Action")}`
}

interface Client {
  readonly region: string
  readonly endpoint: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
}

/** Runs each verb against an AWS that accepts everything, and compares what it asked for. */
const suite = <I, S extends object>(
  port: Context.Service<I, S>,
  actions: Readonly<Record<string, ReadonlyArray<string>>>,
  layerOf: (client: Client) => Layer.Layer<I>,
  verbs: Readonly<Record<keyof S, (service: S) => Effect.Effect<unknown, unknown>>>
) => {
  for (const [verb, run] of Object.entries<(typeof verbs)[keyof S]>(verbs)) {
    const expected = actions[verb] ?? []
    it.live(`${port.key.split("/")[1]}.${verb} needs ${expected.join(" and ")}`, () =>
      Effect.gen(function* () {
        const asked = new Set<string>()
        const server = yield* serveHttp(({ headers }, body, response) => {
          const target = headers["x-amz-target"]?.toString()
          asked.add(actionOf(target, body))
          response.end(target === undefined ? sent : '{"Successful":[{"Id":"0"}]}')
        })
        const client = {
          region: "eu-west-1",
          endpoint: `http://127.0.0.1:${server}`,
          credentials: { accessKeyId: "local", secretAccessKey: "local" }
        }
        yield* Effect.flatMap(port, run).pipe(Effect.provide(layerOf(client)))
        assert.sameMembers([...asked], [...expected])
      })
    )
  }
}

const table = { tableName: "cv-analytics" }
const onTable =
  <I>(layerOf: (options: typeof table) => Layer.Layer<I, never, DynamoDb>) =>
  (client: Client) =>
    Layer.provide(layerOf(table), DynamoDb.layer(client))

const weekId = WeekId.make("2026-W47")
const period = periodOf(weekId, DateTime.zoneMakeNamedUnsafe("UTC"))
const claim = Claim.make({ weekId, owner: "run", leaseUntil: 0 })
const whole = someCorrelated(period.startMs)

describe("An adapter asks AWS for the actions that it names, and for no other:", () => {
  suite(
    InteractionStore,
    InteractionStoreDynamoDb.actions,
    onTable(InteractionStoreDynamoDb.layer),
    {
      record: ({ record }) => Effect.forEach([whole, queryHalf(whole)], (one) => record(one)),
      get: ({ get }) => get(eventKey(whole.query)),
      newest: ({ newest }) => newest(period),
      vote: ({ vote }) => vote(feedbackEvent()),
      voteOn: ({ voteOn }) => voteOn(eventKey(whole.query)),
      summaries: ({ summaries }) => Stream.runDrain(summaries(period))
    }
  )
  suite(ReportLedger, ReportLedgerDynamoDb.actions, onTable(ReportLedgerDynamoDb.layer), {
    claim: (ledger) => ledger.claim({ weekId, owner: "run", leaseSeconds: 60 }),
    renew: ({ renew }) => renew(claim, 60),
    freeze: ({ freeze }) => freeze(claim, reportOf([])),
    attempt: ({ attempt }) => attempt(claim),
    withdraw: ({ withdraw }) => withdraw(claim),
    confirm: ({ confirm }) => confirm(claim, "message-1"),
    skip: ({ skip }) => skip(claim),
    reports: ({ reports }) => reports([weekId]),
    gaps: ({ gaps }) => gaps,
    keepGaps: ({ keepGaps }) => keepGaps([]),
    release: ({ release }) => release(claim),
    watched: ({ watched }) => watched,
    keepWatched: ({ keepWatched }) => keepWatched({ episodes: [], version: 0 })
  })
  suite(StorageGauge, StorageGaugeDynamoDb.actions, onTable(StorageGaugeDynamoDb.layer), {
    bytes: ({ bytes }) => bytes
  })
  suite(
    DeadLetterGauge,
    DeadLetterGaugeSqs.actions,
    (client) =>
      DeadLetterGaugeSqs.layer({ queueUrl: `${client.endpoint}/1/dead-letters.fifo`, client }),
    { count: ({ count }) => count }
  )
  suite(
    EventQueue,
    EventQueueSqs.actions,
    ({ credentials, endpoint, region }) =>
      EventQueueSqs.layer({
        queueUrl: `${endpoint}/1/cv-analytics.fifo`,
        signer: new AwsClient({ ...credentials, region, service: "sqs", retries: 0 })
      }),
    { publish: ({ publish }) => publish([messageOf(whole.query)]) }
  )
  suite(
    EventSource,
    EventSourceSqs.actions,
    (client) =>
      EventSourceSqs.layer({ queueUrl: `${client.endpoint}/1/cv-analytics.fifo` }).pipe(
        Layer.provide(Sqs.layer(client))
      ),
    {
      receive: ({ receive }) => receive,
      acknowledge: ({ acknowledge }) =>
        acknowledge([{ messageId: "m", groupId: "g", body: "", receipt: "r" }])
    }
  )
  suite(
    PipelineMeter,
    PipelineMeterCloudWatch.actions,
    (client) => PipelineMeterCloudWatch.layer({ queueName: "cv-analytics.fifo", client }),
    { read: ({ read }) => read(period) }
  )
  suite(
    Mailer,
    MailerSes.actions,
    (client) => Layer.provide(MailerSes.layer, MailerSes.Ses.layer(client)),
    {
      send: ({ send }) =>
        send({
          from: "a@example.com",
          to: ["b@example.com"],
          subject: "",
          html: "",
          text: "",
          headers: {}
        })
    }
  )
})
