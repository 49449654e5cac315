import stringWidth from "string-width"

/** The width of the text part; a quoted reply still fits 80 columns. */
export const textWidth = 72

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" })

/** Graphemes; one that is wider than a line, as of many Hangul consonants, in code points. */
const letters = (word: string, width: number): ReadonlyArray<string> =>
  [...graphemes.segment(word)].flatMap(({ segment }) =>
    stringWidth(segment) > width ? [...segment] : [segment]
  )

/** Pieces of a word that are at most `width` wide, unless one letter alone is wider. */
const pieces = (word: string, width: number): ReadonlyArray<string> => {
  if (stringWidth(word) <= width) return [word]
  const all: Array<string> = []
  let [piece, taken] = ["", 0]
  for (const segment of letters(word, width)) {
    const wide = stringWidth(segment)
    if (taken + wide > width && piece !== "") {
      all.push(piece)
      ;[piece, taken] = ["", 0]
    }
    piece += segment
    taken += wide
  }
  return [...all, piece]
}

/** Wraps words at `width` columns and breaks longer words; Chinese letters and emoji fill two. */
export const wrap = (text: string, width: number): ReadonlyArray<string> => {
  const lines: Array<string> = []
  let line: string | undefined
  for (const word of text.split(" ")) {
    const spaced = line === undefined ? word : `${line} ${word}`
    if (stringWidth(spaced) <= width) {
      line = spaced
      continue
    }
    if (line !== undefined) lines.push(line)
    const broken = pieces(word, width)
    lines.push(...broken.slice(0, -1))
    line = broken.at(-1)
  }
  return [...lines, line ?? ""]
}

export type Align = "left" | "right"

const padded = (text: string, width: number, align: Align): string => {
  const blanks = " ".repeat(width - stringWidth(text))
  return align === "left" ? text + blanks : blanks + text
}

/** Aligns rows in columns. Each cell is padded except the last, which is wrapped in the rest. */
export const columns = (
  rows: ReadonlyArray<ReadonlyArray<string>>,
  aligns: ReadonlyArray<Align>
): ReadonlyArray<string> => {
  const widths = aligns.map((_, at) =>
    Math.max(0, ...rows.map((row) => stringWidth(row[at] ?? "")))
  )
  return rows.flatMap((row) => {
    const head = aligns
      .map((align, at) => `  ${padded(row[at] ?? "", widths[at] ?? 0, align)}`)
      .join("")
    const indent = stringWidth(head) + 2
    const [first = "", ...more] = wrap(row[aligns.length] ?? "", Math.max(2, textWidth - indent))
    const hanging = " ".repeat(indent)
    return [`${head}  ${first}`.trimEnd(), ...more.map((line) => hanging + line)]
  })
}
