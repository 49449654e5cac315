/** The weight of a bundle, and the cost of its start. */
import type { Bundle } from "../../infra/bundles.ts"
import { compared, type Measure, median } from "../Measure.ts"
import type { Sides } from "./Sides.ts"
import type { Samples } from "./samples.ts"
import { fullBatch } from "./Traffic.ts"
import { start } from "./WarmProcessor.ts"

const starts = 21

/** A fresh process imports the bundle, and then handles its first batch. */
const startOnce = async (file: string, sides: Sides, { demo }: Samples) => {
  const processor = await start(file, sides)
  const { elapsedMs } = await processor.run([fullBatch(demo)])
  await processor.stop()
  return { importMs: processor.importMs, total: processor.importMs + elapsedMs }
}

type Start = Awaited<ReturnType<typeof startOnce>>
type Name = "ours" | "powertools" | "powertoolsAsOurs"

const figuresOf = ({ gzipped, minified }: Bundle, begun: ReadonlyArray<Start>) => ({
  "bundle, KB minified": minified / 1024,
  "bundle, KB gzipped": gzipped / 1024,
  "init, ms": median(begun.map(({ importMs }) => importMs)),
  "init and first batch, ms": median(begun.map(({ total }) => total))
})
type Figures = ReturnType<typeof figuresOf>

const names = (figures: Figures) => Object.keys(figures) as ReadonlyArray<keyof Figures>

/**
 * The reference is the original design on Powertools and the document client: once as esbuild
 * builds it by itself, and once with our settings.
 */
export const measureColdStart = async (
  sides: Sides,
  bundles: Readonly<Record<Name, Bundle>>,
  samples: Samples
): Promise<ReadonlyArray<Measure>> => {
  const begun: Record<Name, Array<Start>> = { ours: [], powertools: [], powertoolsAsOurs: [] }
  for (let n = 0; n < starts; n++) {
    for (const name of Object.keys(begun) as ReadonlyArray<Name>) {
      begun[name].push(await startOnce(bundles[name].file, sides, samples))
    }
  }
  const ours = figuresOf(bundles.ours, begun.ours)
  const usual = figuresOf(bundles.powertools, begun.powertools)
  const asOurs = figuresOf(bundles.powertoolsAsOurs, begun.powertoolsAsOurs)
  const sidesOf = (name: keyof Figures, reference: Figures) =>
    ({ ours: ours[name], reference: reference[name], better: "less" }) as const
  return [
    ...names(ours).map((name) => compared(name, sidesOf(name, usual), { timesAtLeast: 1 })),
    ...names(ours).map((name) =>
      compared(`  ${name}, with our build settings`, sidesOf(name, asOurs))
    )
  ]
}
