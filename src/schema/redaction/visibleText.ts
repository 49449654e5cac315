import type { Span } from "./Recogniser.ts"

/** Characters that no reader sees: soft hyphens, zero widths, joiners, directions, fillers. */
const invisible =
  "\\xad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e" +
  "\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0"
const isInvisible = new RegExp(`[${invisible}]`)
const invisibles = new RegExp(`[${invisible}]+`, "g")

/** Spaces, dashes, quotation marks, digits and full-width forms outside of ASCII. */
const variants = new RegExp(
  "[\\xa0\\xab\\xbb\\u0660-\\u0669\\u06f0-\\u06f9\\u0966-\\u096f\\u09e6-\\u09ef\\u0a66-\\u0a6f" +
    "\\u0ae6-\\u0aef\\u0b66-\\u0b6f\\u0be6-\\u0bef\\u0c66-\\u0c6f\\u0ce6-\\u0cef\\u0d66-\\u0d6f" +
    "\\u0e50-\\u0e59\\u0ed0-\\u0ed9\\u1040-\\u1049\\u17e0-\\u17e9" +
    "\\u2000-\\u200a\\u2010-\\u2015\\u2018-\\u201f\\u202f\\u2212\\u3000" +
    "\\u300c-\\u300f\\ufe6b\\uff01-\\uff5e]",
  "g"
)

const quotes = /[\xab\xbb\u201c-\u201f\u300c-\u300f]/

const foldedCode = (code: number): number => {
  if (quotes.test(String.fromCharCode(code))) return 0x22
  if (code >= 0x2018 && code <= 0x201b) return 0x27
  if (code >= 0xff01) return code - 0xfee0
  if (code === 0xfe6b) return 0x40
  if (code >= 0x2010 && code !== 0x202f && code !== 0x3000) return 0x2d
  if (code < 0x660 || code >= 0x2000) return 0x20
  return 0x30 + ((code >= 0x966 && code <= 0xd6f ? code - 6 : code) & 15)
}

/** The text in plain digits, dashes, quotes and spaces; every character keeps its place. */
export const foldedText = (text: string): string =>
  text.replace(variants, (variant) => String.fromCharCode(foldedCode(variant.charCodeAt(0))))

/** The place of each character that a reader sees. */
const visiblePlaces = (text: string): ReadonlyArray<number> => {
  const places: Array<number> = []
  let from = 0
  const addUntil = (to: number) => {
    for (let place = from; place < to; place++) places.push(place)
  }
  for (const { 0: hidden, index } of text.matchAll(invisibles)) {
    addUntil(index)
    from = index + hidden.length
  }
  addUntil(text.length)
  return places
}

/** Searches what a reader sees of a text; the spans include what is hidden within them. */
export const visibleSpans = (
  text: string,
  search: (visible: string) => ReadonlyArray<Span>
): ReadonlyArray<Span> => {
  if (!isInvisible.test(text)) return search(text)
  const places = visiblePlaces(text)
  const placeOf = (index: number): number => places[index] ?? text.length
  return search(text.replace(invisibles, "")).map(({ end, label, start }) => ({
    label,
    start: placeOf(start),
    end: placeOf(end - 1) + 1
  }))
}

/** The text with labels in the place of the spans, which are in its order. */
export const labelled = (text: string, spans: ReadonlyArray<Span>): string => {
  let redacted = ""
  let from = 0
  for (const { end, label, start } of spans) {
    redacted += `${text.slice(from, start)}[${label}]`
    from = end
  }
  return redacted + text.slice(from)
}
