type Rows = ReadonlyArray<ReadonlyArray<string>>

const columns = (rows: Rows, pad: (cell: string, width: number, column: number) => string) => {
  const widths: Array<number> = []
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length)
  }
  return rows
    .map((row) => row.map((cell, at) => pad(cell, widths[at] ?? 0, at)).join("  "))
    .map((line) => line.trimEnd())
    .join("\n")
}

/** Columns of text, each as wide as its widest cell. */
export const textTable = (rows: Rows): string => columns(rows, (cell, width) => cell.padEnd(width))

/** Names in the first column, and numbers to the right of them. */
export const numberTable = (rows: Rows): string =>
  columns(rows, (cell, width, at) => (at === 0 ? cell.padEnd(width) : cell.padStart(width)))
