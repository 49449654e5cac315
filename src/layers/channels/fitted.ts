/** Texts within the lengths that a service takes, counted after its markup is escaped. */

/** Writes a text so that the service shows it and does nothing else with it. */
export type Escaping = (text: string) => string

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" })
const blanks = /[\p{Cc}\s]+/gu

const cut = (line: string, lengthMax: number, escaped: Escaping): string => {
  const whole = escaped(line)
  if (whole.length <= lengthMax) return whole
  let kept = ""
  for (const { segment } of graphemes.segment(line.slice(0, lengthMax))) {
    const next = escaped(segment)
    if (kept.length + next.length >= lengthMax) break
    kept += next
  }
  return `${kept}…`
}

const none = "–"

/** One line, cut between graphemes and escapes. No service takes an empty text. */
export const fitted = (text: string, lengthMax: number, escaped: Escaping): string =>
  cut(text.replace(blanks, " ").trim(), lengthMax, escaped) || none

/** Room for the last line, which says how many are left out. */
const noteLength = 40

/** As many whole lines as fit, and how many are left out; an empty text is an empty line. */
export const fittedLines = (
  texts: ReadonlyArray<string>,
  lengthMax: number,
  escaped: Escaping
): string => {
  const lines: Array<string> = []
  let left = lengthMax - noteLength
  for (const [at, text] of texts.entries()) {
    const line = text === "" ? "" : fitted(text, lengthMax - noteLength, escaped)
    if (line.length > left) {
      return [...lines, escaped(`… and ${texts.length - at} more lines`)].join("\n")
    }
    lines.push(line)
    left -= line.length + 1
  }
  return lines.join("\n") || none
}
