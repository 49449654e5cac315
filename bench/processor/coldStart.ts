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

const rowsOf = (
  { ours, reference }: { readonly ours: Sizes; readonly reference: Sizes },
  suffix: string,
  isTarget: boolean
): ReadonlyArray<Measure> =>
  (Object.keys(ours) as ReadonlyArray<keyof Sizes>).map((name) =>
    compared(
      `${isTarget ? "" : "  "}${name}${suffix}`,
      { ours: ours[name], reference: reference[name], better: "less" },
      ...(isTarget ? [{ timesAtLeast: 1 }] : [])
    )
  )

/**
 * The reference is the original design on Powertools and the document client: once as esbuild
 * builds it by itself, and once with the settings of ours.
 */
export const measureColdStart = async (
  sides: Sides,
  bundles: {
    readonly ours: Bundle
    readonly powertools: Bundle
    readonly powertoolsAsOurs: Bundle
  },
  samples: Samples
): Promise<ReadonlyArray<Measure>> => {
  const names = ["ours", "powertools", "powertoolsAsOurs"] as const
  const begun = { ours: [], powertools: [], powertoolsAsOurs: [] } as Record<
    (typeof names)[number],
    Array<Start>
  >
  for (let n = 0; n < starts; n++) {
    for (const name of names) begun[name].push(await startOnce(bundles[name].file, sides, samples))
  }
  const sizesOf = (name: (typeof names)[number]): Sizes => ({
    "bundle, KB minified": bundles[name].minified / 1024,
    "bundle, KB gzipped": bundles[name].gzipped / 1024,
    "init, ms": median(begun[name].map(({ importMs }) => importMs)),
    "init and first batch, ms": median(begun[name].map(({ total }) => total))
  })
  const ours = sizesOf("ours")
  return [
    ...rowsOf({ ours, reference: sizesOf("powertools") }, "", true),
    ...rowsOf({ ours, reference: sizesOf("powertoolsAsOurs") }, ", with our build settings", false)
  ]
}

interface Sizes {
  readonly "bundle, KB minified": number
  readonly "bundle, KB gzipped": number
  readonly "init, ms": number
  readonly "init and first batch, ms": number
}

interface Start {
  readonly importMs: number
  readonly total: number
}
