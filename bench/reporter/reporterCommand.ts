import { benchCommand } from "../benchCommand.ts"
import { tableOf } from "../Measure.ts"
import { measuredLength } from "./readUnits.ts"
import { type ReporterReport, runReporterBench } from "./runReporterBench.ts"
import { scaleTable } from "./scaleTable.ts"

const printed = (report: ReporterReport): string =>
  [
    `Reporter, on ${report.engine} and Node.js ${report.node}; the reference is the original way.`,
    "A week counted page by page, beside one loaded whole and then counted, each in a\n" +
      `process with a Lambda's ${report.memoryMb} MB: ${report.nodeFlags.join(" ")}.\n` +
      "Both count with the same code, and where both end, their reports are equal. Whole\n" +
      "records have bodies of 2 × 1 KB, unless it says 2 × 20 KB. The times leave out the\n" +
      "making of the input and, on both sides, the reading from a store: see below.",
    scaleTable(report.scale),
    `Read units, eventually consistent: measured on ${measuredLength} interactions of 2 × 20 KB\n` +
      "that both sides store and read, and scaled linearly.",
    tableOf(report.readUnits),
    "The report's own HTML from the sample's view. The three engines give the same bytes, once\n" +
      "their ways to escape are made one; Handlebars has the template in its own words.",
    tableOf(report.rendering)
  ].join("\n\n")

export const reporterCommand = benchCommand("reporter", {
  description: "the reporter against the original's way, and other templates",
  flags: {},
  measure: runReporterBench,
  printed,
  rows: ({ readUnits, rendering, scale }) => [...scale, ...readUnits, ...rendering]
})
