import { harmless } from "../../cli/wording.ts"

const longest = 160

/** Keeps the beginning of a long text, and escapes characters that a terminal would obey. */
export const shortened = (text: string): string => {
  const shown = harmless(text)
  return shown.length <= longest ? shown : `${shown.slice(0, longest - 1)}…`
}
