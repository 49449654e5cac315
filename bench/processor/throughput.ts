/** Interactions per second through the built bundles, each in a warm process. */
import { compared, type Measure, median } from "../Measure.ts"
import { openDelayed } from "./delayedEndpoint.ts"
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
  text: string,
  target?: { readonly timesAtLeast: number }
): Promise<ReadonlyArray<Measure>> => {
  const { ours, reference } = await interleaved(processors, samples)
  return [
    compared(
      `interactions per second, ${text}`,
      { ours: perSecond(ours), reference: perSecond(reference), better: "more" },
      target
    ),
    compared("  of its own processor time per interaction, ms", {
      ours: cpuMs(ours),
      reference: cpuMs(reference),
      better: "less"
    })
  ]
}

interface Bundles {
  readonly ours: string
  readonly plain: string
}

/** Runs with both processors, warm, and ends them. */
const withProcessors = async <A>(
  sides: { readonly endpoint: string; readonly tableName: string },
  bundles: Bundles,
  run: (processors: { ours: WarmProcessor; reference: WarmProcessor }) => Promise<A>
): Promise<A> => {
  const ours = await start(bundles.ours, sides)
  const reference = await start(bundles.plain, sides)
  try {
    return await run({ ours, reference })
  } finally {
    await ours.stop()
    await reference.stop()
  }
}

const delayMs = 5

/** A local request has no distance, so two texts are also measured behind a network. */
export const measureThroughput = async (
  { endpoint, tableName }: Sides,
  bundles: Bundles,
  { demo, longChats, prose }: Samples
): Promise<ReadonlyArray<Measure>> => {
  const near = await withProcessors({ endpoint, tableName }, bundles, async (both) => [
    ...(await measuresOf(both, prose, "2 × 20 KB dense prose", { timesAtLeast: 5 })),
    ...(await measuresOf(both, longChats, "2 × 20 KB long chats")),
    ...(await measuresOf(both, demo, "the demo's own"))
  ])
  const way = await openDelayed(endpoint, delayMs)
  try {
    const far = await withProcessors({ endpoint: way.endpoint, tableName }, bundles, async (both) =>
      [
        await measuresOf(both, prose, `2 × 20 KB dense prose, table ${delayMs} ms away`),
        await measuresOf(both, demo, `the demo's own, table ${delayMs} ms away`, {
          timesAtLeast: 5
        })
      ].flatMap(([perSecondAway]) => perSecondAway ?? [])
    )
    return [...near, ...far]
  } finally {
    way.close()
  }
}
