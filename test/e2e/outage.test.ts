/**
 * Goal: a cold isolate answers a rush, and an outage of the queue neither loses nor doubles an event.
 * Method: the built Worker in workerd, with Cloudflare's queue as Miniflare emulates it.
 */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, beforeAll, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { buildBundles } from "../../infra/bundles.ts"
import * as WorkerHost from "../../local/worker/WorkerHost.ts"
import { accept, type SentBatch, serve, status } from "../layers/SqsDouble.ts"
import { eventually } from "./eventually.ts"

beforeAll(async () => {
  await buildBundles()
})

/** The Worker with an outbox, which it drains itself. */
const start = (queueUrl: string) =>
  WorkerHost.start({
    port: 0,
    queueUrl,
    region: "eu-west-1",
    queues: {
      queueProducers: { CV_ANALYTICS_OUTBOX: "outbox" },
      queueConsumers: { outbox: { maxBatchSize: 10, maxBatchTimeout: 1 } }
    }
  })

const ask = (endpoint: string) =>
  Effect.promise(async () => {
    const response = await fetch(`${endpoint}/query`, {
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

layer(NodeServices.layer, { excludeTestServices: true })("The Worker", (it) => {
  it.effect(
    "answers two hundred first questions at once, and sends the events of each in one request",
    () =>
      Effect.gen(function* () {
        const { batches, queueUrl } = yield* serve(accept)
        const { endpoint } = yield* start(queueUrl)
        const asked = yield* Effect.forEach(
          Array.from({ length: 200 }, () => endpoint),
          ask,
          { concurrency: "unbounded" }
        )
        assert.deepStrictEqual([...new Set(asked.map((one) => one.status))], [200])
        yield* eventually(
          Effect.sync(() => assert.sameMembers([...new Set(idsIn(batches))], idsFor(asked)))
        )
        // a first attempt may time out on a busy machine
        for (const { Entries } of batches) assert.lengthOf(Entries, 2)
      })
  )

  it.effect(
    "keeps events in its outbox while the queue is down, and sends each of them once later",
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
        const { endpoint } = yield* start(queueUrl)
        const asked = yield* Effect.forEach(
          Array.from({ length: 5 }, () => endpoint),
          ask
        )
        // after four attempts for each question the remaining events are in the outbox
        yield* eventually(Effect.sync(() => assert.isAtLeast(refusals, 4 * asked.length)))
        up = true
        yield* eventually(Effect.sync(() => assert.sameMembers(idsIn(accepted), idsFor(asked))))
        for (const { Entries } of accepted) {
          assert.match(Entries[0]?.MessageDeduplicationId ?? "", /:query$/)
        }
      })
  )
})
