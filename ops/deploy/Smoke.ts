/** Checks a deployment: asks a question, waits until it is stored, sends a test mail. */
import { QueryCommand } from "@aws-sdk/client-dynamodb"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import type * as HttpClientError from "effect/http/HttpClientError"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import { readDefinitions } from "../../infra/definitions/Definitions.ts"
import { DynamoDb } from "../aws/Clients.ts"
import { type CommandLine, runTool } from "./Commands.ts"
import { DeployFault, unreadableDefinitions } from "./DeployFault.ts"
import type { Settings } from "./Settings.ts"
import { sampleConfig, type Target, variablesOf } from "./Target.ts"

const Answered = Schema.Struct({ requestId: Schema.String, answer: Schema.String })

/** The name says bot, so the question is stored and counted, but left out of the report. */
const userAgent = "cv-analytics-deploy-bot/1.0"

export const unanswered = (
  what: string,
  error: HttpClientError.HttpClientError | Schema.SchemaError,
  config = sampleConfig
) => {
  const detail =
    error._tag === "HttpClientError" && error.response !== undefined
      ? `status ${error.response.status}`
      : "the answer cannot be read"
  return new DeployFault({
    what: `${what}: ${detail}.`,
    mend:
      `npx wrangler tail --config ${config} shows why, and names wrong variables; a new ` +
      "workers.dev name takes a minute to work."
  })
}

/** A new workers.dev name, or a new version, takes a while to be known everywhere. */
export const settling = Schedule.spaced("5 seconds").pipe(Schedule.upTo({ times: 12 }))

export const send = (request: HttpClientRequest.HttpClientRequest) =>
  request.pipe(
    HttpClientRequest.setHeader("user-agent", userAgent),
    HttpClient.execute,
    Effect.flatMap(HttpClientResponse.filterStatusOk)
  )

/** A Worker that cannot record still answers questions, and only its health tells. */
const checkHealth = (url: string) =>
  send(HttpClientRequest.get(new URL("/health", url))).pipe(
    Effect.mapError((error) => unanswered(`The Worker at ${url} is not well`, error))
  )

const askQuestion = (url: string) =>
  HttpClientRequest.post(new URL("/query", url)).pipe(
    HttpClientRequest.bodyJsonUnsafe({ query: "Is everything in place after this deployment?" }),
    send,
    Effect.flatMap(HttpClientResponse.schemaBodyJson(Answered)),
    Effect.mapError((error) => unanswered(`The Worker at ${url} did not answer a question`, error))
  )

/** Asks a question once the Worker is well, and returns its request id once it is answered. */
export const putQuestion = Effect.fn("Worker.ask")((url: string) =>
  Effect.andThen(checkHealth(url), askQuestion(url)).pipe(
    Effect.retry(settling),
    Effect.map(({ requestId }) => requestId)
  )
)

class NotYetStored extends Data.TaggedError("NotYetStored")<{ readonly found: string }> {}

/** Looks every three seconds. */
export const patience = (minutes: number) =>
  Schedule.spaced("3 seconds").pipe(Schedule.upTo({ times: 20 * minutes }))

const notStored = (requestId: string, found: string, minutes: number) =>
  new DeployFault({
    what: `The question ${requestId} was answered, and after ${minutes} minutes is ${found}.`,
    mend:
      "npm run doctor says what is wrong between the Worker and the table; the Worker's log has " +
      "a line for each event that it could not send. If neither helps, the Worker's key has been " +
      "deleted: npm run deploy -- --rotate-key"
  })

/** Long enough for a cold start, a throttled write and a second receive. */
const triggeredMinutes = 2

/** The minutes in which a question is stored: a drain comes at its time alone. */
export const minutesUntilStored = (target: Target) =>
  readDefinitions(variablesOf(target)).pipe(
    Effect.map(({ delivery }) =>
      delivery.by === "schedule" ? delivery.everyMinutes + triggeredMinutes : triggeredMinutes
    ),
    Effect.mapError(unreadableDefinitions)
  )

/** Waits until both halves of the interaction are in the table. */
export const awaitStored = (table: string, requestId: string, minutes = triggeredMinutes) =>
  DynamoDb.use((send) =>
    send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: "requestId = :id",
        ExpressionAttributeValues: { ":id": { S: requestId } },
        ProjectionExpression: "#status",
        ExpressionAttributeNames: { "#status": "status" }
      })
    )
  ).pipe(
    Effect.flatMap(({ Items }) => {
      const found = Items?.[0]?.status?.S ?? "not stored"
      return found === "correlated" ? Effect.succeed("stored") : new NotYetStored({ found })
    }),
    Effect.retry({ schedule: patience(minutes), while: (error) => error._tag === "NotYetStored" }),
    Effect.catchTag("NotYetStored", ({ found }) => notStored(requestId, found, minutes))
  )

/** The options of the report itself, so that the test mail hides the same questions. */
const reportFlags = (settings: Settings): ReadonlyArray<string> =>
  Object.entries({
    "--to": settings.reportTo.join(","),
    "--from-address": settings.reportFrom,
    "--site": settings.siteName,
    "--zone": settings.reportTimeZone,
    "--language": settings.reportLanguage,
    "--questions": settings.reportQuestions,
    "--prices": settings.modelPrices && JSON.stringify(settings.modelPrices),
    "--unsubscribe-url": settings.reportUnsubscribeUrl
  }).flatMap(([flag, value]) => (value === undefined ? [] : [flag, value]))

/** Runs the operator's command with this machine's credentials. */
export const testMail = ({ name, region, settings }: Target): CommandLine => ({
  tool: "node",
  args: [
    "ops/main.ts",
    "report",
    "send",
    ...reportFlags(settings),
    "--table",
    name,
    "--region",
    region
  ]
})

export const sendTestMail = (target: Target) =>
  Effect.as(runTool(testMail(target)), `sent to ${target.settings.reportTo.join(", ")}`)
