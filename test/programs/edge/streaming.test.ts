/** Answers of our chatbot that come piece by piece; the door's tests tell how they are recorded. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Answerer } from "../../../src/services/Answerer.ts"
import * as CapturedLog from "../CapturedLog.ts"
import { answer, ask, handled, jsonHeaders, requestId, world } from "./Requests.ts"

const question = { query: "Which databases does she know?" }
const asStream = { ...jsonHeaders, accept: "text/event-stream" }

const readAll = (response: Response) => Effect.promise(() => response.text())

describe("A stream", () => {
  const events = new ReadableStream<Uint8Array>()
  const chatbot = Layer.succeed(
    Answerer,
    Answerer.of({
      answer: () => Effect.die("asked for a whole answer"),
      stream: () => Effect.succeed({ _tag: "Streaming", events, known: { model: "some-model" } })
    })
  )

  it.effect("is the chatbot's own, and what is known of it is told before it begins", () =>
    Effect.gen(function* () {
      const { response, told } = yield* handled(ask(question, asStream))
      assert.strictEqual(response.headers.get("content-type"), "text/event-stream")
      assert.strictEqual(response.headers.get("cache-control"), "no-store")
      assert.strictEqual(response.body, events)
      assert.deepStrictEqual(told, [{ model: "some-model" }])
    }).pipe(Effect.provide([chatbot, CapturedLog.layer]))
  )
})

describe("A whole answer for a visitor who asks for a stream", () => {
  it.effect("comes in the form of a chat completion's chunks", () =>
    Effect.gen(function* () {
      const { response, told } = yield* handled(ask(question, asStream))
      const [first, last, done] = (yield* readAll(response)).split("\n\n")
      assert.deepInclude(JSON.parse(first!.slice(6)), { id: requestId, model: answer.model })
      assert.deepInclude(JSON.parse(first!.slice(6)).choices[0], {
        delta: { role: "assistant", content: answer.text }
      })
      assert.deepInclude(JSON.parse(last!.slice(6)).choices[0], { finish_reason: "stop" })
      assert.strictEqual(done, "data: [DONE]")
      assert.deepStrictEqual(told, [answer])
    }).pipe(Effect.provide(world()))
  )
})
