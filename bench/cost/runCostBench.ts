import { writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { MeasuredFootprint } from "../../ops/cost/Footprint.ts"
import type { Timings } from "../../ops/cost/Timings.ts"
import type { Measure } from "../Measure.ts"
import { makeSides } from "../processor/Sides.ts"
import { readProseSample } from "../processor/samples.ts"
import { announce } from "../step.ts"
import { measureFootprint } from "./footprint.ts"
import { measureAnswer, measurePair, measureStart } from "./times.ts"
import { compareUnits } from "./units.ts"

export interface CostReport {
  readonly bench: "cost"
  readonly footprint: MeasuredFootprint
  readonly timings?: Timings
  readonly measures: ReadonlyArray<Measure>
}

const timedSizesKb = [1, 4, 20, 100, 190]

const rounded = (ms: number): number => Math.round(ms * 100) / 100

/** Lists of numbers stay on one line, as the formatter has them. */
const write = (name: string, measured: Timings | MeasuredFootprint) =>
  Effect.sync(() => {
    const text = JSON.stringify(measured, null, 2).replace(/\[[\d\s.,]+\]/g, (list) =>
      list.replace(/\s+/g, " ").replace("[ ", "[").replace(" ]", "]")
    )
    writeFileSync(fileURLToPath(new URL(`../../ops/cost/${name}`, import.meta.url)), `${text}\n`)
  })

type Size = MeasuredFootprint["sizes"][number]

const measureSize = Effect.fnUntraced(function* (
  size: Size,
  sides: Effect.Success<ReturnType<typeof makeSides>>
) {
  const { eventKb } = size
  const sample = yield* readProseSample(eventKb * 1024)
  return yield* Effect.promise(async () => ({
    pair: {
      eventKb,
      ours: rounded(await measurePair(sides.ours, sample)),
      original: rounded(await measurePair(sides.reference, sample))
    },
    measures: await compareUnits(sides, sample, size)
  }))
})

const measureTimes = Effect.fnUntraced(function* (sizes: ReadonlyArray<Size>) {
  const sides = yield* makeSides()
  announce("warming up")
  yield* Effect.forEach(sizes.slice(0, 2), (size) => measureSize(size, sides))
  const measured = yield* Effect.forEach(sizes, (size) => {
    announce(`events of ${size.eventKb} KB`)
    return measureSize(size, sides)
  })
  announce("starting and answering")
  const now = yield* Clock.currentTimeMillis
  const timings: Timings = {
    measuredOn: new Date(now).toISOString().slice(0, 10),
    node: process.version,
    startMs: rounded(yield* Effect.promise(() => measureStart(sides))),
    answerMs: rounded(yield* Effect.promise(() => measureAnswer())),
    pairs: measured.map(({ pair }) => pair)
  }
  return { timings, measures: measured.flatMap(({ measures }) => measures) }
})

/** Writes the footprint, which takes seconds, and then the timings, which take minutes. */
export const runCostBench = Effect.fnUntraced(function* ({
  footprintOnly
}: {
  readonly footprintOnly: boolean
}) {
  announce("footprint")
  const footprint = yield* measureFootprint()
  yield* write("footprint.json", footprint)
  if (footprintOnly) return { bench: "cost", footprint, measures: [] } satisfies CostReport
  const sizes = footprint.sizes.filter(({ eventKb }) => timedSizesKb.includes(eventKb))
  const { measures, timings } = yield* measureTimes(sizes)
  yield* write("timings.json", timings)
  return { bench: "cost", footprint, timings, measures } satisfies CostReport
})
