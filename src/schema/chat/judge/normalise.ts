/** The judge reads this beginning of a text, and never what follows. */
const readLength = 1000
const headLength = 400

const shortForms: ReadonlyArray<readonly [RegExp, string]> = [
  [/\bcan't\b|\bcannot\b|\bcant\b/g, "can not"],
  [/\bwon't\b/g, "will not"],
  [/\bdont\b/g, "do not"],
  [/n't\b/g, " not"],
  [/\bi'm\b/g, "i am"],
  [/'ve\b/g, " have"],
  [/'re\b/g, " are"],
  [/'d\b/g, " would"],
  [/'ll\b/g, " will"],
  [/([a-z])'s\b/g, "$1 's"]
]

/** Stands for a quotation, because its words are not the answer's own. */
export const quoted = "qqq"

/** The beginning of a text without case, typography, markup, numbers and quotations. */
export const normalise = (text: string): string => {
  let plain = text
    .slice(0, readLength)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[’ʼ`´‘]/g, "'")
    .replace(/["“„«「『][^"”“»」』\n]{1,160}["”“»」』]/g, ` ${quoted} `)
  for (const [form, whole] of shortForms) plain = plain.replace(form, whole)
  return plain
    .replace(/[*_#>|~]+/g, " ")
    .replace(/\d+(?:[.,:]\d+)*/g, "0")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, headLength)
}
