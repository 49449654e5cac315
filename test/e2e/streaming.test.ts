/**
 * Goal: a streaming answer reaches the visitor as it comes, and is recorded however it ends.
 * Method: the built Worker in workerd between a chatbot and a queue of the test.
 */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, beforeAll, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { buildBundles } from "../../infra/bundles.ts"
import * as WorkerHost from "../../local/worker/WorkerHost.ts"
import { decodeMessage } from "../../src/schema/AnalyticsEvent.ts"
import * as ChatbotDouble from "../layers/ChatbotDouble.ts"
import * as SqsDouble from "../layers/SqsDouble.ts"
import { eventually } from "./eventually.ts"

beforeAll(async () => {
  await buildBundles()
})

const delta = (content: string) =>
  `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`

/** Sends the first word at once, and the rest when the test allows it. */
const slowly = () => {
  const { promise, resolve } = Promise.withResolvers<"end" | "break">()
  const say: ChatbotDouble.Saying = async (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).write(delta("Postgre"))
    if ((await promise) === "break") response.destroy()
    else response.end(`${delta("SQL.")}data: [DONE]\n\n`)
  }
  return { say, go: resolve }
}

/** Streams while the visitor listens: workerd notices an absence when it writes. */
const withoutEnd: ChatbotDouble.Saying = (response) => {
  response.writeHead(200, { "content-type": "text/event-stream" })
  const timer = setInterval(() => response.write(delta("word ")), 20)
  response.on("close", () => clearInterval(timer))
}

const started = Effect.fnUntraced(function* (say: ChatbotDouble.Saying) {
  const chatbot = yield* ChatbotDouble.serve(say)
  const queue = yield* SqsDouble.serve(SqsDouble.accept)
  const { endpoint } = yield* WorkerHost.start({
    port: 0,
    queueUrl: queue.queueUrl,
    region: "eu-west-1",
    variables: { UPSTREAM_URL: new URL("/v1/chat/completions", chatbot.url).href }
  })
  const eventsOf = (eventType: "query" | "response") =>
    queue.batches
      .flatMap(({ Entries }) => Entries)
      .map(({ MessageBody }) => Result.getOrThrow(decodeMessage(MessageBody)))
      .filter((event) => event.eventType === eventType)
  return { batches: queue.batches, chatbot, endpoint, eventsOf }
})

const askFor = (endpoint: string, signal?: AbortSignal) =>
  Effect.promise(async () => {
    const response = await fetch(`${endpoint}/query`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/event-stream" },
      body: JSON.stringify({ query: "Which databases does she know?" }),
      ...(signal === undefined ? {} : { signal })
    })
    return response.body!.pipeThrough(new TextDecoderStream()).getReader()
  })

const readFrom = (reader: ReadableStreamDefaultReader<string>) =>
  Effect.tryPromise(() => reader.read())

/** Reads the rest, however the network splits it. */
const readRest = (reader: ReadableStreamDefaultReader<string>) =>
  Effect.promise(async () => {
    let rest = ""
    for (let next = await reader.read(); !next.done; next = await reader.read()) rest += next.value
    return rest
  })

layer(NodeServices.layer, { excludeTestServices: true })(
  "An answer that streams through workerd",
  (it) => {
    it.effect("reaches the visitor word by word, and is sent with its question", () =>
      Effect.gen(function* () {
        const { go, say } = slowly()
        const { batches, endpoint, eventsOf } = yield* started(say)
        const reader = yield* askFor(endpoint)
        assert.strictEqual((yield* readFrom(reader)).value, delta("Postgre"))
        assert.isEmpty(batches)
        go("end")
        assert.strictEqual(yield* readRest(reader), `${delta("SQL.")}data: [DONE]\n\n`)
        yield* eventually(Effect.sync(() => assert.lengthOf(eventsOf("response"), 1)))
        assert.deepInclude(eventsOf("response")[0], {
          response: "PostgreSQL.",
          outcome: "answered"
        })
        assert.lengthOf(batches, 1)
        assert.lengthOf(eventsOf("query"), 1)
      })
    )

    it.effect("is recorded up to where the visitor leaves, and the chatbot is told to stop", () =>
      Effect.gen(function* () {
        const { chatbot, endpoint, eventsOf } = yield* started(withoutEnd)
        const visitor = new AbortController()
        yield* readFrom(yield* askFor(endpoint, visitor.signal))
        visitor.abort()
        yield* eventually(Effect.sync(() => assert.lengthOf(eventsOf("response"), 1)))
        const [event] = eventsOf("response")
        assert.deepInclude(event, { outcome: "answered", visitorLeft: true })
        assert.match(event?.eventType === "response" ? event.response : "", /^(?:word )+$/)
        yield* eventually(Effect.sync(() => assert.isTrue(chatbot.asked[0]?.left())))
      })
    )

    it.effect("ends for the visitor where the chatbot breaks off, and is recorded as failed", () =>
      Effect.gen(function* () {
        const { go, say } = slowly()
        const { endpoint, eventsOf } = yield* started(say)
        const reader = yield* askFor(endpoint)
        yield* readFrom(reader)
        go("break")
        // workerd cuts the connection; the proxy of Miniflare ends it
        const rest = yield* Effect.result(readFrom(reader))
        assert.isTrue(Result.isFailure(rest) || rest.success.done)
        yield* eventually(Effect.sync(() => assert.lengthOf(eventsOf("response"), 1)))
        assert.deepInclude(eventsOf("response")[0], { response: "Postgre", outcome: "failed" })
      })
    )
  }
)
