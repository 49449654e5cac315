import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import { rejectedAs } from "../../cli/FileRejected.ts"
import { optionalText, toggle } from "../../cli/flags.ts"
import { failWith, inOneLine } from "../../cli/runCommandLine.ts"
import * as MeaningStatic from "../../src/layers/MeaningStatic.ts"
import { Meaning } from "../../src/services/Meaning.ts"
import { benchCommand } from "../benchCommand.ts"
import { type Measure, tableOf } from "../Measure.ts"
import { deployedReporter } from "../reporter/runReporterBench.ts"
import { step } from "../step.ts"
import { conversationRows, judgedPairs } from "./conversationRows.ts"
import { type LabelledPair, labelledPairs, trainPairs, unseenPairs } from "./LabelledPairs.ts"
import { memoryRows } from "./memoryRows.ts"

interface Part {
  readonly name: string
  readonly measures: ReadonlyArray<Measure>
}

const fileOf = Effect.fnUntraced(function* (file: string) {
  const fileSystem = yield* FileSystem.FileSystem
  const csv = yield* fileSystem
    .readFileString(file)
    .pipe(Effect.mapError(rejectedAs(file, "cannot be read")), inOneLine)
  const pairs = labelledPairs(csv)
  return typeof pairs === "string" ? yield* failWith(`${file}: ${pairs}`) : pairs
})

/** Pairs as the report counts them with its default source of meaning. */
const partOf = Effect.fnUntraced(function* (
  name: string,
  pairs: ReadonlyArray<LabelledPair>,
  hasTarget: boolean
) {
  const { nearness } = yield* (yield* Meaning).nearness([])
  if (nearness === undefined) return yield* failWith("the table of words tells no nearness")
  return { name, measures: conversationRows(judgedPairs(pairs, nearness), hasTarget) }
})

const measure = Effect.fn("bench conversations")(function* (given: {
  readonly file: Option.Option<string>
  readonly tuning: boolean
}) {
  const parts: Array<Part> = []
  if (Option.isSome(given.file)) {
    const pairs = yield* fileOf(given.file.value)
    parts.push(yield* partOf(given.file.value, pairs, false))
    return { bench: "conversations" as const, parts }
  }
  parts.push(yield* partOf("Made with these pairs", trainPairs(), false))
  if (!given.tuning) {
    parts.push(yield* partOf("Looked at once, when the measure was done", unseenPairs(), true))
    const { flags } = yield* deployedReporter
    parts.push({ name: "Memory", measures: yield* step("memory", () => memoryRows(flags)) })
  }
  return { bench: "conversations" as const, parts }
}, Effect.provide(MeaningStatic.layer))

export const conversationsCommand = benchCommand("conversations", {
  short: "measure what counts as asked again, and the memory of conversations",
  description:
    "Counts labelled pairs of neighbouring questions as the report does, beside grouping alone: " +
    "how many of those that it calls asked again are so, and how many of these it finds. " +
    "Then measures the memory of weeks with conversations.",
  flags: {
    file: optionalText("file", "labelled pairs, a CSV with the columns of bench/conversations"),
    tuning: toggle("tuning", "measure the half that the measure was made with, and nothing else")
  },
  measure,
  printed: ({ parts }) =>
    parts
      .map(({ measures, name }) => [name, tableOf(measures, "grouping")].join("\n"))
      .join("\n\n"),
  rows: ({ parts }) => parts.flatMap(({ measures }) => measures)
})
