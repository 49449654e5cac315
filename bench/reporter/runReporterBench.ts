import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { readDefinitions } from "../../infra/definitions/Definitions.ts"
import { nodeFlags } from "../../local/lambda/FunctionDefinition.ts"
import * as Sample from "../../ops/report/Sample.ts"
import { count } from "../../src/programs/reporter/count.ts"
import { reportView } from "../../src/programs/reporter/render/ReportView.ts"
import { version } from "../../src/runtime/version.ts"
import { periodOf } from "../../src/schema/IsoWeek.ts"
import type { Measure } from "../Measure.ts"
import { measureReadUnits } from "./readUnits.ts"
import { measureRendering } from "./rendering.ts"
import { measureScale, type ScaleMeasure } from "./scale.ts"

export interface ReporterReport {
  readonly bench: "reporter"
  readonly engine: string
  readonly node: string
  readonly memoryMb: number
  readonly nodeFlags: ReadonlyArray<string>
  readonly scale: ReadonlyArray<ScaleMeasure>
  readonly readUnits: ReadonlyArray<Measure>
  readonly rendering: ReadonlyArray<Measure>
}

const temporaryFolder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(`${tmpdir()}/cv-analytics-bench-`)),
  (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
)

/** The view that the built-in sample's e-mail is rendered from. */
const sampleView = Effect.gen(function* () {
  const zone = DateTime.zoneMakeNamedUnsafe("Europe/London")
  const period = periodOf(Sample.sampleWeek, zone)
  const report = yield* count(period, { prices: Sample.samplePrices, zone }).pipe(
    Effect.provide(Sample.layer(Sample.sampleWeek, zone))
  )
  return reportView(report, { siteName: "cv.example.com", version })
})

/** `onStep` hears of each part before it starts; the whole takes two or three minutes. */
export const runReporterBench = Effect.fnUntraced(function* (onStep: (step: string) => void) {
  const folder = yield* temporaryFolder
  const { reporter } = yield* readDefinitions()
  const flags = nodeFlags({
    ...reporter,
    name: "reporter",
    bundlePath: "",
    environment: {},
    maxConcurrency: 1
  })
  onStep("rendering")
  const view = yield* sampleView
  const rendering = yield* Effect.promise(() => measureRendering(view, folder))
  const scale = yield* Effect.promise(() => measureScale({ ...reporter, nodeFlags: flags }, onStep))
  onStep("read units")
  const { engine, measures } = yield* measureReadUnits()
  const report: ReporterReport = {
    bench: "reporter",
    engine,
    node: process.version,
    memoryMb: reporter.memoryMb,
    nodeFlags: flags,
    scale,
    readUnits: measures,
    rendering
  }
  return report
})
