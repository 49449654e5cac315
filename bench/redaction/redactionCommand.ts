import { numberTable } from "../../cli/table.ts"
import { benchCommand } from "../benchCommand.ts"
import { tableOf } from "../Measure.ts"
import type { SpanAgreement } from "./Agreement.ts"
import { type RedactionReport, runRedactionBench } from "./runRedactionBench.ts"

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

const printed = ({ agreement, node, spans, speed, texts }: RedactionReport): string =>
  [
    `Redaction, on Node.js ${node}; the reference is OpenRedaction, or one naive replacement.`,
    "Speed on this project's own prose, which has little to redact, and on the labelled texts,\n" +
      "most of which have something.",
    tableOf(speed),
    "Recall is the share of the marked values that is hidden; precision is the share of the\n" +
      `changed texts in which something is marked. ${texts.tuned} texts were at hand while ours\n` +
      `was written; ${texts.unseen} were written before it and never tuned on.`,
    tableOf(agreement),
    "Ours span by span, where the label and both ends have to be right: tuned,",
    spansTable(spans.tuned),
    "and unseen:",
    spansTable(spans.unseen)
  ].join("\n\n")

export const redactionCommand = benchCommand("redaction", {
  short: "measure how fast and how well redaction works",
  description:
    "Measures redaction on labelled texts, beside OpenRedaction and a naive replacement: " +
    "speed, precision and recall. It takes seconds.",
  flags: {},
  measure: runRedactionBench,
  printed,
  rows: ({ agreement, speed }) => [...agreement, ...speed]
})
