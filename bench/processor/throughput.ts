/** Interactions per second through the built bundles, each in a warm process. */
import { compared, type Measure, median } from "../Measure.ts"
import type { Sides } from "./Sides.ts"
import type { Sample, Samples } from "./samples.ts"
import { fullBatch, pairsPerBatch } from "./Traffic.ts"
import { start, type WarmProcessor } from "./WarmProcessor.ts"
import type { Ran } from "./warmProcess.ts"

const rounds = 7
const batchesPerRound = 4

const batches = (samples: ReadonlyArray<Sample>) =>
  Array.from({ length: batchesPerRound }, () => fullBatch(samples))

const perSecond = (rans: ReadonlyArray<Ran>): number =>
  (1000 * batchesPerRound * pairsPerBatch) / median(rans.map(({ elapsedMs }) => elapsedMs))

const cpuMs = (rans: ReadonlyArray<Ran>): number =>
  median(rans.map((ran) => ran.cpuMs)) / batchesPerRound / pairsPerBatch

const interleaved = async (
  { ours, reference }: { readonly ours: WarmProcessor; readonly reference: WarmProcessor },
  samples: ReadonlyArray<Sample>
) => {
  const rans = { ours: [] as Array<Ran>, reference: [] as Array<Ran> }
  await ours.run(batches(samples))
  await reference.run(batches(samples))
  for (let round = 0; round < rounds; round++) {
    rans.ours.push(await ours.run(batches(samples)))
    rans.reference.push(await reference.run(batches(samples)))
  }
  return rans
}

const measuresOf = async (
  processors: { readonly ours: WarmProcessor; readonly reference: WarmProcessor },
  samples: ReadonlyArray<Sample>,
  text: string
): Promise<ReadonlyArray<Measure>> => {
  const { ours, reference } = await interleaved(processors, samples)
  return [
    compared(`interactions per second, ${text}`, {
      ours: perSecond(ours),
      reference: perSecond(reference),
      better: "more"
    }),
    compared("  of its own processor time per interaction, ms", {
      ours: cpuMs(ours),
      reference: cpuMs(reference),
      better: "less"
    })
  ]
}

/** Runs both processors warm on the engine of this machine, which has no distance. */
export const measureThroughput = async (
  sides: Sides,
  bundles: { readonly ours: string; readonly plain: string },
  { demo, longChats, prose }: Samples
): Promise<ReadonlyArray<Measure>> => {
  const both = {
    ours: await start(bundles.ours, sides),
    reference: await start(bundles.plain, sides)
  }
  try {
    return [
      ...(await measuresOf(both, prose, "2 × 20 KB dense prose")),
      ...(await measuresOf(both, longChats, "2 × 20 KB long chats")),
      ...(await measuresOf(both, demo, "the demo's own"))
    ]
  } finally {
    await both.ours.stop()
    await both.reference.stop()
  }
}
