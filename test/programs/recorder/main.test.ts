/** The public module in this process: variables, secrets, the outbox, and what it never throws. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { vi } from "vitest"
import {
  drainOutbox,
  isConfigured,
  record,
  type ToldExchange,
  withAnalytics
} from "../../../src/programs/recorder/main.ts"
import { decodeMessage, type InteractionEvent } from "../../../src/schema/AnalyticsEvent.ts"
import { messageOf, type QueueMessage } from "../../../src/schema/QueueMessage.ts"
import { accept, type SentBatch, serve, status } from "../../layers/SqsDouble.ts"
import { queryEvent, responseEvent } from "../../schema/EventExamples.ts"
import { ask } from "./Door.ts"

const secret = "secret-4711"

const variables = {
  CV_ANALYTICS_REGION: "eu-west-1",
  CV_ANALYTICS_ACCESS_KEY_ID: "key",
  CV_ANALYTICS_SECRET_ACCESS_KEY: secret
}

const echo = { fetch: async (request: Request) => new Response(await request.text()) }

const eventsIn = (batches: ReadonlyArray<SentBatch>) =>
  batches.flatMap(({ Entries }) =>
    Entries.map(
      ({ MessageBody }) => Result.getOrThrow(decodeMessage(MessageBody)) as InteractionEvent
    )
  )

/** The lines of the log, none of which may hold the secret. */
const logOf = async (work: () => Promise<unknown>) => {
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined)
  try {
    await work()
    return log.mock.calls.map(([line]) => {
      assert.notInclude(line, "4711")
      return JSON.parse(line) as { readonly level: string; readonly message: string }
    })
  } finally {
    log.mockRestore()
  }
}

const logged = (work: () => Promise<unknown>) =>
  Effect.map(
    Effect.promise(() => logOf(work)),
    (lines) => lines.map(({ level, message }) => `${level} ${message.split("\n")[0]}`)
  )

/** Asks a wrapped Worker, and waits until it has been recorded. */
const asked = async (env: object, body: object = { message: "Why?" }) => {
  const works: Array<Promise<unknown>> = []
  const platform = { waitUntil: (work: Promise<unknown>) => void works.push(work) }
  const request = ask(body, { "cf-connecting-ip": "203.0.113.7" })
  const response = await withAnalytics(echo).fetch(request, env, platform)
  assert.strictEqual(await response.text(), JSON.stringify(body))
  await Promise.all(works)
}

