/** Answers the reporter's one question to CloudWatch, in AWS JSON 1.0 on 127.0.0.1. */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { json, type LocalRequest, serve as serveLoopback } from "../LoopbackServer.ts"
import { pointsOf } from "./MetricPoint.ts"
import { MetricStore } from "./MetricStore.ts"

export class MetricsFolderUnavailable extends Data.TaggedError("MetricsFolderUnavailable")<{
  readonly folder: string
  readonly detail: string
}> {
  override get message() {
    return `${this.folder} cannot be used: ${this.detail}`
  }
}

export interface CloudWatchOptions {
  /** 0 = any free port. */
  readonly port: number
  readonly folder: string
  /** Dates the metrics anew; the queue and the functions know only the present. */
  readonly dated?: (timestampMs: number) => number
}

export interface CloudWatch {
  readonly endpoint: string
  /** Stores the metrics of a log line; most lines have none. */
  readonly read: (line: string) => Effect.Effect<void>
}

const EpochSeconds = Schema.Finite
const Statistic = Schema.Literals(["Sum", "SampleCount"])
const Request = Schema.Struct({
  Namespace: Schema.String,
  MetricName: Schema.String,
  Dimensions: Schema.optionalKey(
    Schema.Array(Schema.Struct({ Name: Schema.String, Value: Schema.String }))
  ),
  StartTime: EpochSeconds,
  EndTime: EpochSeconds,
  Period: Schema.Int.check(Schema.isGreaterThan(0), Schema.isMultipleOf(60)),
  Statistics: Schema.NonEmptyArray(Statistic)
})
const decodeRequest = Schema.decodeUnknownOption(Schema.fromJsonString(Request))

const target = "GraniteServiceVersion20100801.GetMetricStatistics"
const datapointsMax = 1440

const refuse = (code: string, message: string) => json({ __type: code, message }, 400)

const answer = (store: MetricStore, { body, headers }: LocalRequest) => {
  const asked = headers["x-amz-target"] ?? "no action"
  if (asked !== target) return refuse("UnknownOperationException", `${asked} is not known here.`)
  const request = Option.getOrUndefined(decodeRequest(body.toString()))
  if (request === undefined) {
    return refuse("InvalidParameterValueException", "The request is not valid, or not known here.")
  }
  const { Dimensions = [], EndTime, MetricName, Namespace, Period, StartTime } = request
  if (EndTime <= StartTime) {
    return refuse("InvalidParameterValueException", "StartTime must be before EndTime.")
  }
  if ((EndTime - StartTime) / Period > datapointsMax) {
    const message = `You have requested more than ${datapointsMax} datapoints.`
    return refuse("InvalidParameterCombinationException", message)
  }
  const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]))
  const bins = store.read(
    { namespace: Namespace, metric: MetricName, dimensions },
    { startMs: StartTime * 1000, endMs: EndTime * 1000, stepMs: Period * 1000 }
  )
  const values = { Sum: "sum", SampleCount: "samples" } as const
  return json({
    Label: MetricName,
    Datapoints: bins.map((bin) => ({
      Timestamp: bin.startMs / 1000,
      ...Object.fromEntries(request.Statistics.map((name) => [name, bin[values[name]]]))
    }))
  })
}

/** Serves until the scope ends; the next start finds the stored metrics in the folder. */
export const serve = Effect.fn("CloudWatchServer.serve")(function* ({
  dated = (timestampMs) => timestampMs,
  folder,
  port
}: CloudWatchOptions) {
  const store = yield* Effect.acquireRelease(
    Effect.try({
      try: () => new MetricStore(folder),
      catch: (cause) => {
        const detail = cause instanceof Error ? cause.message : String(cause)
        return new MetricsFolderUnavailable({ folder, detail })
      }
    }),
    (opened) => Effect.sync(() => opened.close())
  )
  const { endpoint } = yield* serveLoopback({
    port,
    handle: (request) => Effect.sync(() => answer(store, request))
  })
  const cloudWatch: CloudWatch = {
    endpoint,
    read: (line) =>
      Effect.sync(() =>
        store.add(
          pointsOf(line).map((point) => ({ ...point, timestampMs: dated(point.timestampMs) }))
        )
      )
  }
  return cloudWatch
})
