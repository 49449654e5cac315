/** Labelled questions: a CSV file with a column of questions and one of labels. */
import { CsvReader } from "../../ops/csv/CsvReader.ts"

export interface LabelledQuestion {
  readonly text: string
  readonly category: string
}

/** Names that public data sets give these columns; the first that a file has is read. */
const names = { text: ["text", "Question"], category: ["category", "Question ID"] } as const

const columnOf = (header: ReadonlyArray<string>, known: ReadonlyArray<string>): number =>
  Math.max(
    -1,
    ...known
      .map((name) => header.indexOf(name))
      .filter((at) => at >= 0)
      .slice(0, 1)
  )

/** Returns the rows in their order, or the fault of the file in one sentence. */
export const labelledQuestions = (csv: string): ReadonlyArray<LabelledQuestion> | string => {
  const reader = new CsvReader()
  const records = [...reader.read(csv.replace(/^\uFEFF/, "")), ...reader.end()]
  if (reader.malformed !== undefined) return reader.malformed
  const [{ cells: header } = { cells: [] }, ...rows] = records
  const [text, category] = [columnOf(header, names.text), columnOf(header, names.category)]
  if (text < 0 || category < 0) return "The first line must name the columns text and category."
  const broken = rows.find(({ cells }) => cells.length !== header.length)
  if (broken) return `line ${broken.line}: not as many fields as in the first line`
  if (rows.length < 2) return "There must be two questions at least."
  return rows.map(({ cells }) => ({ text: cells[text] ?? "", category: cells[category] ?? "" }))
}
