import { numberTable } from "../../cli/table.ts"
import { benchCommand } from "../benchCommand.ts"
import { figure, tableOf } from "../Measure.ts"
import type { CodecRow } from "./codecs.ts"
import { type ProcessorReport, runProcessorBench } from "./runProcessorBench.ts"

const codecTable = (rows: ReadonlyArray<CodecRow>): string =>
  numberTable([
    ["text", "codec", "bytes", "as one", "units", "ms", "ms at 256 MB"],
    ...rows.map((row) => [
      row.text,
      row.codec,
      row.bytes.toFixed(0),
      row.bytesTogether.toFixed(0),
      row.writeUnits.toFixed(1),
      row.ms.toFixed(2),
      figure(row.msAt256Mb)
    ])
  ])

const printed = ({ codecs, engine, measures, node }: ProcessorReport): string =>
  [
    `Processor, on ${engine} and Node.js ${node}; the reference is the original design.`,
    tableOf(measures),
    "Codecs, per interaction; each event is compressed on its own, as it is stored.",
    codecTable(codecs)
  ].join("\n\n")

export const processorCommand = benchCommand("processor", {
  description: "the processor against the design that it comes from",
  flags: {},
  measure: runProcessorBench,
  printed,
  rows: ({ measures }) => measures
})
