/**
 * Interactions per second at the table's write units, which bound the deployed system. Both sides
 * get the same units through the built bundles.
 */
import type { CreateTableCommandInput } from "@aws-sdk/client-dynamodb"
import { compared, type Measure, type Target } from "../Measure.ts"
import { openProvisioned, type UnitsOf } from "./provisionedEndpoint.ts"
import type { Sides } from "./Sides.ts"
import type { Samples } from "./samples.ts"
import { fullBatch, pairsPerBatch } from "./Traffic.ts"
import { start } from "./WarmProcessor.ts"

/** The table's time passes four times faster, so computing costs four times more. */
const speed = 4
const batches = 3

interface Provisioned {
  readonly name: string
  readonly units: number
}

const provisioned = ({
  GlobalSecondaryIndexes = [],
  ProvisionedThroughput,
  TableName = ""
}: CreateTableCommandInput): ReadonlyArray<Provisioned> => [
  { name: TableName, units: ProvisionedThroughput?.WriteCapacityUnits ?? 0 },
  ...GlobalSecondaryIndexes.map((index) => ({
    name: index.IndexName ?? "",
    units: index.ProvisionedThroughput?.WriteCapacityUnits ?? 0
  }))
]

/** Shares all units, which serves each design better than any split. */
const atBestSplit = (parts: ReadonlyArray<Provisioned>): UnitsOf => {
  const units = parts.reduce((sum, part) => sum + part.units, 0)
  return () => ({ name: "all", units })
}

const asSplit =
  (parts: ReadonlyArray<Provisioned>): UnitsOf =>
  (table, index) => {
    const part = parts.find(({ name }) => name === (index ?? table))
    if (part === undefined) throw new Error(`nothing is provisioned for ${index ?? table}`)
    return part
  }

/** Interactions per second of the table's time, with one batch after the other. */
const rateOf = async (
  bundle: string,
  { endpoint, tableName }: Pick<Sides, "endpoint" | "tableName">,
  { samples, unitsOf }: { readonly samples: Samples["prose"]; readonly unitsOf: UnitsOf }
): Promise<number> => {
  const limited = await openProvisioned(endpoint, { unitsOf, speed })
  const processor = await start(bundle, { endpoint: limited.endpoint, tableName })
  try {
    await processor.run([fullBatch(samples)])
    const { elapsedMs } = await processor.run(
      Array.from({ length: batches }, () => fullBatch(samples))
    )
    return (batches * pairsPerBatch * 1000) / elapsedMs / speed
  } finally {
    await processor.stop()
    limited.close()
  }
}

export const measureProvisionedThroughput = async (
  sides: Pick<Sides, "endpoint" | "table" | "tableName">,
  bundles: { readonly ours: string; readonly plain: string },
  { demo, prose }: Samples
): Promise<ReadonlyArray<Measure>> => {
  const parts = provisioned(sides.table)
  const units = parts.reduce((sum, part) => sum + part.units, 0)
  const measure = async (samples: Samples["prose"], text: string, target?: Target) => {
    const atBest = { samples, unitsOf: atBestSplit(parts) }
    const reference = await rateOf(bundles.plain, sides, atBest)
    const ours = await rateOf(bundles.ours, sides, atBest)
    const split = await rateOf(bundles.ours, sides, { samples, unitsOf: asSplit(parts) })
    return [
      compared(
        `interactions per second at ${units} write units, ${text}`,
        { ours, reference, better: "more" },
        target
      ),
      compared("  ours with the units as they are split", {
        ours: split,
        reference,
        better: "more"
      })
    ]
  }
  return [
    ...(await measure(prose, "2 × 20 KB dense prose", { timesAtLeast: 5 })),
    ...(await measure(demo, "the demo's own"))
  ]
}
