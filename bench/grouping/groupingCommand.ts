import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import { rejectedAs } from "../../cli/FileRejected.ts"
import { count, optionalText, toggle } from "../../cli/flags.ts"
import { failWith, inOneLine, refuse } from "../../cli/runCommandLine.ts"
import { numberTable } from "../../cli/table.ts"
import { corpus } from "../../local/demo/corpus.ts"
import { benchCommand } from "../benchCommand.ts"
import { labelledQuestions } from "./LabelledQuestions.ts"
import { type MeaningName, meaningLayers, meaningNames } from "./Meanings.ts"
import { questionSets } from "./QuestionSets.ts"
import { agreementRows, type GroupingRow, pairRows, scaleRows } from "./runGroupingBench.ts"
import { writeWordTable } from "./writeWordTable.ts"

const cell = (value: number | undefined): string =>
  value === undefined ? "" : Number.isInteger(value) ? value.toFixed(0) : value.toFixed(3)

/** The parsed content of a file; a text instead says what is wrong with it. */
const read = Effect.fnUntraced(function* <A>(path: string, parse: (content: string) => A | string) {
  const fileSystem = yield* FileSystem.FileSystem
  const content = yield* fileSystem
    .readFileString(path)
    .pipe(Effect.mapError(rejectedAs(path, "cannot be read")), inOneLine)
  const parsed = parse(content)
  return typeof parsed === "string" ? yield* failWith(`${path}: ${parsed}`) : parsed
})

const background = corpus.flatMap(({ questions }) => questions)

const measure = Effect.fn("bench grouping")(
  function* (given: {
    readonly file: Option.Option<string>
    readonly pairs: Option.Option<string>
    readonly scale: Option.Option<number>
    readonly meaning: MeaningName
    readonly writeTable: boolean
  }) {
    const measures: Array<GroupingRow> = []
    if (given.writeTable) {
      measures.push({ measure: "bytes of the table of words", ours: yield* writeWordTable })
    }
    if (Option.isSome(given.file)) {
      const questions = yield* read(given.file.value, labelledQuestions)
      measures.push(
        ...(Option.isSome(given.scale)
          ? yield* scaleRows(questions, given.scale.value)
          : yield* agreementRows(questions))
      )
    }
    if (Option.isSome(given.pairs)) {
      measures.push(...(yield* pairRows(yield* read(given.pairs.value, questionSets), background)))
    }
    return measures.length === 0
      ? yield* refuse(
          "Name a file of labelled questions: --file X.csv, or of pairs: --pairs X.json"
        )
      : { measures }
  },
  (measured, { meaning }) => Effect.provide(measured, meaningLayers[meaning])
)

export const groupingCommand = benchCommand("grouping", {
  short: "compare question groups with labels",
  description:
    "Groups the questions of a labelled file and compares the groups with the labels, " +
    "beside equal texts and TF-IDF. Pairs are grouped amid the sample's questions.",
  flags: {
    file: optionalText("file", "labelled questions, a CSV with the columns text,category"),
    pairs: optionalText("pairs", "wordings that must be apart or together, as JSON"),
    meaning: Flag.Literals("meaning", meaningNames).pipe(
      Flag.withDescription("what tells how near questions are; workers-ai asks a double of it"),
      Flag.withDefault("static")
    ),
    writeTable: toggle("write-table", "write the table of word vectors anew from its source"),
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
