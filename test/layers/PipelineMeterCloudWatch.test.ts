/** The real SDK against the local metrics server, which reads the lines that the programs log. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { serve } from "../../local/cloudwatch/CloudWatchServer.ts"
import { countsLine } from "../../local/sqs/SqsServer.ts"
import * as PipelineMeterCloudWatch from "../../src/layers/PipelineMeterCloudWatch.ts"
import { embeddedMetrics } from "../../src/programs/processor/BatchMetrics.ts"
import { periodOf, previousWeek, type WeekId } from "../../src/schema/IsoWeek.ts"
import { PipelineMeter } from "../../src/services/PipelineMeter.ts"
import { temporaryFolder } from "../e2e/temporaryFolder.ts"
import * as CapturedLog from "../programs/CapturedLog.ts"
import { serveHttp } from "./HttpDouble.ts"

const client = {
  region: "eu-west-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
  maxAttempts: 1
}
const queueName = "cv-analytics.fifo"
const zone = DateTime.zoneMakeNamedUnsafe("Asia/Kathmandu")

const counts = {
  records: 10,
  decoded: 10,
  undecodable: 0,
  returned: 0,
  clockAhead: 0,
  correlated: 3,
  halves: 1,
  votes: 0,
  olderVotes: 0,
  stored: 7,
  duplicates: 2,
  conflicts: 1,
  cut: 0,
  retried: 0,
  edgeLost: 0,
  writeUnits: 12.5,
  durationMs: 40
}
const batchAt = (timestamp: number) => JSON.stringify(embeddedMetrics(counts, timestamp))

const queueAt = (timestamp: number, name = queueName) =>
  countsLine(
    name,
    {
      NumberOfMessagesSent: 10,
      NumberOfDeduplicatedSentMessages: 2,
      NumberOfMessagesReceived: 11,
      NumberOfEmptyReceives: 100,
      NumberOfMessagesDeleted: 9
    },
    timestamp
  )

/** The meter's reading of the week after these lines, and its log. */
const measured = Effect.fnUntraced(function* (
  lines: (period: ReturnType<typeof periodOf>) => ReadonlyArray<string>,
  options: { readonly queueName?: string | undefined; readonly week?: WeekId } = {}
) {
  const cloudWatch = yield* serve({ port: 0, folder: yield* temporaryFolder })
  const week = options.week ?? previousWeek(yield* Clock.currentTimeMillis, zone)
  const period = periodOf(week, zone)
  yield* Effect.forEach(lines(period), cloudWatch.read)
  return yield* metered(cloudWatch.endpoint, period, { queueName, ...options })
})

const metered = (
  endpoint: string,
  period: ReturnType<typeof periodOf>,
  options: { readonly queueName?: string | undefined }
) =>
  Effect.gen(function* () {
    const { read } = yield* PipelineMeter
    const pipeline = yield* read(period)
    const lines = (yield* CapturedLog.CapturedLog).map(({ fields }) => fields.unknown)
    return { pipeline, unknown: lines }
  }).pipe(
    Effect.provide(
      PipelineMeterCloudWatch.layer({
        queueName: options.queueName,
        client: { ...client, endpoint }
      })
    ),
    Effect.provide(CapturedLog.layer)
  )

describe("The meter of the pipeline", () => {
  it.live("makes the requests that the bill counts, one a metric", () =>
    Effect.gen(function* () {
      let requests = 0
      const port = yield* serveHttp((_request, _body, response) => {
        requests += 1
        response.setHeader("content-type", "application/x-amz-json-1.0")
        response.end(JSON.stringify({ Datapoints: [] }))
      })
      const period = periodOf(previousWeek(yield* Clock.currentTimeMillis, zone), zone)
      yield* metered(`http://127.0.0.1:${port}`, period, { queueName })
      assert.strictEqual(requests, PipelineMeterCloudWatch.requestsPerReading)
    })
  )

  it.live("adds up the week's own numbers, from its first moment to its last", () =>
    Effect.gen(function* () {
      const found = yield* measured(({ endMs, startMs }) =>
        [startMs - 1, startMs, startMs + 3_000_000, endMs - 1, endMs].flatMap((at) => [
          batchAt(at),
          queueAt(at)
        ])
      )
      assert.deepStrictEqual(found, {
        pipeline: {
          accepted: 30,
          deduplicated: 6,
          requests: 30 + 6 + 33 + 300 + 27,
          batches: 3,
          stored: 21,
          duplicates: 6,
          conflicts: 3,
          writeUnits: 38
        },
        unknown: []
      })
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.live("leaves out uncounted metrics, and keeps a counted 0", () =>
    Effect.gen(function* () {
      const found = yield* measured(({ startMs }) => [
        JSON.stringify(embeddedMetrics({ ...counts, duplicates: 0 }, startMs))
      ])
      assert.deepStrictEqual(found.pipeline, {
        batches: 1,
        stored: 7,
        duplicates: 0,
        conflicts: 1,
        writeUnits: 13
      })
      assert.deepStrictEqual(found.unknown, [])
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.live("reads its own queue alone, and none without a configured queue", () =>
    Effect.gen(function* () {
      const lines = ({ startMs }: { startMs: number }) => [
        batchAt(startMs),
        queueAt(startMs, "another.fifo")
      ]
      assert.notProperty((yield* measured(lines)).pipeline, "accepted")
      const { pipeline, unknown } = yield* measured(lines, { queueName: undefined })
      assert.strictEqual(pipeline.stored, 7)
      assert.deepStrictEqual(unknown, [])
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.live(
    "leaves out every number when the service does not answer, logs one line, and does not fail",
    () =>
      Effect.gen(function* () {
        const period = periodOf(previousWeek(yield* Clock.currentTimeMillis, zone), zone)
        const { pipeline, unknown } = yield* metered("http://127.0.0.1:9", period, { queueName })
        assert.deepStrictEqual(pipeline, {})
        assert.strictEqual(unknown.length, 1)
        assert.strictEqual((unknown[0] as ReadonlyArray<string>).length, 10)
      })
  )
})
