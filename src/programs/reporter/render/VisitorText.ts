import { disarmed } from "./Disarm.ts"
import { marked, replaceUnseen } from "./Unseen.ts"

/** The longest question in the e-mail, in code points. */
export const questionLengthMax = 160

/** Pages and logs show it; a mail has it in its own language. */
const noTextInEnglish = "(no readable text)"

const blanks = /[\p{Cc}\s]+/gu
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

/** More than is shown, because what follows tells whether a domain begins before the cut. */
const lookedAtMax = 1000

const oneLine = (text: string): string =>
  text.replace(blanks, " ").replace(piledMarks, "$1").trim().slice(0, lookedAtMax).toWellFormed()

/** HTML writes each of these as five characters or six, and a mail has to be small. */
const markup = /[&<>"']/
const markupMax = 80

/** Less than `lengthMax` for a text that is markup above all. */
const allowedLength = (text: string, lengthMax: number): number => {
  let [length, marks] = [0, 0]
  for (const point of text) {
    if (markup.test(point)) marks += 1
    if (marks > markupMax) return length
    if (length === lengthMax) break
    length += 1
  }
  return lengthMax
}

/**
 * One line of at most `lengthMax` code points of the owner's own text, without control,
 * bidirectional or hidden characters. The template escapes markup.
 */
export const ownText = (text: string, lengthMax: number, noText = noTextInEnglish): string => {
  const clean = replaceUnseen(oneLine(text), () => "").trim()
  return visible.test(clean) ? cut(clean, lengthMax) : noText
}

/**
 * The same of a visitor's text. Hidden characters are named, and addresses are written so that a
 * mail client makes no link of them.
 */
export const quoted = (
  text: string,
  lengthMax = questionLengthMax,
  noText = noTextInEnglish
): string => {
  const line = oneLine(text)
  if (!visible.test(replaceUnseen(line, () => ""))) return noText
  const shown = disarmed(replaceUnseen(line, marked))
  return cut(shown, allowedLength(shown, lengthMax))
}

/**
 * A visitor's whole text with its lines, for a page that makes no links of words. Hidden and
 * control characters are named.
 */
export const wholeText = (text: string): string => {
  const lines = text.replace(/\r\n?/g, "\n").replace(piledMarks, "$1").trim().toWellFormed()
  const named = replaceUnseen(lines, marked).replace(/(?![\n\t])\p{Cc}/gu, marked)
  return visible.test(replaceUnseen(lines, () => "")) ? named : noTextInEnglish
}
