/**
 * Goal: an existing Worker answers as before, and its questions and answers are recorded.
 * Method: the example, bundled as its owner would, in workerd with a queue of the test.
 */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { build } from "esbuild"
import { workerSettings } from "../../infra/bundles.ts"
import * as WorkerHost from "../../local/worker/WorkerHost.ts"
import { decodeMessage } from "../../src/schema/AnalyticsEvent.ts"
import { accept, type Reply, type SentBatch, serve } from "../layers/SqsDouble.ts"
import { eventually } from "./eventually.ts"

const bundled = Effect.promise(async () => {
  const { outputFiles } = await build({
    ...workerSettings,
    sourcemap: false,
    entryPoints: ["examples/existing-worker/worker.ts"]
  })
  return outputFiles[0]?.text ?? ""
})

/** Runs the example with this queue until the scope ends. */
const start = Effect.fnUntraced(function* (queueUrl: string) {
  const script = yield* bundled
  const variables = { BOT_NAME: "Echo" }
  return yield* WorkerHost.start({ port: 0, queueUrl, region: "eu-west-1", script, variables })
})

const post = ({ endpoint }: { readonly endpoint: string }, path: string, body: string) =>
  Effect.promise(async () => {
    const headers = { "content-type": "application/json" }
    const response = await fetch(`${endpoint}${path}`, { method: "POST", headers, body })
    return { response, text: await response.text() }
  })

const question = JSON.stringify({
  messages: [
    { role: "user", content: "Hello?" },
    { role: "assistant", content: "Hello." },
    { role: "user", content: "Where do you live?" }
  ]
})

/** The example's answer without analytics. */
const answer = ["Echo ", "heard: ", "Where ", "do ", "you ", "live?"]
  .map((content) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`)
  .concat("data: [DONE]\n\n")
  .join("")

const eventsIn = (batches: ReadonlyArray<SentBatch>) =>
  batches.flatMap(({ Entries }) =>
    Entries.map(({ MessageBody }) => Result.getOrThrow(decodeMessage(MessageBody)))
  )

layer(NodeServices.layer, { excludeTestServices: true })(
  "A Worker with analytics around it",
  (it) => {
    it.effect("answers byte for byte as before, and sends question and answer as one batch", () =>
      Effect.gen(function* () {
        const { batches, queueUrl } = yield* serve(accept)
        const { response, text } = yield* post(yield* start(queueUrl), "/chat", question)
        assert.strictEqual(response.status, 200)
        assert.strictEqual(response.headers.get("x-powered-by"), "Echo")
        assert.strictEqual(text, answer)
        yield* eventually(Effect.sync(() => assert.lengthOf(batches, 1)))
        const [query, reply, ...others] = eventsIn(batches)
        assert.isEmpty(others)
        assert.deepInclude(query, { eventType: "query", query: "Where do you live?" })
        assert.deepInclude(reply, {
          eventType: "response",
          response: "Echo heard: Where do you live?",
          outcome: "answered"
        })
      })
    )

    it.effect("has no part of our chatbot in its bundle", () =>
      Effect.gen(function* () {
        const script = yield* bundled
        assert.include(script, "SendMessageBatch")
        assert.notInclude(script, "KNOWLEDGE_SECTIONS")
      })
    )

    const untouched: ReadonlyArray<readonly [string, Reply, (queueUrl: string) => string]> = [
      ["whose queue never answers", "silence", (queueUrl) => queueUrl],
      ["that is misconfigured", accept, () => "no URL"]
    ]
    for (const [name, reply, configured] of untouched) {
      it.effect(`${name} answers as before all the same`, () =>
        Effect.gen(function* () {
          const { queueUrl } = yield* serve(reply)
          const worker = yield* start(configured(queueUrl))
          const { response, text } = yield* post(worker, "/chat", question)
          assert.deepStrictEqual([response.status, text], [200, answer])
        })
      )
    }

    it.effect("records no request without a question, and passes on the handler's failure", () =>
      Effect.gen(function* () {
        const { batches, queueUrl } = yield* serve(accept)
        const worker = yield* start(queueUrl)
        assert.strictEqual((yield* post(worker, "/elsewhere", "{}")).response.status, 404)
        assert.strictEqual((yield* post(worker, "/chat", "not JSON")).response.status, 500)
        // events of those requests would have been sent before this
        yield* post(worker, "/chat", question)
        yield* eventually(Effect.sync(() => assert.isNotEmpty(batches)))
        assert.strictEqual(eventsIn(batches).length, 2)
      })
    )
  }
)
