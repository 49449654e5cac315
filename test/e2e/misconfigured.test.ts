/**
 * Goal: a deployment that lacks a setting names it, and never shows the values of the others.
 * Method: the built Worker and the built processor, each started without one variable.
 */
import { fileURLToPath } from "node:url"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, beforeAll, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { buildBundles } from "../../infra/bundles.ts"
import { readDefinitions } from "../../infra/definitions/Definitions.ts"
import * as FunctionHost from "../../local/lambda/FunctionHost.ts"
import * as WorkerHost from "../../local/worker/WorkerHost.ts"
import { eventually } from "./eventually.ts"
import * as Script from "./Script.ts"
import { jsonType, request } from "./Visitor.ts"

const secret = "secret-4711"

beforeAll(async () => {
  await buildBundles()
})

/** Starts the Worker as a deployment with this queue would, and asks for an answer and its health. */
const askWorkerWith = Effect.fnUntraced(function* (queueUrl: string) {
  const worker = yield* Script.start("local/worker/main.ts", ["--queue-url", queueUrl])
  const [workerUrl] = yield* eventually(
    Effect.sync(() => /http:\/\/[\d.:]+/.exec(worker.output()) ?? assert.fail(worker.output()))
  )
  const body = JSON.stringify({ query: "Where do you live?" })
  const reply = yield* request(`${workerUrl}/query`, { method: "POST", headers: jsonType, body })
  yield* eventually(Effect.sync(() => assert.include(worker.output(), "FATAL")))
  const health = yield* request(`${workerUrl}/health`)
  return { reply, health, log: worker.output() }
})

describe("a Worker", () => {
  const wrong = [
    ["without the URL of its queue", ""],
    ["with a URL that is none", secret]
  ] as const
  for (const [how, queueUrl] of wrong) {
    it.live(`${how} answers all the same; its health and its log tell, and name the variable`, () =>
      Effect.gen(function* () {
        const { health, log, reply } = yield* askWorkerWith(queueUrl)
        assert.strictEqual(reply.status, 200)
        assert.deepInclude(health, { status: 500, type: "application/problem+json" })
        assert.deepInclude(health.body, { status: 500, code: "misconfigured" })
        assert.include(log, "CV_ANALYTICS_QUEUE_URL: expected the URL of the FIFO queue")
        assert.notInclude(log, "ACCESS_KEY")
        assert.notInclude(log, secret)
        assert.notInclude(JSON.stringify(health.body), "QUEUE_URL")
      })
    )
  }
})

describe("a Worker with everything else", () => {
  const wrong = [
    ["UPSTREAM_URL", "no URL", 500],
    ["ANSWER_TIMEOUT_MS", "-1", 500],
    ["ALLOWED_ORIGINS", "https://example.com,example.org/page", 500],
    // visitors are answered, and not recorded
    ["CV_ANALYTICS_PRIVACY_MODE", "none", 200],
    ["CV_ANALYTICS_VISITOR_SIGNALS", "yes", 200],
    ["CV_ANALYTICS_REDACTION_PATTERNS", "id /(unclosed/", 200]
  ] as const
  for (const [name, value, status] of wrong) {
    it.live(`does not pretend to understand a wrong ${name}`, () =>
      Effect.gen(function* () {
        const { endpoint } = yield* WorkerHost.start({
          port: 0,
          queueUrl: "http://127.0.0.1:9/000000000000/cv-analytics.fifo",
          region: "eu-west-1",
          variables: { [name]: value }
        })
        const body = JSON.stringify({ query: "Where do you live?" })
        const init = { method: "POST", headers: jsonType, body }
        const reply = yield* request(`${endpoint}/query`, init)
        assert.strictEqual(reply.status, status)
        const health = yield* request(`${endpoint}/health`)
        assert.deepInclude(health, { status: 500, type: "application/problem+json" })
        assert.deepInclude(health.body, { code: "misconfigured" })
      }).pipe(Effect.provide(NodeServices.layer))
    )
  }
})

/** Starts the built function with these variables, and collects its log. */
const functionWith = Effect.fnUntraced(function* (
  name: "processor" | "reporter",
  environment: Readonly<Record<string, string>>
) {
  const lines: Array<string> = []
  const host = yield* FunctionHost.make(
    {
      ...(yield* readDefinitions())[name],
      name,
      bundlePath: fileURLToPath(new URL(`../../dist/${name}/main.mjs`, import.meta.url)),
      maxConcurrency: 1,
      environment: { AWS_SECRET_ACCESS_KEY: secret, ...environment }
    },
    { onLog: ({ line }) => Effect.sync(() => void lines.push(line)) }
  )
  return { host, lines }
})

