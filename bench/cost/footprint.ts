/** Measures what `ops cost` computes with, and tells what it was measured on. */
import { createHash } from "node:crypto"
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import { build } from "esbuild"
import { lambdaSettings } from "../../infra/bundles.ts"
import { readDefinitions } from "../../infra/definitions/Definitions.ts"
import type { MeasuredFootprint } from "../../ops/cost/Footprint.ts"
import { readProseSample } from "../processor/samples.ts"
import { originalTraces } from "./originalTraces.ts"
import { ourTraces } from "./ourTraces.ts"
import type { Table } from "./TableUse.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))

/** The code that decides about messages, items, log lines and metrics; the rest leaves no trace. */
const origins = `
  export { handler } from "./src/programs/processor/main.ts"
  export { encodeMessage } from "./src/schema/EventText.ts"
  export { countingFailures, logSettled } from "./src/programs/reporter/ReportMetrics.ts"
`

/** Hashes minified code, which comments, types and names of local variables do not change. */
export const originOf = ({ GlobalSecondaryIndexes, KeySchema }: Table) =>
  Effect.promise(async () => {
    const { outputFiles } = await build({
      ...lambdaSettings,
      sourcemap: false,
      stdin: { contents: origins, resolveDir: root }
    })
    return createHash("sha256")
      .update(JSON.stringify([KeySchema, GlobalSecondaryIndexes?.map(withoutCapacity)]))
      .update(outputFiles[0]?.contents ?? "")
      .digest("hex")
  })

type Index = NonNullable<Table["GlobalSecondaryIndexes"]>[number]

const withoutCapacity = ({ ProvisionedThroughput: _, ...index }: Index) => index

/** Small events lie closer together, because their items are mostly frame. */
const sizesKb = [1, 2, 4, 8, 20, 50, 100, 190]

export const measureFootprint = Effect.fnUntraced(function* () {
  const { table } = yield* readDefinitions()
  const measured = yield* Effect.forEach(sizesKb, (eventKb) =>
    Effect.gen(function* () {
      const sample = yield* readProseSample(eventKb * 1024)
      const { customMetrics, traces } = yield* ourTraces(sample, table)
      return { customMetrics, size: { eventKb, ours: traces, original: originalTraces(sample) } }
    })
  )
  const footprint: MeasuredFootprint = {
    origin: yield* originOf(table),
    customMetrics: Math.max(...measured.map(({ customMetrics }) => customMetrics)),
    sizes: measured.map(({ size }) => size)
  }
  return footprint
})
