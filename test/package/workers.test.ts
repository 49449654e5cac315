/**
 * Goal: each kind of Worker answers as before with the package around it, and is recorded.
 * Method: each kind twice in workerd, bundled as its owner would, with the package and without it.
 */
import { assert, layer } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import { build } from "esbuild"
import { Miniflare } from "miniflare"
import { decodeMessage } from "../../src/schema/AnalyticsEvent.ts"
import { messageOf } from "../../src/schema/QueueMessage.ts"
import { eventually } from "../e2e/eventually.ts"
import { accept, serve } from "../layers/SqsDouble.ts"
import { queryEvent } from "../schema/EventExamples.ts"
import { makeProject } from "./OwnersProject.ts"

/** Repeats the question and a variable of the Worker. */
const answer = `
const answer = async (request, env) => {
  const { question } = await request.json()
  return Response.json({ answer: env.BOT_NAME + " heard " + question }, { status: 201, headers: { "x-bot": "1" } })
}`

/** `withAnalytics` is the package's, or leaves a Worker as it is. */
const kinds = {
  "an object": `export default withAnalytics({ fetch: answer })`,
  "an object with its handlers on its prototype": `
    class Bot { fetch(request, env) { return this.say(request, env) } say(...all) { return answer(...all) } }
    export default withAnalytics(new Bot())`,
  "a Hono app": `
    import { Hono } from "hono"
    const app = new Hono()
    app.post("/chat", (context) => answer(context.req.raw, context.env))
    export default withAnalytics(app)`,
  "an itty-router": `
    import { AutoRouter } from "itty-router"
    export default withAnalytics(AutoRouter().post("/chat", answer))`,
  "a WorkerEntrypoint class": `
    import { WorkerEntrypoint } from "cloudflare:workers"
    class Bot extends WorkerEntrypoint { fetch(request) { return answer(request, this.env) } }
    export default withAnalytics(Bot)`,
  "a Worker that pipes its answer": `
    const pipe = async (request, env) => {
      const { body, headers, status } = await answer(request, env)
      const { readable, writable } = new TransformStream()
      body.pipeTo(writable)
      return new Response(readable, { status, headers: { ...Object.fromEntries(headers), "content-type": "text/event-stream" } })
    }
    export default withAnalytics({ fetch: pipe })`,
  "a Worker that is wrapped twice": `
    export default withAnalytics(withAnalytics({ fetch: answer }))`
} as const

/** The handler of an owner who takes votes, at a path that it chose. */
const takesVotes = `
import { feedback, withAnalytics } from "cv-analytics"
export default withAnalytics({
  fetch: (request, env, context) =>
    request.url.endsWith("/feedback") ? feedback(request, env, context) : answer(request, env)
})`

/** Its exchanges come over a WebSocket, and are told by the owner's own code. */
const durableObject = `
import { DurableObject } from "cloudflare:workers"
import { record } from "cv-analytics"
export class Room extends DurableObject {
  fetch() {
    const [client, server] = Object.values(new WebSocketPair())
    this.ctx.acceptWebSocket(server)
    return new Response(null, { status: 101, webSocket: client })
  }
  webSocketMessage(socket, question) {
    const answer = "Room heard " + question
    socket.send(answer)
    record(this.env, this.ctx, { question, answer, session: "room-1" })
  }
}
export default { fetch: (request, env) => env.ROOM.getByName("one").fetch(request) }`

const imported = 'import { withAnalytics } from "cv-analytics"'
const left = "const withAnalytics = (worker) => worker"

const bundle = (folder: string, contents: string) =>
  Effect.promise(async () => {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: folder },
      bundle: true,
      format: "esm",
      target: "es2022",
      conditions: ["workerd", "worker", "browser"],
      external: ["cloudflare:*"],
      write: false
    })
    return outputFiles[0]?.text ?? ""
  })

const start = Effect.gen(function* () {
  const folder = yield* makeProject("hono", "itty-router")
  const { batches, queueUrl } = yield* serve(accept)
  const worker = (name: string, source: string) =>
    Effect.map(bundle(folder, source), (script) => ({
      name,
      script,
      modules: true,
      compatibilityDate: "2026-07-01",
      compatibilityFlags: ["enable_request_signal"],
      bindings: {
        BOT_NAME: "Echo",
        CV_ANALYTICS_QUEUE_URL: queueUrl,
        CV_ANALYTICS_REGION: "eu-west-1",
        CV_ANALYTICS_ACCESS_KEY_ID: "local",
        CV_ANALYTICS_SECRET_ACCESS_KEY: "local"
      }
    }))
  const pairs = yield* Effect.forEach(Object.entries(kinds), ([name, source]) =>
    Effect.all([
      worker(name, [imported, answer, source].join("\n")),
      worker(`${name}, alone`, [left, answer, source].join("\n"))
    ])
  )
  const voting = yield* worker("a Worker that takes votes", [answer, takesVotes].join("\n"))
  const secret = { CV_ANALYTICS_FEEDBACK_SECRET: "signs-the-votes-of-this-test-alone" }
  const votes = { ...voting, bindings: { ...voting.bindings, ...secret } }
  const rooms = { durableObjects: { ROOM: "Room" } }
  const room = { ...(yield* worker("a Durable Object", durableObject)), ...rooms }
  const miniflare = yield* Effect.acquireRelease(
    Effect.sync(() => new Miniflare({ cf: false, workers: [...pairs.flat(), votes, room] })),
    (running) => Effect.promise(() => running.dispose())
  )
  yield* Effect.promise(() => miniflare.ready)
  const eventsOf = (question: string) =>
    batches
      .flatMap(({ Entries }) => Entries)
      .map(({ MessageBody }) => Result.getOrThrow(decodeMessage(MessageBody)))
      .filter((event) => JSON.stringify(event).includes(question))
  return { miniflare, eventsOf }
})