/** The faults of its variables that a function names when it does not start. */
const settingsFault = Effect.fnUntraced(function* (...given: Parameters<typeof functionWith>) {
  const { host, lines } = yield* functionWith(...given)
  const { reason } = yield* Effect.flip(host.invoke({}))
  if (reason._tag !== "InitFailed") return assert.fail(reason._tag)
  assert.strictEqual(reason.errorType, "SettingsInvalid")
  yield* eventually(Effect.sync(() => assert.isNotEmpty(lines)))
  assert.deepInclude(JSON.parse(lines[0]!), { level: "FATAL", message: reason.errorMessage })
  assert.notInclude(lines.join("\n"), secret)
  const [first, ...faults] = reason.errorMessage.split("\n")
  assert.strictEqual(first, "These variables are missing or invalid:")
  return faults
})

describe("a processor", () => {
  it.live("without its variables does not start, and names those that are missing", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* settingsFault("processor", { QUEUE_URL: secret }), [
        "  TABLE_NAME: expected the name of the DynamoDB table, for example cv-analytics",
        "  QUEUE_URL: expected the URL of the event queue, for example " +
          "https://sqs.eu-west-1.amazonaws.com/123456789012/cv-analytics.fifo"
      ])
    }).pipe(Effect.provide(NodeServices.layer))
  )
})

describe("a reporter", () => {
  const environment = {
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "none",
    TABLE_NAME: "cv-analytics",
    SITE_NAME: "cv.example.com",
    REPORT_FROM: "reports@example.com",
    REPORT_TO: "owner@example.com",
    REPORT_TIME_ZONE: "Europe/London"
  }

  it.live("with impossible settings does not start, and names each of them", () =>
    Effect.gen(function* () {
      const { REPORT_FROM: _, ...withoutSender } = environment
      const faults = yield* settingsFault("reporter", {
        ...withoutSender,
        REPORT_TO: `owner@example.com,${secret}`,
        REPORT_TIME_ZONE: "Mars/Olympus",
        REPORT_LANGUAGE: "nl",
        REPORT_QUESTIONS: "some",
        REPORT_QUIET_WEEK: "never",
        REPORT_UNSUBSCRIBE_URL: "http://example.com",
        WORKERS_AI_TOKEN: secret,
        MODEL_PRICES: "cheap",
        QUEUE_ARN: "cv-analytics.fifo",
        DEAD_LETTERS_URL: "cv-analytics-dead-letters.fifo"
      })
      assert.deepStrictEqual(
        faults.map((fault) => fault.trim().split(":")[0]),
        [
          "REPORT_FROM",
          "REPORT_TO",
          "REPORT_UNSUBSCRIBE_URL",
          "REPORT_TIME_ZONE",
          "REPORT_LANGUAGE",
          "REPORT_QUESTIONS",
          "REPORT_QUIET_WEEK",
          "WORKERS_AI_ACCOUNT",
          "MODEL_PRICES",
          "QUEUE_ARN",
          "DEAD_LETTERS_URL"
        ]
      )
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.live("names a week that it cannot report, before it calls AWS", () =>
    Effect.gen(function* () {
      const { host, lines } = yield* functionWith("reporter", environment)
      for (const [event, errorType] of [
        [{ weekId: "2026-46" }, "SchemaError"],
        [{ weekId: "2025-W53" }, "SchemaError"],
        [{ weekId: "9999-W10" }, "WeekOutOfReach"],
        [{ weekId: "2020-W10" }, "WeekOutOfReach"],
        [{ weekId: "2020-W10", resend: true }, "WeekOutOfReach"]
      ] as const) {
        const { reason } = yield* Effect.flip(host.invoke(event))
        assert.deepInclude(reason, { _tag: "HandlerFailed", errorType })
      }
      yield* eventually(
        Effect.sync(() =>
          assert.lengthOf(
            lines.filter((line) => line.includes('"ReportFailed":1')),
            5
          )
        )
      )
    }).pipe(Effect.provide(NodeServices.layer))
  )
})
