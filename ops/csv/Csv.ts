/** CSV by RFC 4180 that a spreadsheet may open: no cell of a visitor's making becomes a formula. */

/**
 * A place where a spreadsheet may start a cell with a formula: the start of the text, and, for one
 * that takes another separator and so sees no quotes, after each separator and line break inside.
 */
const formula = /(?<=^|[;\t\r\n])(?=['"]*[=+\-@\t\r\uFF0B\uFF0D\uFF1D\uFF20])/g
const guarded = /(?<=^|[;\t\r\n])'(?=['"]*[=+\-@\t\r\uFF0B\uFF0D\uFF1D\uFF20])/g

/** An apostrophe makes a formula a text; {@link withoutGuard} gives the very text back. */
const withGuard = (text: string): string => text.replaceAll(formula, "'")

export const withoutGuard = (cell: string): string => cell.replaceAll(guarded, "")

export type Value = string | number | undefined

const cellOf = (value: Value): string => {
  if (typeof value !== "string") return value === undefined ? "" : String(value)
  const cell = withGuard(value.toWellFormed())
  return /[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** One record with its line break; an empty text and an absent one are the same cell. */
export const csvLine = (values: ReadonlyArray<Value>): string =>
  `${values.map(cellOf).join(",")}\r\n`
