/** The width of the text part; a quoted reply still fits 80 columns. */
export const textWidth = 72

const widthOf = (text: string): number => [...text].length

/** Wraps words at `width` code points and breaks longer words. */
export const wrap = (text: string, width: number): ReadonlyArray<string> => {
  const lines: Array<string> = []
  let line: ReadonlyArray<string> = []
  for (const word of text.split(" ")) {
    const spaced = line.length === 0 ? [...word] : [...line, " ", ...word]
    if (spaced.length <= width) {
      line = spaced
      continue
    }
    if (line.length > 0) lines.push(line.join(""))
    line = [...word]
    while (line.length > width) {
      lines.push(line.slice(0, width).join(""))
      line = line.slice(width)
    }
  }
  return [...lines, line.join("")]
}

export type Align = "left" | "right"

const padded = (text: string, width: number, align: Align): string => {
  const blanks = " ".repeat(width - widthOf(text))
  return align === "left" ? text + blanks : blanks + text
}

/**
 * Aligns rows in columns. Each cell is padded except the last, which is wrapped in the remaining
 * width, so that wide characters in it do not move other columns.
 */
export const columns = (
  rows: ReadonlyArray<ReadonlyArray<string>>,
  aligns: ReadonlyArray<Align>
): ReadonlyArray<string> => {
  const widths = aligns.map((_, at) => Math.max(0, ...rows.map((row) => widthOf(row[at] ?? ""))))
  return rows.flatMap((row) => {
    const head = aligns
      .map((align, at) => `  ${padded(row[at] ?? "", widths[at] ?? 0, align)}`)
      .join("")
    const indent = widthOf(head) + 2
    const [first = "", ...more] = wrap(row[aligns.length] ?? "", Math.max(1, textWidth - indent))
    const hanging = " ".repeat(indent)
    return [`${head}  ${first}`.trimEnd(), ...more.map((line) => hanging + line)]
  })
}
