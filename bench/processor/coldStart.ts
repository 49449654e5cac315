/** What a bundle weighs, and what it costs to start it. */
import type { Bundle } from "../../infra/bundles.ts"
import { compared, type Measure, median } from "../Measure.ts"
import type { Sides } from "./Sides.ts"
import type { Samples } from "./samples.ts"
import { fullBatch } from "./Traffic.ts"
import { start } from "./WarmProcessor.ts"

const starts = 21

/** A fresh process: its import of the bundle, and then its first batch. */
const startOnce = async (file: string, sides: Sides, { demo }: Samples) => {
  const processor = await start(file, sides)
  const { elapsedMs } = await processor.run([fullBatch(demo)])
  await processor.stop()
  return { importMs: processor.importMs, total: processor.importMs + elapsedMs }
}

const smaller = (measure: string, ours: number, reference: number): Measure =>
  compared(measure, { ours, reference, better: "less" }, { timesAtLeast: 1 })

/** The reference is the original design on Powertools and the document client. */
export const measureColdStart = async (
  sides: Sides,
  bundles: { readonly ours: Bundle; readonly powertools: Bundle },
  samples: Samples
): Promise<ReadonlyArray<Measure>> => {
  const { ours, powertools } = bundles
  const [ourStarts, otherStarts]: [Array<Start>, Array<Start>] = [[], []]
  for (let n = 0; n < starts; n++) {
    ourStarts.push(await startOnce(ours.file, sides, samples))
    otherStarts.push(await startOnce(powertools.file, sides, samples))
  }
  const medianOf = (of: ReadonlyArray<Start>, key: keyof Start) => median(of.map((s) => s[key]))
  return [
    smaller("bundle, KB minified", ours.minified / 1024, powertools.minified / 1024),
    smaller("bundle, KB gzipped", ours.gzipped / 1024, powertools.gzipped / 1024),
    smaller("init, ms", medianOf(ourStarts, "importMs"), medianOf(otherStarts, "importMs")),
    compared("init and first batch, ms", {
      ours: medianOf(ourStarts, "total"),
      reference: medianOf(otherStarts, "total"),
      better: "less"
    })
  ]
}

interface Start {
  readonly importMs: number
  readonly total: number
}
