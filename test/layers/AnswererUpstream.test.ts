/** The real `fetch`, against a small server that answers as each test says. */
import { gzipSync } from "node:zlib"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as AnswererUpstream from "../../src/layers/AnswererUpstream.ts"
import { Answerer } from "../../src/services/Answerer.ts"
import { eventually } from "../e2e/eventually.ts"
import { type Saying, saying, serve } from "./ChatbotDouble.ts"

const key = "secret-4711"
const question = "Which databases does she know?"
const completion = JSON.stringify({
  model: "some-model-2026",
  choices: [{ message: { content: "PostgreSQL." } }],
  usage: { prompt_tokens: 12, completion_tokens: 3 }
})

const optionsFor = (url: URL): AnswererUpstream.Options => ({
  url,
  key: Redacted.make(key),
  model: "some-model",
  instructions: "Be brief.",
  timeoutMs: 5000
})

/** Asks a chatbot that gives this answer at this path. */
const asking = Effect.fnUntraced(function* (
  say: Saying,
  use: (answerer: Answerer["Service"]) => Effect.Effect<unknown, unknown>,
  { path = "/v1/chat/completions", ...changes }: { path?: string; timeoutMs?: number } = {}
) {
  const { asked, url } = yield* serve(say)
  const options = { ...optionsFor(new URL(path, url)), ...changes }
  const result = yield* Effect.result(
    Answerer.use(use).pipe(Effect.provide(AnswererUpstream.layer(options)))
  )
  return { asked, result }
})

const answerOf = (say: Saying, changes?: { path?: string; timeoutMs?: number }) =>
  asking(say, ({ answer }) => answer(question), changes)

const failureOf = Effect.fnUntraced(function* (say: Saying, timeoutMs = 5000) {
  const { result } = yield* answerOf(say, { timeoutMs })
  const error = yield* Effect.flip(Effect.fromResult(result))
  assert.notInclude(`${String(error)} ${JSON.stringify(error)}`, key)
  return error
})

describe("A chatbot with chat completions", () => {
  it.live("is asked in their form, with the key, the model and the instructions", () =>
    Effect.gen(function* () {
      const { asked, result } = yield* answerOf(saying(completion))
      assert.deepInclude(asked[0]?.headers, {
        authorization: `Bearer ${key}`,
        "content-type": "application/json"
      })
      assert.deepStrictEqual(asked[0]?.body, {
        model: "some-model",
        messages: [
          { role: "system", content: "Be brief." },
          { role: "user", content: question }
        ]
      })
      assert.deepStrictEqual(yield* Effect.fromResult(result), {
        text: "PostgreSQL.",
        matchType: "full",
        model: "some-model-2026",
        tokens: { input: 12, output: 3 }
      })
    })
  )

  it.live("is asked for its stream with its usage, and the stream is passed on as it is", () =>
    Effect.gen(function* () {
      const events = 'data: {"choices":[{"delta":{"content":"Hi"}}]}\n\ndata: [DONE]\n\n'
      const { asked, result } = yield* asking(
        saying(events, 200, { "content-type": "text/event-stream" }),
        ({ stream }) =>
          Effect.flatMap(stream(question), (reply) => {
            assert.strictEqual(reply._tag, "Streaming")
            return reply._tag === "Streaming"
              ? Effect.promise(() => new Response(reply.events).text())
              : Effect.void
          })
      )
      assert.deepInclude(asked[0]?.body, {
        stream: true,
        stream_options: { include_usage: true }
      })
      assert.strictEqual(yield* Effect.fromResult(result), events)
    })
  )

  it.live("may answer whole when it was asked for a stream", () =>
    Effect.gen(function* () {
      const { result } = yield* asking(saying(completion), ({ stream }) => stream(question))
      assert.deepInclude(yield* Effect.fromResult(result), { _tag: "Whole" })
    })
  )
})

