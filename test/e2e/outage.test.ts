/**
 * Goal: a cold isolate answers a rush, and an outage of the queue loses and doubles nothing.
 * Method: the built Worker in workerd with Cloudflare's queue beside it, as Miniflare emulates it.
 */
import { assert, beforeAll, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Log, LogLevel, Miniflare } from "miniflare"
import { buildBundles } from "../../infra/bundles.ts"
import { accept, type SentBatch, serve, status } from "../layers/SqsDouble.ts"
import { eventually } from "./eventually.ts"

const root = new URL("../../", import.meta.url).pathname

beforeAll(async () => {
  await buildBundles()
})

/** The built Worker, with an outbox that it drains itself. */
const start = Effect.fnUntraced(function* (queueUrl: string) {
  const worker = yield* Effect.acquireRelease(
    Effect.sync(
      () =>
        new Miniflare({
          cf: false,
          log: new Log(LogLevel.NONE),
          modules: true,
          scriptPath: `${root}dist/edge/main.js`,
          compatibilityDate: "2026-07-01",
          compatibilityFlags: ["enable_request_signal"],
          bindings: {
            AWS_REGION: "eu-west-1",
            AWS_ACCESS_KEY_ID: "key",
            AWS_SECRET_ACCESS_KEY: "secret",
            QUEUE_URL: queueUrl
          },
          queueProducers: { OUTBOX: "outbox" },
          queueConsumers: { outbox: { maxBatchSize: 10, maxBatchTimeout: 1 } }
        })
    ),
    (miniflare) => Effect.promise(() => miniflare.dispose())
  )
  return yield* Effect.promise(() => worker.ready)
})

const ask = (url: URL) =>
  Effect.promise(async () => {
    const response = await fetch(new URL("/query", url), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "Which databases does she know?" })
    })
    const { requestId } = (await response.json()) as { readonly requestId: string }
    return { status: response.status, requestId }
  })

const refuse = status(503)

const idsIn = (batches: ReadonlyArray<SentBatch>) =>
  batches.flatMap(({ Entries }) => Entries.map((entry) => entry.MessageDeduplicationId))

const idsFor = (asked: ReadonlyArray<{ readonly requestId: string }>) =>
  asked.flatMap(({ requestId }) => [`${requestId}:query`, `${requestId}:response`])

describe("The Worker", () => {
  it.live(
    "answers two hundred first questions at once, and sends the events of each in one request",
    () =>
      Effect.gen(function* () {
        const { batches, queueUrl } = yield* serve(accept)
        const url = yield* start(queueUrl)
        const asked = yield* Effect.forEach(
          Array.from({ length: 200 }, () => url),
          ask,
          { concurrency: "unbounded" }
        )
        assert.deepStrictEqual([...new Set(asked.map((one) => one.status))], [200])
        yield* eventually(Effect.sync(() => assert.lengthOf(batches, 200)))
        assert.sameMembers(idsIn(batches), idsFor(asked))
      }),
    60_000
  )

  it.live(
    "keeps what the queue does not take in its outbox, and sends it on, each event once",
    () =>
      Effect.gen(function* () {
        let up = false
        let refusals = 0
        const accepted: Array<SentBatch> = []
        const { queueUrl } = yield* serve((batch: SentBatch) => {
          if (!up) refusals += 1
          if (!up) return refuse(batch)
          accepted.push(batch)
          return accept(batch)
        })
        const url = yield* start(queueUrl)
        const asked = yield* Effect.forEach(
          Array.from({ length: 5 }, () => url),
          ask
        )
        // after four attempts for each question what is left is in the outbox
        yield* eventually(Effect.sync(() => assert.isAtLeast(refusals, 4 * asked.length)))
        up = true
        yield* eventually(
          Effect.sync(() => assert.sameMembers(idsIn(accepted), idsFor(asked))),
          60
        )
        for (const { Entries } of accepted) {
          assert.match(Entries[0]?.MessageDeduplicationId ?? "", /:query$/)
        }
      }),
    120_000
  )
})
