/**
 * Goal: a deployment that lacks a setting says which one, and never what is in the others.
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

/** Starts the Worker as a deployment with this queue would be, and asks it a question. */
const askWorkerWith = Effect.fnUntraced(function* (queueUrl: string) {
  const worker = yield* Script.start("local/worker/main.ts", ["--queue-url", queueUrl])
  const [workerUrl] = yield* eventually(
    Effect.sync(() => /http:\/\/[\d.:]+/.exec(worker.output()) ?? assert.fail(worker.output()))
  )
  const body = JSON.stringify({ query: "Where do you live?" })
  const reply = yield* request(`${workerUrl}/query`, { method: "POST", headers: jsonType, body })
  yield* eventually(Effect.sync(() => assert.include(worker.output(), "FATAL")))
  return { reply, log: worker.output() }
})

describe("a Worker", () => {
  const wrong = [
    ["without QUEUE_URL", ""],
    ["with a QUEUE_URL that is no URL", secret]
  ] as const
  for (const [how, queueUrl] of wrong) {
    it.live(`${how} answers that it is misconfigured, and its log names just that variable`, () =>
      Effect.gen(function* () {
        const { log, reply } = yield* askWorkerWith(queueUrl)
        assert.deepInclude(reply, { status: 500, type: "application/problem+json" })
        assert.deepInclude(reply.body, { status: 500, code: "misconfigured" })
        assert.include(log, "QUEUE_URL: expected the URL of the FIFO queue")
        assert.notInclude(log, "AWS_")
        assert.notInclude(log, secret)
        assert.notInclude(JSON.stringify(reply.body), "QUEUE_URL")
      })
    )
  }
})

describe("a Worker with everything else", () => {
  const wrong = {
    UPSTREAM_URL: "no URL",
    ANSWER_TIMEOUT_MS: "-1",
    ALLOWED_ORIGINS: "https://example.com,example.org/page",
    PRIVACY_MODE: "none",
    VISITOR_SIGNALS: "yes",
    REDACTION_PATTERNS: "id /(unclosed/"
  }
  for (const [name, value] of Object.entries(wrong)) {
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
        assert.deepInclude(reply, { status: 500, type: "application/problem+json" })
        assert.deepInclude(reply.body, { code: "misconfigured" })
      }).pipe(Effect.provide(NodeServices.layer))
    )
  }
})

describe("a processor", () => {
  it.live("without TABLE_NAME does not start, and says so with the name of the variable", () =>
    Effect.gen(function* () {
      const { processor } = yield* readDefinitions()
      const lines: Array<string> = []
      const host = yield* FunctionHost.make(
        {
          ...processor,
          name: "processor",
          bundlePath: fileURLToPath(new URL("../../dist/processor/main.mjs", import.meta.url)),
          maxConcurrency: 1,
          environment: { AWS_SECRET_ACCESS_KEY: secret }
        },
        { onLog: ({ line }) => Effect.sync(() => void lines.push(line)) }
      )
      const { reason } = yield* Effect.flip(host.invoke({ Records: [] }))
      assert.strictEqual(reason._tag, "InitFailed")
      if (reason._tag !== "InitFailed") return
      const message = [
        "These variables are missing or invalid:",
        "  TABLE_NAME: expected the name of the DynamoDB table, for example cv-analytics"
      ].join("\n")
      assert.deepStrictEqual([reason.errorType, reason.errorMessage], ["SettingsInvalid", message])
      yield* eventually(Effect.sync(() => assert.isNotEmpty(lines)))
      assert.include(lines[0], '"level":"FATAL"')
      assert.include(lines[0], "TABLE_NAME: expected")
      assert.notInclude(lines.join("\n"), secret)
    }).pipe(Effect.provide(NodeServices.layer))
  )
})
