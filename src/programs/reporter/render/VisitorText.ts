/** Longest question of a visitor that the e-mail quotes, in code points. */
export const questionLengthMax = 160

const blanks = /[\p{Cc}\s]+/gu
/** Format characters reorder or hide text; the joiners stay, emoji and many scripts need them. */
const invisible = /(?![\u200c\u200d])\p{Cf}|\p{Noncharacter_Code_Point}/gu
/** Marks piled on one letter would paint over the lines above and below. */
const piledMarks = /(\p{M}{4})\p{M}+/gu
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" })

/** At a boundary of graphemes if there is one, so that no emoji or accented letter is halved. */
const cut = (text: string, lengthMax: number): string => {
  const points = [...text.slice(0, 2 * lengthMax + 2)]
  if (points.length <= lengthMax) return text
  const kept = points.slice(0, lengthMax - 1).join("")
  const next = graphemes.segment(points.join("")).containing(kept.length)
  const boundary = next === undefined || next.index === 0 ? kept.length : next.index
  return `${kept.slice(0, boundary).trimEnd()}…`
}

/**
 * One line of plain, visible text: no control, bidirectional or hidden characters, blanks
 * collapsed, at most `lengthMax` code points. Markup stays as it is; escaping is the template's.
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
