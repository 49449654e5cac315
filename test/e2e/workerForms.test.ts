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

layer(NodeServices.layer, { excludeTestServices: true })("workerd answers and records", (it) => {
  for (const [name, source] of Object.entries(forms)) {
    it.effect(name, () =>
      Effect.gen(function* () {
        const { batches, queueUrl } = yield* serve(accept)
        const { endpoint } = yield* WorkerHost.start({
          port: 0,
          queueUrl,
          region: "eu-west-1",
          script: yield* bundled(source),
          variables: { BOT_NAME: "Echo" }
        })
        const body = JSON.stringify({ message: "Hello?" })
        const headers = { "content-type": "application/json" }
        const text = yield* Effect.promise(async () => {
          const response = await fetch(`${endpoint}/chat`, { method: "POST", headers, body })
          return response.text()
        })
        assert.strictEqual(text, "Echo heard: Hello?")
        yield* eventually(Effect.sync(() => assert.isNotEmpty(batches)))
        const [query, response, ...others] = batches.flatMap(({ Entries }) =>
          Entries.map(({ MessageBody }) => Result.getOrThrow(decodeMessage(MessageBody)))
        )
        assert.deepInclude(query, { eventType: "query", query: "Hello?" })
        assert.deepInclude(response, { eventType: "response", response: text })
        assert.isEmpty(others)
      })
    )
  }
})
