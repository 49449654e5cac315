import { numberTable } from "../../cli/table.ts"
import { benchCommand } from "../benchCommand.ts"
import { figure, tableOf } from "../Measure.ts"
import { type CostReport, runCostBench } from "./runCostBench.ts"

const printed = ({ engine, measures, timings }: CostReport): string =>
  [
    `What the cost is computed with, beside what ${engine} reports.`,
    tableOf(measures),
    `Written to ops/cost/timings.json: start ${figure(timings.startMs)} ms, ` +
      `answer ${figure(timings.answerMs)} ms, and to store a question, in ms`,
    numberTable([
      ["event KB", "ours", "original"],
      ...timings.pairs.map((pair) => [
        String(pair.eventKb),
        figure(pair.ours),
        figure(pair.original)
      ])
    ])
  ].join("\n\n")

export const costCommand = benchCommand("cost", {
  description: "the units and times that ops cost computes with",
  measure: runCostBench,
  printed,
  rows: ({ measures }) => measures
})
