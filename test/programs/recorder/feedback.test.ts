/** `feedback` of the public module: the owner's secret, and a vote that follows its response. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { vi } from "vitest"
import { feedback, withAnalytics } from "../../../src/programs/recorder/main.ts"
import { decodeMessage } from "../../../src/schema/AnalyticsEvent.ts"
import { accept, type SentBatch, serve } from "../../layers/SqsDouble.ts"
import { ask } from "./Door.ts"
import { feedbackSecret, voteRequest } from "./Votes.ts"

const variables = {
  CV_ANALYTICS_REGION: "eu-west-1",
  CV_ANALYTICS_ACCESS_KEY_ID: "key",
  CV_ANALYTICS_SECRET_ACCESS_KEY: "secret-4711"
}

const bot = withAnalytics({ fetch: () => Response.json({ answer: "PostgreSQL." }) })

const platformOf = () => {
  const works: Array<Promise<unknown>> = []
  const platform = { waitUntil: (work: Promise<unknown>) => void works.push(work) }
  return { works, platform }
}

const eventsIn = (batches: ReadonlyArray<SentBatch>) =>
  batches.flatMap(({ Entries }) =>
    Entries.map(({ MessageBody }) => Result.getOrThrow(decodeMessage(MessageBody)))
  )

/** Asks, and returns the header's token once the question has been recorded. */
const askedToken = async (env: object) => {
  const { platform, works } = platformOf()
  const response = await bot.fetch(ask({ message: "Why?" }), env, platform)
  await response.text()
  await Promise.all(works)
  return response.headers.get("x-cv-feedback")
}

const votedOn = async (token: unknown, env: object) => {
  const { platform, works } = platformOf()
  const body = JSON.stringify({ token, rating: "down", reason: "wrong", comment: "a@b.example" })
  const response = await feedback(voteRequest(body), env, platform)
  const { length } = works
  await Promise.all(works)
  return { status: response.status, works: length }
}

/** The messages of the log, none of which may hold a secret. */
const logged = async (work: () => Promise<unknown>) => {
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined)
  try {
    await work()
    return log.mock.calls.map(([line]) => {
      assert.notMatch(line, /4711|forty-two/)
      return String(JSON.parse(line).message).split("\n")[0]
    })
  } finally {
    log.mockRestore()
  }
}

describe("A vote at a wrapped Worker", () => {
  const secrets = {
    "a variable": feedbackSecret,
    "a secret of a store": { get: async () => feedbackSecret }
  }
  for (const [name, secret] of Object.entries(secrets)) {
    it.live(`is sent after its response, with the secret in ${name}`, () =>
      Effect.gen(function* () {
        const { batches, queueUrl } = yield* serve(accept)
        const env = {
          ...variables,
          CV_ANALYTICS_QUEUE_URL: queueUrl,
          CV_ANALYTICS_FEEDBACK_SECRET: secret
        }
        yield* Effect.promise(async () => {
          // the first answer of an isolate does not wait for a store
          await askedToken(env)
          assert.deepStrictEqual(await votedOn(await askedToken(env), env), {
            status: 202,
            works: 1
          })
        })
        const events = eventsIn(batches)
        const [query, , vote] = events.slice(-3)
        assert.lengthOf(events, 5)
        assert.deepInclude(vote as object, {
          eventType: "feedback",
          requestId: query?.requestId,
          queryTimestamp: query?.eventType === "query" ? query.timestamp : 0,
          rating: "down",
          reason: "wrong",
          comment: "[e-mail]"
        })
      })
    )
  }

  it.live("is no question, though it comes to the wrapped handler", () =>
    Effect.gen(function* () {
      const { batches, queueUrl } = yield* serve(accept)
      const env = {
        ...variables,
        CV_ANALYTICS_QUEUE_URL: queueUrl,
        CV_ANALYTICS_FEEDBACK_SECRET: feedbackSecret
      }
      const worker = withAnalytics({ fetch: feedback })
      const lines = yield* Effect.promise(() =>
        logged(async () => {
          const token = await askedToken(env)
          for (const said of [{}, { message: "Why?" }]) {
            const { platform, works } = platformOf()
            const body = JSON.stringify({ token, rating: "up", ...said })
            const response = await worker.fetch(voteRequest(body), env, platform)
            assert.strictEqual(response.status, 202)
            assert.isFalse(response.headers.has("x-cv-feedback"))
            await Promise.all(works)
          }
        })
      )
      assert.isEmpty(lines)
      assert.deepStrictEqual(
        eventsIn(batches).map(({ eventType }) => eventType),
        ["query", "response", "feedback", "feedback"]
      )
    })
  )

  it.live("is refused, and nothing is sent, where the secret is missing, short or away", () =>
    Effect.gen(function* () {
      const { batches, queueUrl } = yield* serve(accept)
      const env = { ...variables, CV_ANALYTICS_QUEUE_URL: queueUrl }
      const away = { get: () => Promise.reject(new Error("secret-4711")) }
      const lines = yield* Effect.promise(() =>
        logged(async () => {
          const status = async (secret: unknown) =>
            (await votedOn("v1.x", { ...env, CV_ANALYTICS_FEEDBACK_SECRET: secret })).status
          assert.deepStrictEqual(
            [await status(undefined), await status("secret-4711"), await status(away)],
            [404, 500, 503]
          )
        })
      )
      assert.isEmpty(batches)
      assert.deepStrictEqual(lines, [
        "vote refused",
        "These variables are missing or invalid:",
        "vote refused",
        "the Secrets Store did not give CV_ANALYTICS_FEEDBACK_SECRET",
        "vote refused"
      ])
    })
  )

  it.live("never throws, whatever it is given", () =>
    Effect.gen(function* () {
      const { queueUrl } = yield* serve(accept)
      const env = {
        ...variables,
        CV_ANALYTICS_QUEUE_URL: queueUrl,
        CV_ANALYTICS_FEEDBACK_SECRET: feedbackSecret
      }
      const used = voteRequest("{}")
      yield* Effect.promise(() => used.text())
      yield* Effect.promise(() =>
        logged(async () => {
          assert.strictEqual((await feedback(used, env, undefined)).status, 400)
          assert.strictEqual((await feedback(voteRequest("{}"), env, {} as never)).status, 422)
          assert.strictEqual(
            (await feedback(voteRequest("{}"), undefined as never, undefined)).status,
            503
          )
        })
      )
    })
  )
})
