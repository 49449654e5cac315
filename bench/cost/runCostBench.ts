import { writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { readDefinitions } from "../../infra/definitions/Definitions.ts"
import { readPrices } from "../../ops/cost/Prices.ts"
import type { Timings } from "../../ops/cost/Timings.ts"
import type { Measure } from "../Measure.ts"
import { makeSides } from "../processor/Sides.ts"
import { readProseSample } from "../processor/samples.ts"
import { originalFootprint } from "./originalDesign.ts"
import { ourFootprint } from "./ourFootprint.ts"
import { measureAnswer, measurePair, measureStart } from "./times.ts"
import { compareUnits } from "./units.ts"

export interface CostReport {
  readonly bench: "cost"
  readonly engine: string
  readonly timings: Timings
  readonly measures: ReadonlyArray<Measure>
}

const sizesKb = [1, 4, 20, 100, 190]
const file = fileURLToPath(new URL("../../ops/cost/timings.json", import.meta.url))

const rounded = (ms: number): number => Math.round(ms * 100) / 100

const measureSize = Effect.fnUntraced(function* (
  eventKb: number,
  sides: Effect.Success<ReturnType<typeof makeSides>>
) {
  const { region, table } = yield* readDefinitions()
  const { limits } = yield* readPrices(region)
  const sample = yield* readProseSample(eventKb * 1024)
  const given = { limits, sample, processorMs: 0 }
  const { footprint } = yield* ourFootprint({ ...given, table })
  const footprints = { ours: footprint, original: originalFootprint(given) }
  return yield* Effect.promise(async () => ({
    pair: {
      eventKb,
      ours: rounded(await measurePair(sides.ours, sample)),
      original: rounded(await measurePair(sides.reference, sample))
    },
    measures: await compareUnits(sides, sample, footprints, eventKb)
  }))
})

/** Keeps the times for `npm run ops -- cost`, which computes everything else by itself. */
export const runCostBench = Effect.fnUntraced(function* (onStep: (step: string) => void) {
  const sides = yield* makeSides()
  onStep("warming up")
  yield* measureSize(4, sides)
  const sizes = yield* Effect.forEach(sizesKb, (eventKb) => {
    onStep(`events of ${eventKb} KB`)
    return measureSize(eventKb, sides)
  })
  onStep("starting and answering")
  const sample = yield* readProseSample(1024)
  const now = yield* Clock.currentTimeMillis
  const timings: Timings = {
    measuredOn: new Date(now).toISOString().slice(0, 10),
    node: process.version,
    startMs: rounded(yield* Effect.promise(() => measureStart(sides))),
    answerMs: rounded(yield* Effect.promise(() => measureAnswer(sample))),
    pairs: sizes.map(({ pair }) => pair)
  }
  yield* Effect.sync(() => writeFileSync(file, `${JSON.stringify(timings, null, 2)}\n`))
  const report: CostReport = {
    bench: "cost",
    engine: sides.engine,
    timings,
    measures: sizes.flatMap(({ measures }) => measures)
  }
  return report
})
