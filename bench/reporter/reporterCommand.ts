import { benchCommand } from "../benchCommand.ts"
import { tableOf } from "../Measure.ts"
import { measuredLength } from "./readUnits.ts"
import { type ReporterReport, runReporterBench } from "./runReporterBench.ts"

const printed = (report: ReporterReport): string =>
  [
    `Reporter, on ${report.engine} and Node.js ${report.node}; the reference is the original way.`,
    "A week counted page by page, beside a week loaded whole and then counted, each in a\n" +
      `process with a Lambda's ${report.memoryMb} MB: ${report.nodeFlags.join(" ")}.\n` +
      "Both count with the same code, and their reports are equal if both end. Whole records\n" +
      "have bodies of 2 × 1 KB, unless it says 2 × 20 KB. The times leave out the making of the\n" +
      "input and the reading from a store, which is measured below. A flood is a week of random\n" +
      "questions, each new and as long as can be, which is counted page by page alone.",
    tableOf(report.scale, "load all"),
    `Read units, eventually consistent: measured on ${measuredLength} interactions of 2 × 20 KB\n` +
      "that both sides store and read, and scaled linearly.",
    tableOf(report.readUnits),
    "The report's HTML from the sample's view, beside the mustache package. Both engines give\n" +
      "the same bytes, apart from the characters that they escape.",
    tableOf(report.rendering)
  ].join("\n\n")

export const reporterCommand = benchCommand("reporter", {
  short: "compare the reporter with the original's way",
  description:
    "Compares the reporter with loading everything first, as the original design does: " +
    "memory, time, read units; and its templates with the mustache package. It takes a " +
    "few minutes.",
  flags: {},
  measure: runReporterBench,
  printed,
  rows: ({ readUnits, rendering, scale }) => [...scale, ...readUnits, ...rendering]
})
