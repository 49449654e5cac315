/**
 * Goal: every form of Worker is recorded in the runtime that people have, once.
 * Method: Workers of each form, bundled as their owners would, in workerd with a queue of the test.
 */
import { fileURLToPath } from "node:url"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { build } from "esbuild"
import { workerSettings } from "../../infra/bundles.ts"
import * as WorkerHost from "../../local/worker/WorkerHost.ts"
import { decodeMessage } from "../../src/schema/AnalyticsEvent.ts"
import { accept, serve } from "../layers/SqsDouble.ts"
import { eventually } from "./eventually.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))

const bundled = (source: string) =>
  Effect.promise(async () => {
    const door = 'import { withAnalytics } from "./src/programs/recorder/main.ts"\n'
    const { outputFiles } = await build({
      ...workerSettings,
      sourcemap: false,
      stdin: { contents: `${door}${source}`, resolveDir: root, loader: "ts" },
      external: ["cloudflare:workers"]
    })
    return outputFiles[0]?.text ?? ""
  })

const entrypoint = `
import { WorkerEntrypoint } from "cloudflare:workers"

class Chatbot extends WorkerEntrypoint<{ readonly BOT_NAME: string }> {
  async fetch(request: Request): Promise<Response> {
    const { message } = await request.json()
    return new Response(\`\${this.env.BOT_NAME} heard: \${message}\`)
  }
}
`

const forms = {
  "a WorkerEntrypoint class": `${entrypoint}export default withAnalytics(Chatbot)`,
  "a WorkerEntrypoint class, wrapped twice": `${entrypoint}
    export default withAnalytics(withAnalytics(Chatbot))`,
  "an object with handlers on its prototype": `
    class Chatbot {
      async fetch(request: Request, env: { readonly BOT_NAME: string }): Promise<Response> {
        const { message } = await request.json()
        return new Response(\`\${env.BOT_NAME} heard: \${message}\`)
      }
    }
    export default withAnalytics(new Chatbot())`,
  "a Hono app": `
    import { Hono } from "hono"
    const app = new Hono<{ Bindings: { readonly BOT_NAME: string } }>()
    app.post("/chat", async (c) => {
      const { message } = await c.req.json()
      return c.text(\`\${c.env.BOT_NAME} heard: \${message}\`)
    })
    export default withAnalytics(app)`
}

/** Handlers that leave the body alone, and what they show and record. */
const hasty = {
  "a stream": [
    `() => {
      const stream = new ReadableStream({
        start: (controller) => {
          controller.enqueue(new TextEncoder().encode("Hello."))
          controller.close()
        }
      })
      return new Response(stream, { headers: { "content-type": "text/plain" } })
    }`,
    { response: "Hello.", outcome: "answered" }
  ],
  "a text": ['() => new Response("Hello.")', { response: "Hello.", outcome: "answered" }],
  "a failure": ['() => { throw new Error("no") }', { response: "", outcome: "failed" }]
} as const

/** Asks a Worker with this body; returns its answer as shown, and the events that it sends. */
const asked = Effect.fnUntraced(function* (source: string, body: object) {
  const { batches, queueUrl } = yield* serve(accept)
  const { endpoint } = yield* WorkerHost.start({
    port: 0,
    queueUrl,
    region: "eu-west-1",
    script: yield* bundled(source),
    variables: { BOT_NAME: "Echo" }
  })
  const text = yield* Effect.promise(async () => {
    const headers = { "content-type": "application/json" }
    const init = { method: "POST", headers, body: JSON.stringify(body) }
    return (await fetch(`${endpoint}/chat`, init)).text()
  })
  yield* eventually(Effect.sync(() => assert.isNotEmpty(batches)))
  const events = batches.flatMap(({ Entries }) =>
    Entries.map(({ MessageBody }) => Result.getOrThrow(decodeMessage(MessageBody)))
  )
  return { text, events }
})

const question = { message: "Hello?" }

layer(NodeServices.layer, { excludeTestServices: true })("workerd answers and records", (it) => {
  for (const [name, source] of Object.entries(forms)) {
    it.effect(name, () =>
      Effect.gen(function* () {
        const { events, text } = yield* asked(source, question)
        assert.strictEqual(text, "Echo heard: Hello?")
        const [query, response, ...others] = events
        assert.deepInclude(query, { eventType: "query", query: question.message })
        assert.deepInclude(response, { eventType: "response", response: text })
        assert.isEmpty(others)
      })
    )
  }

  for (const [what, [handler, expected]] of Object.entries(hasty)) {
    it.effect(`${what} of a handler that leaves the body alone`, () =>
      Effect.gen(function* () {
        const source = `export default withAnalytics({ fetch: ${handler} })`
        const { events } = yield* asked(source, { ...question, picture: "x".repeat(100_000) })
        assert.deepInclude(events[0], { query: question.message })
        assert.deepInclude(events[1], expected)
      })
    )
  }
})
