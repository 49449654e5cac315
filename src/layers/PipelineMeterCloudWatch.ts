/** The pipeline's numbers in CloudWatch: see docs/decisions/0023-numbers-of-the-pipeline.md. */
import {
  CloudWatchClient,
  type CloudWatchClientConfig,
  type Datapoint,
  GetMetricStatisticsCommand
} from "@aws-sdk/client-cloudwatch"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { metricNamespace } from "../runtime/MetricLine.ts"
import type { Period } from "../schema/IsoWeek.ts"
import { PipelineMeter } from "../services/PipelineMeter.ts"
import { nameOf } from "./aws/AwsFault.ts"

export interface Options {
  /** Absent without a configured queue, whose numbers are then unknown. */
  readonly queueName: string | undefined
  readonly client: CloudWatchClientConfig
}

/** The AWS actions that each verb needs. */
export const actions = {
  read: ["cloudwatch:GetMetricStatistics"]
} satisfies Record<keyof PipelineMeter["Service"], ReadonlyArray<string>>

interface Series {
  readonly metric: string
  /** The queue's metrics, or those in the processor's log lines. */
  readonly of: "queue" | "processor"
  readonly statistic: "Sum" | "SampleCount"
}

const queue = (metric: string): Series => ({ metric, of: "queue", statistic: "Sum" })
const processor = (metric: string): Series => ({ metric, of: "processor", statistic: "Sum" })

const series = {
  accepted: queue("NumberOfMessagesSent"),
  deduplicated: queue("NumberOfDeduplicatedSentMessages"),
  received: queue("NumberOfMessagesReceived"),
  emptyReceives: queue("NumberOfEmptyReceives"),
  deleted: queue("NumberOfMessagesDeleted"),
  stored: processor("stored"),
  duplicates: processor("duplicates"),
  conflicts: processor("conflicts"),
  writeUnits: processor("writeUnits"),
  batches: { ...processor("records"), statistic: "SampleCount" }
} as const satisfies Readonly<Record<string, Series>>
type Name = keyof typeof series
type MetricReadings = Partial<Record<Name, number>>
const names = Object.keys(series) as ReadonlyArray<Name>

/** Requests that reading one period makes; CloudWatch bills each. */
export const requestsPerReading = names.length

const quarterSeconds = 900
const hourSeconds = 3600
/** CloudWatch keeps older data points by the hour. */
const quartersKeptMs = 63 * 86_400_000
const concurrency = 5
const patience = "8 seconds"

/** Every zone's week begins on a quarter of an hour, so that no step lies in two weeks. */
const stepOf = ({ startMs }: Period, now: number): number =>
  now - startMs < quartersKeptMs ? quarterSeconds : hourSeconds

/** Absent without a data point, because a metric that was never written is unknown and not 0. */
const sumOf = (points: ReadonlyArray<Datapoint>, statistic: "Sum" | "SampleCount") =>
  points.length === 0
    ? undefined
    : Math.round(points.reduce((total, point) => total + (point[statistic] ?? 0), 0))

/** An upper bound, because messages can share a request; known when each kind of request is. */
const requestsOf = (found: MetricReadings) => {
  const { accepted, deleted, emptyReceives, received, deduplicated = 0 } = found
  return accepted === undefined ||
    deleted === undefined ||
    emptyReceives === undefined ||
    received === undefined
    ? {}
    : { requests: accepted + deduplicated + received + emptyReceives + deleted }
}

const make = Effect.fnUntraced(function* ({ client: config, queueName }: Options) {
  const client = yield* Effect.acquireRelease(
    Effect.sync(() => new CloudWatchClient(config)),
    (cloudWatch) => Effect.sync(() => cloudWatch.destroy())
  )
  const asked = names.filter((name) => series[name].of === "processor" || queueName !== undefined)

  const read = (name: Name, { endMs, startMs }: Period, step: number) => {
    const { metric, of, statistic }: Series = series[name]
    const command = new GetMetricStatisticsCommand({
      MetricName: metric,
      StartTime: new Date(startMs),
      EndTime: new Date(endMs),
      Period: step,
      Statistics: [statistic],
      ...(of === "queue"
        ? { Namespace: "AWS/SQS", Dimensions: [{ Name: "QueueName", Value: queueName }] }
        : { Namespace: metricNamespace })
    })
    return Effect.tryPromise({
      try: (abortSignal) => client.send(command, { abortSignal }),
      catch: nameOf
    }).pipe(Effect.map(({ Datapoints = [] }) => sumOf(Datapoints, statistic)))
  }

  /** A series that cannot be read leaves out one number. */
  const readAll = Effect.fnUntraced(function* (period: Period) {
    const step = stepOf(period, yield* Clock.currentTimeMillis)
    const found: MetricReadings = {}
    const reasons = new Set<string>()
    yield* Effect.forEach(
      asked,
      (name) =>
        Effect.match(read(name, period, step), {
          onSuccess: (total) => {
            if (total !== undefined) found[name] = total
          },
          onFailure: (reason) => void reasons.add(reason)
        }),
      { concurrency, discard: true }
    ).pipe(
      Effect.timeoutOrElse({
        duration: patience,
        orElse: () => Effect.sync(() => void reasons.add("timeout"))
      })
    )
    if (reasons.size > 0) {
      const unknown = asked.filter((name) => found[name] === undefined)
      yield* Effect.logWarning("pipeline not counted", { unknown, reasons: [...reasons] })
    }
    return found
  })

  return PipelineMeter.of({
    read: Effect.fn("PipelineMeter.read")(function* (period) {
      const found = yield* readAll(period)
      const { deleted: _, emptyReceives: __, received: ___, ...counts } = found
      return { ...counts, ...requestsOf(found) }
    })
  })
})

export const layer = (options: Options) => Layer.effect(PipelineMeter, make(options))
