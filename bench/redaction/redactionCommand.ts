import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import { rejectedAs } from "../../cli/FileRejected.ts"
import { optionalText } from "../../cli/flags.ts"
import { failWith, inOneLine } from "../../cli/runCommandLine.ts"
import { numberTable } from "../../cli/table.ts"
import { benchCommand } from "../benchCommand.ts"
import { type Measure, tableOf, verdict } from "../Measure.ts"
import type { SpanAgreement } from "./Agreement.ts"
import { markedLines, valueRows } from "./MarkedLines.ts"
import { ours, type RedactionReport, runRedactionBench } from "./runRedactionBench.ts"

const spansTable = (rows: ReadonlyArray<SpanAgreement>): string =>
  numberTable([
    ["label", "marked", "found", "right", "precision", "recall"],
    ...rows.map(({ found, label, marked, precision, recall, right }) => [
      label,
      ...[marked, found, right].map(String),
      precision.toFixed(3),
      recall.toFixed(3)
    ])
  ])

const exactTable = (measures: ReadonlyArray<Measure>): string =>
  numberTable([
    ["measure", "ours", "target", ""],
    ...measures.map((row) => [
      row.measure,
      Number.isInteger(row.ours) ? String(row.ours) : row.ours.toFixed(3),
      row.target ?? "",
      verdict(row)
    ])
  ])

const printedWhole = ({
  agreement,
  node,
  own,
  spans,
  speed,
  texts,
  visitors
}: RedactionReport): string =>
  [
    `Redaction, on Node.js ${node}; the reference is OpenRedaction, or one naive replacement.`,
    "Speed on this project's own prose, which has little to redact, and on the labelled texts,\n" +
      "most of which have something.",
    tableOf(speed),
    "Recall is the share of the marked values that is hidden; precision is the share of the\n" +
      `changed texts in which something is marked. ${texts.tuned} texts were at hand while ours\n` +
      `was written; ${texts.unseen} were written before it and never tuned on.`,
    tableOf(agreement),
    "The texts of visitors, which were never tuned on: the share of the values that is gone,\n" +
      "and the share of the innocent texts that is changed.",
    exactTable(visitors),
    "Own patterns that are just affordable, on the worst line of the largest length.",
    tableOf(own),
    "Ours span by span, where the label and both ends have to be right: tuned,",
    spansTable(spans.tuned),
    "and unseen:",
    spansTable(spans.unseen)
  ].join("\n\n")

const fileReport = Effect.fnUntraced(function* (file: string) {
  const fileSystem = yield* FileSystem.FileSystem
  const text = yield* fileSystem
    .readFileString(file)
    .pipe(Effect.mapError(rejectedAs(file, "cannot be read")), inOneLine)
  const lines = markedLines(text)
  if (typeof lines === "string") return yield* failWith(`${file}: ${lines}`)
  return { bench: "redaction" as const, measures: valueRows(lines, ours) }
})

const measure = Effect.fn("bench redaction")(function* (file: Option.Option<string>) {
  return Option.isSome(file) ? yield* fileReport(file.value) : yield* runRedactionBench()
})

export const redactionCommand = benchCommand("redaction", {
  short: "measure how fast and how well redaction works",
  description:
    "Measures redaction on labelled texts, beside OpenRedaction and a naive replacement: " +
    "speed, precision and recall. It takes seconds. With a file, it measures those texts alone.",
  flags: {
    file: optionalText("file", "lines kind|text, with ⟦ ⟧ around what has to go")
  },
  measure: (given) => measure(given.file),
  printed: (report) => ("measures" in report ? exactTable(report.measures) : printedWhole(report)),
  rows: (report) =>
    "measures" in report
      ? report.measures
      : [...report.agreement, ...report.visitors, ...report.own, ...report.speed]
})
