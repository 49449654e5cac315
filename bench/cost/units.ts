/** The units of a question: as the engine reports them, and as the cost is computed. */
import {
  type MeasuredFootprint,
  readUnitsOf,
  type Writes,
  writeUnitsOf
} from "../../ops/cost/Footprint.ts"
import type { Measure } from "../Measure.ts"
import type { Usage } from "../processor/Meter.ts"
import type { Sides } from "../processor/Sides.ts"
import { asNewRequest, type Sample } from "../processor/samples.ts"
import { sqsEventOf } from "../processor/Traffic.ts"

type MeasuredSize = MeasuredFootprint["sizes"][number]

const total = (units: ReadonlyArray<number>): number => units.reduce((sum, one) => sum + one, 0)

const unitsOf = (writes: Writes): number => total(writeUnitsOf(writes))

const row = (measure: string, computed: number, reported: number): Measure => ({
  measure,
  ours: computed,
  reference: reported,
  target: "the same",
  ok: computed === reported
})

/** Both halves in one batch, or each in its own. */
const storeIn = async (store: Sides["ours"], sample: Sample, batches: 1 | 2) => {
  const { query, response } = asNewRequest(sample)
  const events = batches === 1 ? [[query, response]] : [[query], [response]]
  const usages: Array<Usage> = []
  for (const batch of events) usages.push(await store(sqsEventOf(batch)))
  return {
    writeUnits: total(usages.map(({ writeUnits }) => writeUnits)),
    readUnits: total(usages.map(({ readUnits }) => readUnits))
  }
}

export const compareUnits = async (
  sides: Sides,
  sample: Sample,
  { eventKb, original, ours }: MeasuredSize
): Promise<ReadonlyArray<Measure>> => {
  const together = await storeIn(sides.ours, sample, 1)
  const apart = await storeIn(sides.ours, sample, 2)
  const reference = await storeIn(sides.reference, sample, 2)
  const text = (name: string) => `${name}, 2 × ${eventKb} KB`
  return [
    row(text("write units"), unitsOf(ours.together), together.writeUnits),
    row(text("write units, halves apart"), unitsOf(ours.apart), apart.writeUnits),
    row(text("write units, original"), unitsOf(original.apart), reference.writeUnits),
    row(text("read units, original"), readUnitsOf(original.readBytes), reference.readUnits)
  ]
}
