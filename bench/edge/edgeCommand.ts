import { toggle } from "../../cli/flags.ts"
import { numberTable } from "../../cli/table.ts"
import { benchCommand } from "../benchCommand.ts"
import { tableOf, verdict } from "../Measure.ts"
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

const waitingOf = ({ instant, latency }: EdgeReport): ReadonlyArray<string> => [
  "A chatbot that streams: its first word after 150 to 300 ms, then 20 pieces, 15 ms apart.\n" +
    "One visitor asks both Workers at the same time; 10 and 50 ask them in turns.",
  latencyTable(latency),
  "The worst case, without a target: the default chatbot answers from its knowledge base\n" +
    "within a millisecond, and its visitors ask again at once.",
  latencyTable(instant)
]

const printed = (report: EdgeReport): string =>
  [
    "Edge, in workerd; the twin is the same Worker without analytics.",
    ...(report.latency.length === 0 ? [] : waitingOf(report)),
    "Processor time covers the whole workerd process; Cloudflare counts less.",
    tableOf(report.measures)
  ].join("\n\n")

export const edgeCommand = benchCommand("edge", {
  short: "compare the Worker with itself without analytics",
  description:
    "Compares the Worker in workerd with itself without analytics, and with Workers " +
    "written by hand: waiting, processor time, requests and weight. It takes some fourteen " +
    "minutes.",
  flags: { streams: toggle("streams", "measure streams alone, which takes some six minutes") },
  measure: ({ streams }) => runEdgeBench(streams),
  printed,
  rows: ({ latency, measures }) => [...latency, ...measures]
})