describe("Any other chatbot", () => {
  it.live("is asked with a query, and rates its own answer", () =>
    Effect.gen(function* () {
      const reply = { answer: "Perhaps MySQL.", matchType: "partial", matchScore: 0.4 }
      const { asked, result } = yield* answerOf(saying(JSON.stringify(reply)), { path: "/ask" })
      assert.deepStrictEqual(asked[0]?.body, { query: question })
      assert.deepInclude(yield* Effect.fromResult(result), {
        text: "Perhaps MySQL.",
        matchType: "partial",
        matchScore: 0.4
      })
    })
  )
})

describe("A chatbot that fails", () => {
  const html = { "content-type": "text/html" }
  const failures: ReadonlyArray<readonly [string, string, Saying]> = [
    ["answers 500", "HTTP 500", saying("{}", 500)],
    ["answers 429", "HTTP 429", saying("{}", 429)],
    ["refuses the key", "HTTP 401", saying(`{"error":"${key}"}`, 401)],
    ["sends elsewhere", "HTTP 302", saying("", 302, { location: "http://127.0.0.1:1/" })],
    ["answers a page", "the answer is not JSON", saying("<html>Hi</html>", 200, html)],
    ["answers half of its JSON", "the answer is not JSON", saying(completion.slice(0, 40))],
    ["answers without a text", "the answer holds no text", saying('{"choices":[]}')],
    ["answers too much", "the answer is too long", saying(`{"answer":"${"x".repeat(2 ** 20)}"}`)],
    [
      "packs too much into little",
      "the answer is too long",
      saying(gzipSync(`{"answer":"${"x".repeat(64 * 2 ** 20)}"}`), 200, {
        "content-encoding": "gzip"
      })
    ],
    ["hangs up", "no connection", (response) => void response.destroy()],
    [
      "breaks off",
      "the answer broke off",
      (response) => {
        response.writeHead(200, { "content-length": "1000" }).write('{"answer":')
        setTimeout(() => response.destroy(), 20)
      }
    ]
  ]
  for (const [name, detail, say] of failures) {
    it.live(`is unavailable when it ${name}`, () =>
      Effect.gen(function* () {
        assert.deepInclude(yield* failureOf(say), { _tag: "AnswererUnavailable", detail })
      })
    )
  }

  it.live("has timed out when it never answers", () =>
    Effect.gen(function* () {
      const error = yield* failureOf(() => undefined, 50)
      assert.deepInclude(error, { _tag: "AnswererTimedOut", afterMs: 50 })
    })
  )

  it.live("has timed out when a whole answer never ends", () =>
    Effect.gen(function* () {
      const error = yield* failureOf((response) => {
        response.writeHead(200, { "content-type": "application/json" }).write('{"answer":')
      }, 50)
      assert.deepInclude(error, { _tag: "AnswererTimedOut", afterMs: 50 })
    })
  )
})

describe("A visitor who leaves", () => {
  it.live("ends the request to the chatbot", () =>
    Effect.gen(function* () {
      const visitor = new AbortController()
      const { asked, result } = yield* asking(
        () => visitor.abort(),
        ({ answer }) => answer(question, visitor.signal)
      )
      const error = yield* Effect.flip(Effect.fromResult(result))
      assert.deepInclude(error, { _tag: "AnswererUnavailable", detail: "the visitor left" })
      yield* eventually(Effect.sync(() => assert.isTrue(asked[0]?.left())))
    })
  )

  it.live("ends a stream too", () =>
    Effect.gen(function* () {
      const visitor = new AbortController()
      const { asked } = yield* asking(
        (response) => {
          response.writeHead(200, { "content-type": "text/event-stream" }).write(": hi\n\n")
        },
        ({ stream }) => Effect.map(stream(question, visitor.signal), () => visitor.abort())
      )
      yield* eventually(Effect.sync(() => assert.isTrue(asked[0]?.left())))
    })
  )
})
