import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import * as Effect from "effect/Effect"
import type { Measure } from "../Measure.ts"
import { measureBundles, type Part, partsOf } from "./bundles.ts"
import { cpuPerQuestion, cpuRows, wrappedRow } from "./cpu.ts"
import { startDouble } from "./Double.ts"
import { bundleWorker } from "./edgeBundles.ts"
import { type LatencyRow, measureInstantAnswers, measureLatency } from "./latency.ts"
import { startQueue } from "./Queue.ts"
import { measureRequests } from "./requests.ts"
import { signaturesPerQuestion } from "./signatures.ts"
import { startWorker } from "./Worker.ts"

export interface EdgeReport {
  readonly bench: "edge"
  readonly node: string
  readonly latency: ReadonlyArray<LatencyRow>
  /** With answers that cost no waiting: no target. */
  readonly instant: ReadonlyArray<LatencyRow>
  readonly measures: ReadonlyArray<Measure>
  readonly parts: ReadonlyArray<Part>
}

const temporaryFolder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(`${tmpdir()}/cv-analytics-bench-`)),
  (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
)

/** Without the texts of the knowledge base, to see what the code itself weighs. */
const bundleAll = async (folder: string, knowledge?: []) => ({
  ours: await bundleWorker("ours", folder, knowledge),
  oursWithSdk: await bundleWorker("oursWithSdk", folder, knowledge),
  oursWithoutSearch: await bundleWorker("oursWithoutSearch", folder, knowledge),
  bare: await bundleWorker("bare", folder, knowledge),
  honoAndSdk: await bundleWorker("honoAndSdk", folder, knowledge),
  twin: await bundleWorker("twin", folder, knowledge),
  own: await bundleWorker("own", folder, knowledge),
  wrapped: await bundleWorker("wrapped", folder, knowledge)
})

/** Pairs for the visitor who comes alone: each has Workers of its own. */
const pairCount = 3

/** All Workers and what they talk to, each in a process of its own. */
const startAll = Effect.fnUntraced(function* (bundles: Awaited<ReturnType<typeof bundleAll>>) {
  const queue = yield* startQueue
  const chatbot = yield* startDouble<never, never>("chatbotProcess.ts")
  const env = {
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    QUEUE_URL: `http://127.0.0.1:${queue.port}/123456789012/cv-analytics.fifo`
  }
  const UPSTREAM_URL = `http://127.0.0.1:${chatbot.port}/v1/chat/completions`
  const started = (name: keyof typeof bundles, url: string) =>
    startWorker(bundles[name].bundle.file, { ...env, UPSTREAM_URL: url })
  const startFour = (url: string) =>
    Effect.all({
      ours: started("ours", url),
      twin: started("twin", url),
      bare: started("bare", url),
      honoAndSdk: started("honoAndSdk", url)
    })
  const startPair = Effect.all({
    ours: started("ours", UPSTREAM_URL),
    twin: started("twin", UPSTREAM_URL)
  })
  const streaming = yield* startFour(UPSTREAM_URL)
  const instant = yield* startFour("")
  const around = yield* Effect.all({ own: started("own", ""), wrapped: started("wrapped", "") })
  const others = yield* Effect.replicateEffect(startPair, pairCount - 1)
  return { around, queue, streaming, instant, pairs: [streaming, ...others] }
})

/** `onStep` hears of each part before it starts; the whole takes some eight minutes. */
export const runEdgeBench = Effect.fnUntraced(function* (onStep: (step: string) => void) {
  const step = <A>(name: string, measure: () => Promise<A>) =>
    Effect.promise(() => {
      onStep(name)
      return measure()
    })
  const folder = yield* temporaryFolder
  const bundles = yield* step("bundles", () => bundleAll(folder))
  const empty = yield* step("bundles without texts", () => bundleAll(folder, []))
  const sizes = yield* step("starts", () => measureBundles(empty))
  const { around, instant, pairs, queue, streaming } = yield* startAll(bundles)
  const signatures = yield* step("signatures", () =>
    signaturesPerQuestion(bundles.ours.bundle.file)
  )
  const requests = yield* step("requests", () => measureRequests(streaming, signatures, queue))
  const cpu = {
    json: yield* step("processor time", () => cpuPerQuestion(instant, "json", queue)),
    stream: yield* step("processor time, streams", () =>
      cpuPerQuestion(streaming, "stream", queue)
    ),
    around: yield* step("processor time, around", () => cpuPerQuestion(around, "json", queue))
  }
  const latency = yield* Effect.promise(() => measureLatency(pairs, queue, onStep))
  const noWaiting = yield* step("instant answers", () => measureInstantAnswers(instant, queue))
  const report: EdgeReport = {
    bench: "edge",
    node: process.version,
    latency,
    instant: noWaiting,
    measures: [
      ...requests,
      ...cpuRows(cpu.json, "a whole answer"),
      ...cpuRows(cpu.stream, "an answer in 20 pieces"),
      wrappedRow(cpu.around),
      ...sizes
    ],
    parts: partsOf(empty.ours)
  }
  return report
})
