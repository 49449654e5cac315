import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import { buildBundles } from "../../infra/bundles.ts"
import type { Measure } from "../Measure.ts"
import { step } from "../step.ts"
import { measureBatchOverhead } from "./batchOverhead.ts"
import { measureColdStart } from "./coldStart.ts"
import { measureProvisionedThroughput } from "./provisionedThroughput.ts"
import { bundleReference } from "./referenceBundles.ts"
import { makeSides } from "./Sides.ts"
import { readSamples } from "./samples.ts"
import { measureRequests, measureUnits } from "./storage.ts"
import { measureThroughput } from "./throughput.ts"

export interface ProcessorReport {
  readonly bench: "processor"
  readonly engine: string
  readonly node: string
  readonly measures: ReadonlyArray<Measure>
}

const root = fileURLToPath(new URL("../../", import.meta.url))

const ourBundle = async () => {
  const bundles = await buildBundles()
  const bundle = bundles.find(({ file }) => file.includes("/processor/"))
  if (bundle === undefined) throw new Error("no bundle of the processor")
  return { ...bundle, file: `${root}${bundle.file}` }
}

/** Takes a minute or two. */
export const runProcessorBench = Effect.fnUntraced(function* () {
  const folder = yield* (yield* FileSystem.FileSystem).makeTempDirectoryScoped()
  const samples = yield* readSamples()
  const sides = yield* makeSides()
  const overhead = yield* step("batch handling", () => measureBatchOverhead(samples))
  const bundles = yield* step("bundles", async () => ({
    ours: await ourBundle(),
    plain: await bundleReference("plainProcessor", folder, "ours"),
    powertools: await bundleReference("powertoolsProcessor", folder, "usual"),
    powertoolsAsOurs: await bundleReference("powertoolsProcessor", folder, "ours")
  }))
  const coldStart = yield* step("cold starts", () => measureColdStart(sides, bundles, samples))
  const units = yield* step("write units", () => measureUnits(sides, samples))
  const requests = yield* step("requests", () => measureRequests(sides, samples))
  const files = { ours: bundles.ours.file, plain: bundles.plain.file }
  const throughput = yield* step("throughput", () => measureThroughput(sides, files, samples))
  const provisioned = yield* step("throughput at the table's write units", () =>
    measureProvisionedThroughput(sides, files, samples)
  )
  const report: ProcessorReport = {
    bench: "processor",
    engine: sides.engine,
    node: process.version,
    measures: [...units, ...requests, ...throughput, ...provisioned, ...overhead, ...coldStart]
  }
  return report
})