describe("A Worker without the variables of the analytics", () => {
  it.live("answers as before, and the log names them once, without a value", () =>
    Effect.gen(function* () {
      const env = { CV_ANALYTICS_QUEUE_URL: secret, CV_ANALYTICS_PRIVACY_MODE: "all" }
      const lines = yield* Effect.promise(() =>
        logOf(async () => {
          for (let n = 0; n < 3; n += 1) await asked(env)
        })
      )
      assert.lengthOf(lines, 1)
      const [{ level, message }] = lines as [(typeof lines)[number]]
      assert.strictEqual(level, "FATAL")
      assert.deepStrictEqual(
        message.match(/CV_ANALYTICS_\w+(?=:)/g),
        [...["QUEUE_URL", "ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "PRIVACY_MODE"]].map(
          (name) => `CV_ANALYTICS_${name}`
        )
      )
      assert.isFalse(yield* Effect.promise(() => isConfigured(env)))
    })
  )

  it.live("may have the owner's own variables of any name", () =>
    Effect.gen(function* () {
      const { batches, queueUrl } = yield* serve(accept)
      const owners = {
        ...{ QUEUE_URL: "mine", AWS_REGION: "mine", AWS_ACCESS_KEY_ID: "mine", MODEL: "mine" },
        ...{ PRIVACY_MODE: "mine", OUTBOX: "mine", VISITOR_SIGNALS: "mine", UPSTREAM_URL: "mine" }
      }
      const env = { ...owners, ...variables, CV_ANALYTICS_QUEUE_URL: queueUrl }
      assert.isEmpty(yield* logged(() => asked(env)))
      assert.lengthOf(eventsIn(batches), 2)
    })
  )

  it.live("is told by isConfigured, which is true once they are right", () =>
    Effect.gen(function* () {
      const configured = { ...variables, CV_ANALYTICS_QUEUE_URL: "http://127.0.0.1:9/1/q.fifo" }
      assert.isTrue(yield* Effect.promise(() => isConfigured(configured)))
      const { CV_ANALYTICS_REGION: _, ...withoutRegion } = configured
      yield* logged(async () => assert.isFalse(await isConfigured(withoutRegion)))
    })
  )
})

describe("A secret of a Secrets Store", () => {
  const bound = (...values: ReadonlyArray<() => Promise<unknown>>) => {
    let calls = 0
    return {
      get: () => {
        const value = values[Math.min(calls, values.length - 1)]!
        calls += 1
        return value()
      }
    }
  }

  it.live("is read like a variable, and once an isolate", () =>
    Effect.gen(function* () {
      const { batches, queueUrl } = yield* serve(accept)
      let reads = 0
      const store = bound(async () => {
        reads += 1
        return secret
      })
      const env = {
        ...variables,
        CV_ANALYTICS_QUEUE_URL: { get: async () => queueUrl },
        CV_ANALYTICS_SECRET_ACCESS_KEY: store
      }
      assert.isEmpty(
        yield* logged(async () => {
          for (let n = 0; n < 3; n += 1) await asked(env)
        })
      )
      assert.lengthOf(eventsIn(batches), 6)
      assert.strictEqual(reads, 1)
    })
  )

  for (const [how, value] of [
    ["rejects", async () => Promise.reject(new Error(secret))],
    ["is not there", async () => undefined],
    ["is no text", async () => 4711]
  ] as const) {
    it.live(`that ${how} once costs one recording, and is told; the next request tries again`, () =>
      Effect.gen(function* () {
        const { batches, queueUrl } = yield* serve(accept)
        const store = bound(value, async () => secret)
        const env = {
          ...variables,
          CV_ANALYTICS_QUEUE_URL: queueUrl,
          CV_ANALYTICS_SECRET_ACCESS_KEY: store
        }
        assert.deepStrictEqual(yield* logged(() => asked(env)), [
          "FATAL the Secrets Store did not give CV_ANALYTICS_SECRET_ACCESS_KEY",
          "ERROR not recorded"
        ])
        assert.isEmpty(batches)
        assert.isEmpty(yield* logged(() => asked(env)))
        assert.lengthOf(eventsIn(batches), 2)
      })
    )
  }
})

describe("`record`", () => {
  it.live("sends an exchange, and gives the work to the platform", () =>
    Effect.gen(function* () {
      const { batches, queueUrl } = yield* serve(accept)
      const env = { ...variables, CV_ANALYTICS_QUEUE_URL: queueUrl }
      const works: Array<Promise<unknown>> = []
      const platform = { waitUntil: (work: Promise<unknown>) => void works.push(work) }
      void record(env, platform, { question: "Why?", answer: "Because." })
      yield* Effect.promise(() => Promise.all(works))
      const [query, response] = eventsIn(batches)
      assert.lengthOf(batches, 1)
      assert.deepInclude(query, { query: "Why?" })
      assert.deepInclude(response, { response: "Because." })
    })
  )

  it.live("never throws or rejects, whatever it is given", () =>
    Effect.gen(function* () {
      const { queueUrl } = yield* serve(accept)
      const env = { ...variables, CV_ANALYTICS_QUEUE_URL: queueUrl }
      const refuses = {
        waitUntil: () => {
          throw new Error("too late")
        }
      }
      const hostile = new Proxy({}, { get: () => assert.fail("looked") }) as ToldExchange
      const calls: ReadonlyArray<() => Promise<void>> = [
        () => record(env, undefined as never, { question: "Why?" }),
        () => record(env, {} as never, { question: "Why?" }),
        () => record(env, refuses, { question: "Why?" }),
        () => record({}, refuses, { question: "Why?" }),
        () => record(undefined as never, undefined as never, { question: "Why?" }),
        () => record(env, undefined as never, undefined as never),
        () => record(env, undefined as never, hostile)
      ]
      const lines = yield* logged(async () => {
        for (const call of calls) await call()
      })
      assert.lengthOf(
        lines.filter((line) => line === "ERROR not recorded"),
        1
      )
      assert.isAtLeast(lines.length, 4)
    })
  )
})

describe("A conversation in a wrapped Worker's request", () => {
  const recorded = Effect.fnUntraced(function* (body: object, mode: string) {
    const { batches, queueUrl } = yield* serve(accept)
    const env = { ...variables, CV_ANALYTICS_QUEUE_URL: queueUrl, CV_ANALYTICS_PRIVACY_MODE: mode }
    yield* Effect.promise(() => asked(env, body))
    return eventsIn(batches)
  })

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

  it.live("leaves no text in the mode metrics-only", () =>
    Effect.gen(function* () {
      const events = yield* recorded({ messages }, "metrics-only")
      for (const event of events) assert.strictEqual(event.text, "withheld")
      assert.notInclude(JSON.stringify(events), "cost")
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
        const env = { ...variables, CV_ANALYTICS_QUEUE_URL: queueUrl }
        yield* Effect.promise(() => queue(batch, env))
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

  it.live(
    "keeps events that the queue does not take, through the binding CV_ANALYTICS_OUTBOX",
    () =>
      Effect.gen(function* () {
        const { queueUrl } = yield* serve(status(400, { __type: "com.amazonaws.sqs#AccessDenied" }))
        const kept: Array<unknown> = []
        const sendBatch = async (sent: ReadonlyArray<{ readonly body: unknown }>) =>
          void kept.push(...sent.map(({ body }) => body))
        const env = {
          ...variables,
          CV_ANALYTICS_QUEUE_URL: queueUrl,
          CV_ANALYTICS_OUTBOX: { sendBatch }
        }
        assert.isEmpty(yield* logged(() => asked(env)))
        assert.lengthOf(kept, 1)
        assert.lengthOf(kept[0] as ReadonlyArray<unknown>, 2)
      })
  )
})