class Workers extends Context.Service<Workers, Effect.Success<typeof start>>()("test/Workers") {
  static readonly layer = Layer.effect(Workers, start)
}

const ask = Effect.fnUntraced(function* (name: string, question: string) {
  const { miniflare } = yield* Workers
  return yield* Effect.promise(async () => {
    const worker = await miniflare.getWorker(name)
    const response = await worker.fetch("https://example.com/chat", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ question })
    })
    const { headers, status } = response
    return { status, headers: [...headers], text: await response.text() }
  })
})

layer(Workers.layer, { excludeTestServices: true })("The installed package", (it) => {
  for (const [at, name] of Object.keys(kinds).entries()) {
    it.effect(`records ${name} once, whose answer stays as it is`, () =>
      Effect.gen(function* () {
        const { eventsOf } = yield* Workers
        const question = `What about number ${at}?`
        const answered = yield* ask(name, question)
        assert.deepStrictEqual(answered, yield* ask(`${name}, alone`, question))
        assert.strictEqual(answered.status, 201)
        yield* eventually(Effect.sync(() => assert.lengthOf(eventsOf(question), 2)))
        const [asked, told] = eventsOf(question)
        assert.deepInclude(asked, { eventType: "query", query: question })
        const response = `Echo heard ${question}`
        assert.deepInclude(told, { eventType: "response", response, outcome: "answered" })
      })
    )
  }

  it.effect("gives who was answered a token, and takes the vote with it", () =>
    Effect.gen(function* () {
      const { eventsOf, miniflare } = yield* Workers
      const question = "What do you think of votes?"
      const answered = yield* ask("a Worker that takes votes", question)
      const alone = yield* ask("an object, alone", question)
      const [, token = ""] = answered.headers.find(([name]) => name === "x-cv-feedback") ?? []
      const headers = answered.headers.filter(([name]) => name !== "x-cv-feedback")
      assert.deepStrictEqual({ ...answered, headers }, alone)
      const status = yield* Effect.promise(async () => {
        const worker = await miniflare.getWorker("a Worker that takes votes")
        const response = await worker.fetch("https://example.com/feedback", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ token, rating: "down", reason: "wrong" })
        })
        return response.status
      })
      assert.strictEqual(status, 202)
      const [, requestId = ""] = token.split(".")
      yield* eventually(Effect.sync(() => assert.lengthOf(eventsOf(requestId), 3)))
      assert.deepInclude(
        eventsOf(requestId).find(({ eventType }) => eventType === "feedback"),
        { rating: "down", reason: "wrong" }
      )
    })
  )

  it.effect("records what a Durable Object tells of its WebSocket", () =>
    Effect.gen(function* () {
      const { eventsOf, miniflare } = yield* Workers
      const heard = yield* Effect.promise(async () => {
        const worker = await miniflare.getWorker("a Durable Object")
        const headers = { upgrade: "websocket" }
        const { webSocket } = await worker.fetch("https://example.com/", { headers })
        const { promise, resolve } = Promise.withResolvers<unknown>()
        webSocket?.accept()
        webSocket?.addEventListener("message", ({ data }) => resolve(data))
        webSocket?.send("Who is there?")
        return promise
      })
      assert.strictEqual(heard, "Room heard Who is there?")
      yield* eventually(Effect.sync(() => assert.lengthOf(eventsOf("Who is there?"), 2)))
      const [asked, told] = eventsOf("Who is there?")
      assert.deepInclude(asked, { eventType: "query", query: "Who is there?" })
      assert.deepInclude(told, { eventType: "response", response: "Room heard Who is there?" })
    })
  )

  for (const name of ["an object", "a WorkerEntrypoint class"]) {
    it.effect(`empties the outbox of ${name} without a queue handler`, () =>
      Effect.gen(function* () {
        const { eventsOf, miniflare } = yield* Workers
        const query = `What did ${name} keep?`
        const body = [messageOf(queryEvent({ query }))]
        const { explicitAcks } = yield* Effect.promise(async () => {
          const worker = await miniflare.getWorker(name)
          return worker.queue("outbox", [{ id: "1", timestamp: new Date(), attempts: 1, body }])
        })
        assert.deepStrictEqual(explicitAcks, ["1"])
        assert.lengthOf(eventsOf(query), 1)
      })
    )
  }
})
