/** CSV files of neighbouring questions, each labelled whether it asks the one before again. */
import { readFileSync } from "node:fs"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { CsvReader } from "../../ops/csv/CsvReader.ts"

const verdicts = ["full", "partial", "none", "unknown", "failed", "noAnswer"] as const
export type Verdict = (typeof verdicts)[number]

const Row = Schema.Struct({
  /** The kind of site whose visitor asks. */
  kind: Schema.NonEmptyString,
  /** Two letters. */
  language: Schema.NonEmptyString,
  previous: Schema.NonEmptyString,
  /** The answer to the previous question, or its lack. */
  verdict: Schema.Literals(verdicts),
  next: Schema.NonEmptyString,
  /** Between both questions. */
  seconds: Schema.FiniteFromString,
  again: Schema.Literals(["yes", "no"])
})
export type LabelledPair = typeof Row.Type

const columns = Object.keys(Row.fields)
const decode = Schema.decodeUnknownOption(Row)

/** Returns the rows in their order, or the fault of the file in one sentence. */
export const labelledPairs = (csv: string): ReadonlyArray<LabelledPair> | string => {
  const reader = new CsvReader()
  const [header, ...rows] = [...reader.read(csv.replace(/^\uFEFF/, "")), ...reader.end()]
  if (reader.malformed !== undefined) return reader.malformed
  const missing = columns.find((name) => header?.cells.includes(name) !== true)
  if (missing !== undefined) return `The first line must name the column ${missing}.`
  const pairs: Array<LabelledPair> = []
  for (const { cells, line } of rows) {
    const named = Object.fromEntries(header?.cells.map((name, at) => [name, cells[at]]) ?? [])
    const pair = Option.getOrUndefined(decode(named))
    if (pair === undefined) return `Line ${line} is no labelled pair.`
    pairs.push(pair)
  }
  return pairs.length === 0 ? "There is no row below the first line." : pairs
}

const read = (name: string): ReadonlyArray<LabelledPair> => {
  const pairs = labelledPairs(readFileSync(new URL(name, import.meta.url), "utf8"))
  if (typeof pairs === "string") throw new Error(`${name}: ${pairs}`)
  return pairs
}

/** The half that the measure was made with. */
export const trainPairs = () => read("train.csv")

/** The half that was looked at once, when the measure was done. */
export const unseenPairs = () => read("unseen.csv")
