/** Analytics around a Worker, in this process: its reading of requests and its outbox. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { drainOutbox, withAnalytics } from "../../../src/programs/recorder/main.ts"
import { questionIn } from "../../../src/programs/recorder/observe.ts"
import { questionInJson } from "../../../src/programs/recorder/QuestionSource.ts"
import { decodeMessage } from "../../../src/schema/AnalyticsEvent.ts"
import { messageOf, type QueueMessage } from "../../../src/schema/QueueMessage.ts"
import { readLengthMax } from "../../../src/schema/redaction/TextLength.ts"
import { accept, serve } from "../../layers/SqsDouble.ts"
import { queryEvent, responseEvent } from "../../schema/EventExamples.ts"
import { ask, jsonHeaders, post } from "../edge/Requests.ts"

const variables = {
  CV_ANALYTICS_REGION: "eu-west-1",
  CV_ANALYTICS_ACCESS_KEY_ID: "key",
  CV_ANALYTICS_SECRET_ACCESS_KEY: "secret"
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

  it.live("is read up to a length, beyond the cut", () =>
    Effect.gen(function* () {
      const asked = JSON.stringify({ query: "x".repeat(readLengthMax + 1) })
      const found = yield* Effect.promise(() => questionIn(post(asked), questionInJson))
      assert.deepStrictEqual(found, { question: "x".repeat(readLengthMax + 1) })
    })
  )

  it.live("that cannot be read causes no unhandled failure when recording is misconfigured", () =>
    Effect.gen(function* () {
      const platform = { waitUntil: () => assert.fail("something was recorded") }
      const response = yield* Effect.promise(async () =>
        withAnalytics(echo).fetch(post("not JSON", jsonHeaders), {}, platform)
      )
      assert.strictEqual(yield* Effect.promise(() => response.text()), "not JSON")
      // an unhandled rejection would be reported by now, and fail this test
      yield* Effect.sleep(0)
    })
  )
})

describe("A conversation in a wrapped Worker's request", () => {
  const recorded = Effect.fnUntraced(function* (body: object, mode: string) {
    const { batches, queueUrl } = yield* serve(accept)
    const works: Array<Promise<unknown>> = []
    const platform = { waitUntil: (work: Promise<unknown>) => works.push(work) }
    const env = { ...variables, CV_ANALYTICS_QUEUE_URL: queueUrl, CV_ANALYTICS_PRIVACY_MODE: mode }
    const request = new Request(ask(body), { headers: { ...jsonHeaders, ...anna } })
    const response = yield* Effect.promise(async () =>
      withAnalytics(echo).fetch(request, env, platform)
    )
    assert.strictEqual(yield* Effect.promise(() => response.text()), JSON.stringify(body))
    yield* Effect.promise(() => Promise.all(works))
    const entries = batches.flatMap(({ Entries }) => Entries)
    return entries.map(({ MessageBody }) => Result.getOrThrow(decodeMessage(MessageBody)))
  })

  const anna = { "cf-connecting-ip": "203.0.113.7" }
  const messages = [
    { role: "user", parts: [{ type: "text", text: "Hello" }] },
    { role: "assistant", parts: [{ type: "text", text: "Hi" }] },
    { role: "user", content: "And what do you cost?" }
  ]

  it.live("is the session of both events, and the question says which of it it is", () =>
    Effect.gen(function* () {
      const events = yield* recorded({ id: "Xa8dKq02LmPz71Wb", messages }, "redacted")
      assert.deepStrictEqual(
        events.map(({ sessionId }) => sessionId as string),
        ["Xa8dKq02LmPz71Wb", "Xa8dKq02LmPz71Wb"]
      )
      assert.deepInclude(events[0], { query: "And what do you cost?", turn: 2 })
    })
  )

  for (const mode of ["redacted", "metrics-only"]) {
    it.live(`is a hash when its id names someone, in the mode ${mode}`, () =>
      Effect.gen(function* () {
        const [query, response] = yield* recorded({ sessionId: "anna.svensson", messages }, mode)
        assert.match(query?.sessionId ?? "", /^[0-9a-f]{32}$/)
        assert.strictEqual(response?.sessionId, query?.sessionId)
      })
    )
  }

  it.live("keeps its id in the mode full, which the owner chose", () =>
    Effect.gen(function* () {
      const [query] = yield* recorded({ sessionId: "anna.svensson", messages }, "full")
      assert.strictEqual<string | undefined>(query?.sessionId, "anna.svensson")
    })
  )
})

describe("The outbox of a Worker with analytics around it", () => {
  /** The last one is a newer Worker's, which has been rolled back. */
  const messages: ReadonlyArray<QueueMessage> = [
    ...[queryEvent(), responseEvent()].map(messageOf),
    { groupId: "group-9", deduplicationId: "group-9:turn", body: '{"schemaVersion":2}' }
  ]
  const message = () => {
    const ended: Array<string> = []
    const kept = {
      body: messages,
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
        yield* Effect.promise(() =>
          queue(batch, { ...variables, CV_ANALYTICS_QUEUE_URL: queueUrl })
        )
        assert.deepStrictEqual(ended, ["ack"])
        assert.deepStrictEqual(
          batches.flatMap(({ Entries }) =>
            Entries.map((entry) => ({
              groupId: entry.MessageGroupId,
              deduplicationId: entry.MessageDeduplicationId,
              body: entry.MessageBody
            }))
          ),
          messages
        )
      })
    )
  }

  it("does not replace the Worker's own queue handler", () => {
    const queue = async () => undefined
    assert.strictEqual(withAnalytics({ ...echo, queue }).queue, queue)
  })
})
