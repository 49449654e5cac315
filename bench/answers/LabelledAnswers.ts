/** Labelled answers: CSV files with the columns text and refused, and perhaps a language. */
import { readdirSync, readFileSync } from "node:fs"
import { CsvReader } from "../../ops/csv/CsvReader.ts"

export interface LabelledAnswer {
  readonly text: string
  readonly refused: boolean
  /** Two letters; "en" where the file does not tell. */
  readonly language: string
}

const labels: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["1", true],
  ["yes", true],
  ["false", false],
  ["0", false],
  ["no", false]
])

/** Returns the rows in their order, or the fault of the file in one sentence. */
export const labelledAnswers = (
  csv: string,
  fallback = "en"
): ReadonlyArray<LabelledAnswer> | string => {
  const reader = new CsvReader()
  const records = [...reader.read(csv.replace(/^\uFEFF/, "")), ...reader.end()]
  if (reader.malformed !== undefined) return reader.malformed
  const [header, ...rows] = records
  const column = (name: string): number => header?.cells.indexOf(name) ?? -1
  const [text, refused, language] = [column("text"), column("refused"), column("language")]
  for (const [name, at] of Object.entries({ text, refused })) {
    if (at < 0) return `The first line must name the column ${name}.`
  }
  const answers: Array<LabelledAnswer> = []
  for (const { cells, line } of rows) {
    if (cells.every((cell) => cell === "")) continue
    const label = labels.get((cells[refused] ?? "").trim().toLowerCase())
    if (label === undefined) {
      return `Line ${line}: refused is ${JSON.stringify(cells[refused] ?? "")}, not true or false.`
    }
    answers.push({
      text: cells[text] ?? "",
      refused: label,
      language: cells[language] ?? fallback
    })
  }
  return answers.length === 0 ? "There is no row below the first line." : answers
}

const read = (file: URL, language: string): ReadonlyArray<LabelledAnswer> => {
  const answers = labelledAnswers(readFileSync(file, "utf8"), language)
  if (typeof answers === "string") throw new Error(`${file.pathname}: ${answers}`)
  return answers
}

const folder = new URL("corpus/", import.meta.url)

/** The training corpus by file name: `<language>.csv`, `.second.csv` and `.third.csv`. */
export const corpusFiles = (): ReadonlyMap<string, ReadonlyArray<LabelledAnswer>> =>
  new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith(".csv"))
      .sort()
      .map((name) => [name, read(new URL(name, folder), name.slice(0, 2))])
  )

/** Their writer saw neither the judge nor the corpus. Measure by them, and do not read them. */
export const unseenAnswers = (): ReadonlyArray<LabelledAnswer> =>
  read(new URL("unseen.csv", import.meta.url), "en")
