/** The longest question in the e-mail, in code points. */
export const questionLengthMax = 160

const blanks = /[\p{Cc}\s]+/gu
/** Format characters reorder or hide text; emoji and many scripts need the joiners. */
const invisible = /(?![\u200c\u200d])\p{Cf}|\p{Noncharacter_Code_Point}/gu
/** Many marks on one letter would cover the lines above and below. */
const piledMarks = /(\p{M}{4})\p{M}+/gu
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" })

/** Cuts between graphemes, so that emoji and accented letters stay whole. */
const cut = (text: string, lengthMax: number): string => {
  const points = [...text.slice(0, 2 * lengthMax + 2)]
  if (points.length <= lengthMax) return text
  const kept = points.slice(0, lengthMax - 1).join("")
  const next = graphemes.segment(points.join("")).containing(kept.length)
  const boundary = next === undefined || next.index === 0 ? kept.length : next.index
  return `${kept.slice(0, boundary).trimEnd()}…`
}

/**
 * One line of visible text of at most `lengthMax` code points, without control, bidirectional or
 * hidden characters. The template escapes markup.
 */
export const quoted = (text: string, lengthMax = questionLengthMax): string => {
  const clean = text
    .toWellFormed()
    .replace(invisible, "")
    .replace(blanks, " ")
    .replace(piledMarks, "$1")
    .trim()
  return visible.test(clean) ? cut(clean, lengthMax) : "(no readable text)"
}
