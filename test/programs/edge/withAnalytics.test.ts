/** Analytics around a Worker, in this process: its reading of requests and its outbox. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { drainOutbox, withAnalytics } from "../../../src/programs/edge/main.ts"
import { questionIn } from "../../../src/programs/edge/observe.ts"
import { questionInJson } from "../../../src/programs/edge/QuestionSource.ts"
import { deduplicationId, encodeMessage } from "../../../src/schema/AnalyticsEvent.ts"
import { answerLengthMax } from "../../../src/schema/chat/SpokenText.ts"
import { accept, serve } from "../../layers/SqsDouble.ts"
import { queryEvent, responseEvent } from "../../schema/EventExamples.ts"
import { jsonHeaders, post } from "./Requests.ts"

const variables = {
  AWS_REGION: "eu-west-1",
  AWS_ACCESS_KEY_ID: "key",
  AWS_SECRET_ACCESS_KEY: "secret"
}

const echo = { fetch: async (request: Request) => new Response(await request.text()) }

/** A body without an end, with the number of its chunks and whether it was cancelled. */
const endless = () => {
  const state = { chunks: 0, cancelled: false }
  const body = new ReadableStream({
    pull: (controller) => {
      state.chunks += 1
      controller.enqueue(new TextEncoder().encode('{"query":"'.padEnd(1024, "x")))
    },
    cancel: () => {
      state.cancelled = true
    }
  })
  return { body, state }
}

describe("A question in a wrapped Worker's request", () => {
  for (const [name, type, chunksMax] of [
    ["is not looked for in other types than JSON, which are cancelled at once", "image/png", 1],
    ["is not read beyond the length of a conversation with pictures", "application/json", 4200]
  ] as const) {
    it.live(name, () =>
      Effect.gen(function* () {
        const { body, state } = endless()
        const copy = post(body, { "content-type": type })
        assert.isUndefined(yield* Effect.promise(() => questionIn(copy, questionInJson)))
        assert.isTrue(state.cancelled)
        assert.isAtMost(state.chunks, chunksMax)
      })
    )
  }

  it.live("is cut to the length of an answer", () =>
    Effect.gen(function* () {
      const asked = JSON.stringify({ query: "x".repeat(answerLengthMax + 1) })
      const question = yield* Effect.promise(() => questionIn(post(asked), questionInJson))
      assert.strictEqual(question?.length, answerLengthMax)
    })
  )

  it.live("that cannot be read causes no unhandled failure when recording is misconfigured", () =>
    Effect.gen(function* () {
      const platform = { waitUntil: () => assert.fail("something was recorded") }
      const response = yield* Effect.promise(() =>
        withAnalytics(echo).fetch(post("not JSON", jsonHeaders), {}, platform)
      )
      assert.strictEqual(yield* Effect.promise(() => response.text()), "not JSON")
      // an unhandled rejection would be reported by now, and fail this test
      yield* Effect.sleep(0)
    })
  )
})

describe("The outbox of a Worker with analytics around it", () => {
  const events = [queryEvent(), responseEvent()]
  const message = () => {
    const ended: Array<string> = []
    const kept = {
      body: events.map(encodeMessage),
      attempts: 1,
      ack: () => ended.push("ack"),
      retry: () => ended.push("retry")
    }
    return { ended, batch: { messages: [kept] } }
  }

  for (const [name, queue] of [
    ["is emptied by the same Worker", withAnalytics(echo).queue],
    ["is emptied by a function that a Worker with its own queue handler can call", drainOutbox]
  ] as const) {
    it.live(name, () =>
      Effect.gen(function* () {
        const { batches, queueUrl } = yield* serve(accept)
        const { batch, ended } = message()
        yield* Effect.promise(() => queue(batch, { ...variables, QUEUE_URL: queueUrl }))
        assert.deepStrictEqual(ended, ["ack"])
        assert.deepStrictEqual(
          batches.flatMap(({ Entries }) => Entries.map((entry) => entry.MessageDeduplicationId)),
          events.map(deduplicationId)
        )
      })
    )
  }

  it("does not replace the Worker's own queue handler", () => {
    const queue = async () => undefined
    assert.strictEqual(withAnalytics({ ...echo, queue }).queue, queue)
  })
})
