/** One question in, one interaction stored, one test mail. */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import { ask } from "./Aws.ts"
import type { CommandLine } from "./Commands.ts"
import { DeployFault } from "./DeployFault.ts"
import { runTool } from "./runTool.ts"
import type { Settings } from "./Settings.ts"
import type { Target } from "./Target.ts"

const Answered = Schema.Struct({ requestId: Schema.String, answer: Schema.String })

/** By its name a bot, which is stored and counted, and left out of the report. */
const userAgent = "cv-analytics-deploy-bot/1.0"

const unanswered = (url: string, detail: string) =>
  new DeployFault({
    what: `The Worker at ${url} did not answer a question: ${detail}.`,
    mend:
      "npx wrangler tail --config infra/wrangler.jsonc shows why; a new workers.dev name takes a " +
      "minute until it is known."
  })

/** A workers.dev name, or a version, that is new is not known everywhere at once. */
const settling = Schedule.spaced("5 seconds").pipe(Schedule.upTo({ times: 12 }))

/** The id of the question that was answered. */
export const putQuestion = (url: string) =>
  HttpClientRequest.post(new URL("/query", url)).pipe(
    HttpClientRequest.setHeader("user-agent", userAgent),
    HttpClientRequest.bodyJsonUnsafe({ query: "Is everything in place after this deployment?" }),
    HttpClient.execute,
    Effect.flatMap(HttpClientResponse.filterStatusOk),
    Effect.flatMap(HttpClientResponse.schemaBodyJson(Answered)),
    Effect.mapError((error) =>
      unanswered(
        url,
        error._tag === "HttpClientError" && error.response !== undefined
          ? `status ${error.response.status}`
          : "no answer that is one"
      )
    ),
    Effect.retry(settling),
    Effect.map(({ requestId }) => requestId)
  )

class NotYetStored extends Data.TaggedError("NotYetStored")<{ readonly found: string }> {}

const Found = Schema.Struct({
  Items: Schema.Array(Schema.Struct({ status: Schema.Struct({ S: Schema.String }) }))
})

/** A cold start, a throttle and a second try fit into it. */
const patience = Schedule.spaced("3 seconds").pipe(Schedule.upTo({ times: 40 }))

const notStored = (requestId: string, found: string) =>
  new DeployFault({
    what: `The question ${requestId} was answered, and after two minutes is ${found}.`,
    mend:
      "npm run doctor says what is wrong between the Worker and the table; " +
      "the Worker's log has a line for an event that it could not send. If neither finds " +
      "anything, the Worker has a key that is gone: npm run deploy -- --rotate-key"
  })

/** Waits until both halves of the interaction are in the table, two minutes at most. */
export const awaitStored = (table: string, requestId: string) =>
  ask(
    "dynamodb",
    "query",
    {
      TableName: table,
      KeyConditionExpression: "requestId = :id",
      ExpressionAttributeValues: { ":id": { S: requestId } },
      ProjectionExpression: "#status",
      ExpressionAttributeNames: { "#status": "status" }
    },
    Found
  ).pipe(
    Effect.flatMap(({ Items: [item] }) => {
      if (item?.status.S === "correlated") return Effect.succeed("stored")
      return new NotYetStored({ found: item === undefined ? "not stored" : item.status.S })
    }),
    Effect.retry({ schedule: patience, while: (error) => error._tag === "NotYetStored" }),
    Effect.catchTag("NotYetStored", ({ found }) => notStored(requestId, found))
  )

/** What the report itself would show and hide: questions that are hidden there are hidden here. */
const asReported = (settings: Settings): ReadonlyArray<string> =>
  Object.entries({
    "--zone": settings.reportTimeZone,
    "--questions": settings.reportQuestions,
    "--prices": settings.modelPrices && JSON.stringify(settings.modelPrices),
    "--unsubscribe-url": settings.reportUnsubscribeUrl
  }).flatMap(([flag, value]) => (value === undefined ? [] : [flag, value]))

/** The operator's own command, by this machine's credentials. */
export const testMail = ({ name, region, settings }: Target): CommandLine => ({
  tool: "node",
  args: [
    "ops/main.ts",
    "report",
    "send",
    "--to",
    settings.reportTo.join(","),
    "--from-address",
    settings.reportFrom,
    "--site",
    settings.siteName,
    "--table",
    name,
    "--region",
    region,
    ...asReported(settings)
  ]
})

export const sendTestMail = (target: Target) =>
  Effect.as(runTool(testMail(target)), `sent to ${target.settings.reportTo.join(", ")}`)
