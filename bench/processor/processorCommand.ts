import { benchCommand } from "../benchCommand.ts"
import { tableOf } from "../Measure.ts"
import { runProcessorBench } from "./runProcessorBench.ts"

export const processorCommand = benchCommand("processor", {
  short: "compare the processor with the original design",
  description:
    "Compares the processor with the original design, and its batch handling with " +
    "Powertools: units, requests, throughput and cold starts. It takes a minute or two.",
  flags: {},
  measure: runProcessorBench,
  printed: ({ engine, measures, node }) =>
    `Processor, on ${engine} and Node.js ${node}; the reference is the original design.\n\n` +
    tableOf(measures),
  rows: ({ measures }) => measures
})
