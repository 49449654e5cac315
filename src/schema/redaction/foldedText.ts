/** Spaces, dashes, digits and full-width forms outside of ASCII. */
const variants = new RegExp(
  "[\\xa0\\u0660-\\u0669\\u06f0-\\u06f9\\u0966-\\u096f" +
    "\\u2000-\\u200a\\u2010-\\u2015\\u202f\\u2212\\u3000\\uff01-\\uff5e]",
  "g"
)

const foldedCode = (code: number): number => {
  if (code >= 0xff01) return code - 0xfee0
  if (code >= 0x2010 && code !== 0x202f && code !== 0x3000) return 0x2d
  if (code < 0x660 || code >= 0x2000) return 0x20
  return 0x30 + ((code >= 0x966 && code <= 0x96f ? code - 6 : code) & 15)
}

/** The text in plain digits, dashes and spaces; every character keeps its place. */
export const foldedText = (text: string): string =>
  text.replace(variants, (variant) => String.fromCharCode(foldedCode(variant.charCodeAt(0))))
