import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import { rejectedAs } from "../../cli/FileRejected.ts"
import { count, jsonFlag, optionalText } from "../../cli/flags.ts"
import { failWith, inOneLine, refuse } from "../../cli/runCommandLine.ts"
import { numberTable } from "../../cli/table.ts"
import { labelledQuestions } from "./LabelledQuestions.ts"
import {
  agreementRows,
  type GroupingRow,
  precisionMin,
  scaleRows,
  secondsMax
} from "./runGroupingBench.ts"

const cell = (value: number | undefined): string =>
  value === undefined ? "" : Number.isInteger(value) ? value.toFixed(0) : value.toFixed(3)

const tableOf = (rows: ReadonlyArray<GroupingRow>): string =>
  numberTable([
    ["measure", "ours", "exact match", "TF-IDF ≥ 0.8"],
    ...rows.map((row) => [row.measure, cell(row.ours), cell(row.exact), cell(row.reference)])
  ])

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

const oursOf = (rows: ReadonlyArray<GroupingRow>, measure: string): number =>
  rows.find((row) => row.measure === measure)?.ours ?? 0

const missedBy = (rows: ReadonlyArray<GroupingRow>, scaled: boolean): string | undefined => {
  if (!scaled && oursOf(rows, "pairwise precision") < precisionMin) {
    return `Missed: pairwise precision of at least ${precisionMin}`
  }
  const limit = secondsMax(oursOf(rows, "questions"))
  return scaled && oursOf(rows, "seconds") > limit ? `Missed: at most ${limit} seconds` : undefined
}

export const groupingCommand = Command.make(
  "grouping",
  {
    file: optionalText("file", "labelled questions, a CSV with the columns text,category"),
    scale: count("scale", "time as many questions, recombined from the file, instead", {
      minimum: 1
    }).pipe(Flag.optional),
    json: jsonFlag
  },
  Effect.fn("bench grouping")(function* ({ file, json, scale }) {
    const questions = yield* read(file)
    const rows = Option.isSome(scale)
      ? yield* scaleRows(questions, scale.value)
      : yield* agreementRows(questions)
    yield* Console.log(json ? JSON.stringify({ measures: rows }) : tableOf(rows))
    const missed = missedBy(rows, Option.isSome(scale))
    if (missed !== undefined) return yield* failWith(missed)
  })
).pipe(Command.withDescription("questions grouped by similarity, against their labels"))
