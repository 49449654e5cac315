import * as Console from "effect/Console"
import * as CliError from "effect/cli/CliError"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import { jsonFlag } from "../benchCommand.ts"
import { aligned } from "../Measure.ts"
import { labelledQuestions } from "./LabelledQuestions.ts"
import {
  agreementRows,
  type GroupingRow,
  precisionMin,
  scaleRows,
  secondsMax
} from "./runGroupingBench.ts"

const wrong = (userMessage: string) => new CliError.UserError({ cause: userMessage, userMessage })

const cell = (value: number | undefined): string =>
  value === undefined ? "" : Number.isInteger(value) ? value.toFixed(0) : value.toFixed(3)

const tableOf = (rows: ReadonlyArray<GroupingRow>): string =>
  aligned([
    ["measure", "ours", "exact match", "TF-IDF ≥ 0.8"],
    ...rows.map((row) => [row.measure, cell(row.ours), cell(row.exact), cell(row.reference)])
  ])

const read = Effect.fnUntraced(function* (file: Option.Option<string>) {
  if (Option.isNone(file)) {
    return yield* wrong("Name a file of labelled questions: --file X.csv, columns text,category")
  }
  const fileSystem = yield* FileSystem.FileSystem
  const csv = yield* fileSystem
    .readFileString(file.value)
    .pipe(Effect.mapError(() => wrong(`${file.value} cannot be read.`)))
  const questions = labelledQuestions(csv)
  return typeof questions === "string" ? yield* wrong(`${file.value}: ${questions}`) : questions
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
    file: Flag.String("file").pipe(
      Flag.withDescription("labelled questions, a CSV with the columns text,category"),
      Flag.optional
    ),
    scale: Flag.Int("scale").pipe(
      Flag.withDescription("time as many questions, recombined from the file, instead"),
      Flag.optional
    ),
    json: jsonFlag
  },
  Effect.fn("bench grouping")(function* ({ file, json, scale }) {
    if (Option.exists(scale, (length) => length < 1)) return yield* wrong("--scale is 1 or more.")
    const questions = yield* read(file)
    const rows = Option.isSome(scale)
      ? yield* scaleRows(questions, scale.value)
      : yield* agreementRows(questions)
    yield* Console.log(json ? JSON.stringify({ measures: rows }) : tableOf(rows))
    const missed = missedBy(rows, Option.isSome(scale))
    if (missed !== undefined) return yield* wrong(missed)
  })
).pipe(Command.withDescription("questions grouped by similarity, against their labels"))
