import { numberTable } from "../../cli/table.ts"
import { benchCommand } from "../benchCommand.ts"
import { figure, tableOf, verdict } from "../Measure.ts"
import type { Part } from "./bundles.ts"
import type { LatencyRow } from "./latency.ts"
import { type EdgeReport, runEdgeBench } from "./runEdgeBench.ts"

const times = (ratio: number): string => ratio.toFixed(3)

const latencyTable = (rows: ReadonlyArray<LatencyRow>): string =>
  numberTable([
    ["measure", "ours", "twin", "added, ms", "× twin", "95 of 100", "target", ""],
    ...rows.map((row) => [
      row.measure,
      row.ours.toFixed(1),
      (row.reference ?? 0).toFixed(1),
      row.addedMs.toFixed(1),
      times(row.timesTwin),
      row.spread.map(times).join("–"),
      row.target ?? "",
      verdict(row)
    ])
  ])

const partsTable = (parts: ReadonlyArray<Part>): string =>
  numberTable([
    ["part of the bundle", "KB minified", "%"],
    ...parts.map(({ minified, part, share }) => [
      part,
      figure(minified / 1024),
      (100 * share).toFixed(0)
    ])
  ])

const printed = ({ instant, latency, measures, parts }: EdgeReport): string =>
  [
    "Edge, in workerd; the twin is the same Worker without analytics.",
    "A chatbot that streams: its first word after 150 to 300 ms, then 20 pieces, 15 ms apart.\n" +
      "One visitor asks both Workers at the same time; 10 and 50 ask them in turns.",
    latencyTable(latency),
    "The worst case, and no target: the default chatbot answers from its own knowledge base\n" +
      "within a millisecond, and its visitors ask again at once, so that nothing hides anything.",
    latencyTable(instant),
    "Processor time is that of the whole workerd process, which is more than Cloudflare counts.",
    tableOf(measures),
    partsTable(parts)
  ].join("\n\n")

export const edgeCommand = benchCommand("edge", {
  description: "the Worker against itself without analytics, and other ways to write it",
  flags: {},
  measure: runEdgeBench,
  printed,
  rows: ({ latency, measures }) => [...latency, ...measures]
})
