/** Labelled questions: a CSV file with the columns text and category. */
export interface LabelledQuestion {
  readonly text: string
  readonly category: string
}

const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy

const rowsOf = (csv: string): ReadonlyArray<ReadonlyArray<string>> => {
  const rows: Array<ReadonlyArray<string>> = []
  let row: Array<string> = []
  for (const [, quoted, plain = "", end] of csv.matchAll(field)) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === ",") continue
    if (row.some((cell) => cell !== "")) rows.push(row)
    row = []
  }
  return rows
}

/** Returns the rows in their order, or the fault of the file in one sentence. */
export const labelledQuestions = (csv: string): ReadonlyArray<LabelledQuestion> | string => {
  const [header = [], ...rows] = rowsOf(csv.replace(/^\uFEFF/, ""))
  const [text, category] = [header.indexOf("text"), header.indexOf("category")]
  if (text < 0 || category < 0) return "The first line must name the columns text and category."
  const broken = rows.findIndex((row) => row.length !== header.length)
  if (broken >= 0) return `Row ${broken + 1} has not as many fields as the first line.`
  if (rows.length < 2) return "There must be two questions at least."
  return rows.map((row) => ({ text: row[text] ?? "", category: row[category] ?? "" }))
}
