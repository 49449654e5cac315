import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import type { Bundle } from "../../infra/bundles.ts"
import { startDouble } from "../Double.ts"
import type { Measure } from "../Measure.ts"
import { step } from "../step.ts"
import { measureBundles } from "./bundles.ts"
import { cpuPerQuestion, cpuRows, wrappedRow } from "./cpu.ts"
import { bundleWorkers, type Name } from "./edgeBundles.ts"
import { type LatencyRow, measureInstantAnswers, measureLatency } from "./latency.ts"
import { measurePauses } from "./pauses.ts"
import { startQueue } from "./Queue.ts"
import { measureRequests } from "./requests.ts"
import { signaturesPerQuestion } from "./signatures.ts"
import { measureStreams } from "./streams.ts"
import { startWorker } from "./Worker.ts"

export interface EdgeReport {
  readonly bench: "edge"
  readonly node: string
  readonly latency: ReadonlyArray<LatencyRow>
  /** Answers that cost no waiting have no target. */
  readonly instant: ReadonlyArray<LatencyRow>
  readonly measures: ReadonlyArray<Measure>
}

/** The visitor who comes alone asks so many pairs of Workers. */
const pairCount = 3

/** The queue and the chatbot, and Workers between them, each in its process. */
const startDoubles = Effect.fnUntraced(function* (bundles: Readonly<Record<Name, Bundle>>) {
  const queue = yield* startQueue
  const chatbot = yield* startDouble<never, never>(new URL("chatbotProcess.ts", import.meta.url))
  const env = {
    CV_ANALYTICS_REGION: "eu-west-1",
    CV_ANALYTICS_ACCESS_KEY_ID: "local",
    CV_ANALYTICS_SECRET_ACCESS_KEY: "local",
    CV_ANALYTICS_QUEUE_URL: `http://127.0.0.1:${queue.port}/123456789012/cv-analytics.fifo`
  }
  const UPSTREAM_URL = `http://127.0.0.1:${chatbot.port}/v1/chat/completions`
  const started = (name: Name, url: string) =>
    startWorker(bundles[name].file, { ...env, UPSTREAM_URL: url })
  return { queue, started, UPSTREAM_URL }
})

type Doubles = Effect.Success<ReturnType<typeof startDoubles>>

const startStreaming = ({ UPSTREAM_URL, started }: Doubles) =>
  Effect.all({
    bare: started("streaming", UPSTREAM_URL),
    wrapped: started("streamingWrapped", UPSTREAM_URL)
  })

const startAll = Effect.fnUntraced(function* ({ UPSTREAM_URL, started }: Doubles) {
  const startPair = (url: string) =>
    Effect.all({ ours: started("ours", url), twin: started("twin", url) })
  const startFour = Effect.fnUntraced(function* (url: string) {
    const references = { bare: started("bare", url), honoAndSdk: started("honoAndSdk", url) }
    return { ...(yield* startPair(url)), ...(yield* Effect.all(references)) }
  })
  const streaming = yield* startFour(UPSTREAM_URL)
  const instant = yield* startFour("")
  const around = yield* Effect.all({ own: started("own", ""), wrapped: started("wrapped", "") })
  const others = yield* Effect.replicateEffect(startPair(UPSTREAM_URL), pairCount - 1)
  return { around, streaming, instant, pairs: [streaming, ...others] }
})

const reportOf = (rows: Partial<EdgeReport>): EdgeReport => ({
  bench: "edge",
  node: process.version,
  latency: [],
  instant: [],
  measures: [],
  ...rows
})

/** Measures everything in some fourteen minutes, or streams alone in six. */
export const runEdgeBench = Effect.fnUntraced(function* (onlyStreams: boolean) {
  const folder = yield* (yield* FileSystem.FileSystem).makeTempDirectoryScoped()
  const bundles = yield* step("bundles", () => bundleWorkers(folder))
  const doubles = yield* startDoubles(bundles)
  const { queue } = doubles
  const wrapped = yield* startStreaming(doubles)
  const pauses = yield* step("pauses of 70 s", () => measurePauses(wrapped))
  const streams = [...(yield* Effect.promise(() => measureStreams(wrapped, queue))), ...pauses]
  if (onlyStreams) return reportOf({ measures: streams })
  const empty = yield* step("bundles without texts", () => bundleWorkers(folder, []))
  const sizes = yield* step("starts", () => measureBundles(empty))
  const { around, instant, pairs, streaming } = yield* startAll(doubles)
  const signatures = yield* step("signatures", () => signaturesPerQuestion(bundles.ours.file))
  const requests = yield* step("requests", () => measureRequests(streaming, signatures, queue))
  const cpu = {
    json: yield* step("processor time", () => cpuPerQuestion(instant, "json", queue)),
    stream: yield* step("processor time, streams", () =>
      cpuPerQuestion(streaming, "stream", queue)
    ),
    around: yield* step("processor time, around", () => cpuPerQuestion(around, "json", queue))
  }
  const latency = yield* Effect.promise(() => measureLatency(pairs, queue))
  const noWaiting = yield* step("instant answers", () => measureInstantAnswers(instant, queue))
  return reportOf({
    latency,
    instant: noWaiting,
    measures: [
      ...requests,
      ...cpuRows(cpu.json, "a whole answer"),
      ...cpuRows(cpu.stream, "an answer in 20 pieces"),
      wrappedRow(cpu.around),
      ...streams,
      ...sizes
    ]
  })
})
