/** Shows the characters that a reader cannot see, because they hide or reorder text. */

/** Draws a blank or less; white space and controls are replaced before. */
const unseen =
  "[\\p{Cf}\\p{Default_Ignorable_Code_Point}\\p{Noncharacter_Code_Point}\\u2800\\u{1D159}]"

/** Scripts in which a joiner chooses the form of a letter. */
const joining = `[${[
  ["Arabic", "Syriac", "Mongolian", "Nko", "Devanagari", "Bengali", "Gurmukhi", "Gujarati"],
  ["Oriya", "Tamil", "Telugu", "Kannada", "Malayalam", "Sinhala", "Khmer", "Myanmar", "Tibetan"]
]
  .flat()
  .map((script) => `\\p{Script=${script}}`)
  .join("")}]`

const picture = "\\p{Extended_Pictographic}"

/** Emoji hold joiners, selectors and tags, and some scripts need the joiners. */
const wanted = [
  "\\p{RGI_Emoji}",
  "\\p{Emoji}[\\uFE0E\\uFE0F]\\u20E3?",
  `(?<=[${picture}\\p{Emoji_Modifier}\\uFE0F])\\u200D(?=${picture})`,
  `(?<=${joining})[\\u200C\\u200D](?=${joining})`
].join("|")

const anyUnseen = new RegExp(unseen, "v")
const runs = new RegExp(`(${wanted})|(${unseen})\\2*`, "gv")

const code = (character: string): string =>
  (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")

/** Replaces the unseen characters; equal ones in a row are one. */
export const replaceUnseen = (text: string, by: (character: string) => string): string =>
  anyUnseen.test(text)
    ? text.replace(runs, (_, kept?: string, hidden = "") => kept ?? by(hidden))
    : text

/** Names an unseen character: `⟨U+200B⟩`. */
export const marked = (character: string): string => `⟨U+${code(character)}⟩`
