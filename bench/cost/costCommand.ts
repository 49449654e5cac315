import { toggle } from "../../cli/flags.ts"
import { numberTable } from "../../cli/table.ts"
import type { Timings } from "../../ops/cost/Timings.ts"
import { benchCommand } from "../benchCommand.ts"
import { figure, tableOf } from "../Measure.ts"
import { type CostReport, runCostBench } from "./runCostBench.ts"

const timingsText = ({ answerMs, pairs, startMs }: Timings): ReadonlyArray<string> => [
  `ops/cost/timings.json: start ${figure(startMs)} ms, answer ${figure(answerMs)} ms, and to ` +
    "store a question, in ms",
  numberTable([
    ["event KB", "ours", "original"],
    ...pairs.map((pair) => [String(pair.eventKb), figure(pair.ours), figure(pair.original)])
  ])
]

const printed = ({ footprint, measures, timings }: CostReport): string =>
  [
    `ops/cost/footprint.json: a question at ${footprint.sizes.length} sizes`,
    ...(timings === undefined
      ? []
      : ["Computed units, beside those that the engine reports", tableOf(measures)]),
    ...(timings === undefined ? [] : timingsText(timings))
  ].join("\n\n")

export const costCommand = benchCommand("cost", {
  short: "measure what ops cost computes with",
  description:
    "Measures the footprint and the times that ops cost computes with, writes them into " +
    "ops/cost, and compares computed units with those of the engine. The whole takes " +
    "minutes.",
  flags: { footprint: toggle("footprint", "write the footprint alone, which takes seconds") },
  measure: ({ footprint }) => runCostBench({ footprintOnly: footprint }),
  printed,
  rows: ({ measures }) => measures
})
