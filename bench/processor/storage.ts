/** The cost of storing: DynamoDB's units and requests. */
import { brotliCompressSync, constants } from "node:zlib"
import { encodeMessage } from "../../src/schema/EventText.ts"
import { alone, compared, type Measure } from "../Measure.ts"
import type { Sides } from "./Sides.ts"
import type { Sample, Samples } from "./samples.ts"
import { fullBatch, halvesApart, pairsPerBatch } from "./Traffic.ts"

const texts = [
  { name: "2 × 20 KB dense prose", key: "prose", atMost: 18 },
  { name: "2 × 20 KB long chats", key: "longChats", atMost: 12 },
  { name: "the demo's own", key: "demo", atMost: undefined }
] as const

/** No item of two attributes can be smaller than both bodies in one stream of the best codec. */
const floorBytes = ({ query, response }: Sample): number =>
  brotliCompressSync([query, response].map(encodeMessage).join("\n"), {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 22
    }
  }).length

/** The table's units, and one for each of the two indexes. */
const floorUnits = (samples: ReadonlyArray<Sample>): number => {
  const bytes = samples.reduce((sum, sample) => sum + floorBytes(sample), 0) / samples.length
  return Math.ceil(bytes / 1024) + 2
}

const wholeUnits = async (
  { ours, reference }: Sides,
  samples: ReadonlyArray<Sample>,
  { atMost, name }: (typeof texts)[number]
): Promise<Measure> =>
  compared(
    `write units per interaction, ${name}`,
    {
      ours: (await ours(fullBatch(samples))).writeUnits / pairsPerBatch,
      reference: (await reference(fullBatch(samples))).writeUnits / pairsPerBatch,
      better: "less"
    },
    atMost === undefined ? undefined : { atMost }
  )

const halfUnits = async (
  { ours, reference }: Sides,
  samples: ReadonlyArray<Sample>,
  name: string
): Promise<Measure> => {
  const units = { ours: 0, reference: 0 }
  for (const batch of halvesApart(samples)) units.ours += (await ours(batch)).writeUnits
  for (const batch of halvesApart(samples)) units.reference += (await reference(batch)).writeUnits
  return compared(`  halves in separate batches, ${name}`, {
    ours: units.ours / pairsPerBatch,
    reference: units.reference / pairsPerBatch,
    better: "less"
  })
}

export const measureUnits = async (sides: Sides, samples: Samples) => {
  const measures: Array<Measure> = []
  for (const text of texts) {
    const chosen = samples[text.key]
    measures.push(
      await wholeUnits(sides, chosen, text),
      alone("  floor: best compressed, and 1 per index", floorUnits(chosen)),
      await halfUnits(sides, chosen, text.name)
    )
  }
  return measures
}

/** Five whole pairs in a batch of ten. */
export const measureRequests = async (
  { ours, reference }: Sides,
  { prose }: Samples
): Promise<ReadonlyArray<Measure>> => {
  const [one, other] = [await ours(fullBatch(prose)), await reference(fullBatch(prose))]
  return [
    compared(
      "round trips one after another per batch of 10",
      { ours: one.oneAfterAnother, reference: other.oneAfterAnother, better: "less" },
      { atMost: 1 }
    ),
    compared("requests per batch of 10", {
      ours: one.requests,
      reference: other.requests,
      better: "less"
    }),
    compared("read units per batch of 10", {
      ours: one.readUnits,
      reference: other.readUnits,
      better: "less"
    })
  ]
}
