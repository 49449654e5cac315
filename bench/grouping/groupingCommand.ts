import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import { rejectedAs } from "../../cli/FileRejected.ts"
import { count, optionalText } from "../../cli/flags.ts"
import { failWith, inOneLine, refuse } from "../../cli/runCommandLine.ts"
import { numberTable } from "../../cli/table.ts"
import { benchCommand } from "../benchCommand.ts"
import { labelledQuestions } from "./LabelledQuestions.ts"
import { agreementRows, type GroupingRow, scaleRows } from "./runGroupingBench.ts"

const cell = (value: number | undefined): string =>
  value === undefined ? "" : Number.isInteger(value) ? value.toFixed(0) : value.toFixed(3)

const read = Effect.fnUntraced(function* (file: Option.Option<string>) {
  if (Option.isNone(file)) {
    return yield* refuse("Name a file of labelled questions: --file X.csv, columns text,category")
  }
  const fileSystem = yield* FileSystem.FileSystem
  const csv = yield* fileSystem
    .readFileString(file.value)
    .pipe(Effect.mapError(rejectedAs(file.value, "cannot be read")), inOneLine)
  const questions = labelledQuestions(csv)
  return typeof questions === "string" ? yield* failWith(`${file.value}: ${questions}`) : questions
})

const measure = Effect.fn("bench grouping")(function* (given: {
  readonly file: Option.Option<string>
  readonly scale: Option.Option<number>
}) {
  const questions = yield* read(given.file)
  const measures: ReadonlyArray<GroupingRow> = Option.isSome(given.scale)
    ? yield* scaleRows(questions, given.scale.value)
    : yield* agreementRows(questions)
  return { measures }
})

export const groupingCommand = benchCommand("grouping", {
  short: "compare question groups with labels",
  description:
    "Groups the questions of a labelled file and compares the groups with the labels, " +
    "beside equal texts and TF-IDF.",
  flags: {
    file: optionalText("file", "labelled questions, a CSV with the columns text,category"),
    scale: count("scale", "time so many questions instead, recombined from the file", {
      minimum: 1
    }).pipe(Flag.optional)
  },
  measure,
  printed: ({ measures }) =>
    numberTable([
      ["measure", "ours", "exact match", "TF-IDF ≥ 0.8"],
      ...measures.map((row) => [row.measure, cell(row.ours), cell(row.exact), cell(row.reference)])
    ]),
  rows: ({ measures }) => measures
})
