import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import { readDefinitions } from "../../infra/definitions/Definitions.ts"
import { nodeFlags } from "../../local/lambda/FunctionDefinition.ts"
import * as Sample from "../../ops/report/Sample.ts"
import { count } from "../../src/programs/reporter/count.ts"
import { reportView } from "../../src/programs/reporter/render/ReportView.ts"
import { version } from "../../src/runtime/version.ts"
import { periodOf } from "../../src/schema/IsoWeek.ts"
import { knownPrices } from "../../src/schema/report/KnownPrices.ts"
import type { Measure } from "../Measure.ts"
import { announce } from "../step.ts"
import { measureReadUnits } from "./readUnits.ts"
import { measureRendering } from "./rendering.ts"
import { measureScale } from "./scale.ts"

export interface ReporterReport {
  readonly bench: "reporter"
  readonly engine: string
  readonly node: string
  readonly memoryMb: number
  readonly nodeFlags: ReadonlyArray<string>
  readonly scale: ReadonlyArray<Measure>
  readonly readUnits: ReadonlyArray<Measure>
  readonly rendering: ReadonlyArray<Measure>
}

/** The view of the built-in sample's e-mail. */
const sampleView = Effect.gen(function* () {
  const zone = DateTime.zoneMakeNamedUnsafe("Europe/London")
  const period = periodOf(Sample.sampleWeek, zone)
  const report = yield* count(period, { prices: knownPrices, zone }).pipe(
    Effect.provide(Sample.layer(Sample.sampleWeek, zone))
  )
  return reportView(report, { siteName: "cv.example.com", version })
})

/** The reporter's definition, and the flags of its process. */
export const deployedReporter = Effect.gen(function* () {
  const { reporter } = yield* readDefinitions()
  const flags = nodeFlags({
    ...reporter,
    name: "reporter",
    bundlePath: "",
    environment: {},
    maxConcurrency: 1
  })
  return { flags, reporter }
})

/** Takes a few minutes. */
export const runReporterBench = Effect.fnUntraced(function* () {
  const folder = yield* (yield* FileSystem.FileSystem).makeTempDirectoryScoped()
  const { flags, reporter } = yield* deployedReporter
  announce("rendering")
  const view = yield* sampleView
  const rendering = yield* Effect.promise(() => measureRendering(view, folder))
  const scale = yield* Effect.promise(() => measureScale({ ...reporter, nodeFlags: flags }))
  announce("read units")
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
