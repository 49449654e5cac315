import * as Layer from "effect/Layer"
import { eld } from "eld/extrasmall"
import { labels } from "../schema/redaction/Label.ts"
import { LanguageDetector } from "../services/LanguageDetector.ts"

/** The beginning tells the language, and bounds the time for a long answer. */
const textLengthMax = 300

/** Of fewer letters one in twenty languages is wrong; a letter of CJK is as good as three. */
const lettersMin = 12

/** How far the best language must be before the next; relatives in Latin letters look alike. */
const leadMin = (text: string, letters: number): number => {
  if (!/\p{sc=Latin}{3}/u.test(text)) return 1.005
  return letters < 20 ? 1.06 : 1.03
}

/** Labels of the redaction are English in a text of any language. */
const label = new RegExp(`\\[(?:${labels.join("|")}|withheld)\\]`, "g")

/** Numbers, addresses and names of files are the same in every language. */
const withoutNames = (text: string): string =>
  text.replace(/[\x21-\x7e]+/g, (word) => (/[\d@/\\_]|\.[a-z]/i.test(word) ? " " : word))

const lettersIn = (text: string): number =>
  (text.match(/\p{L}/gu)?.length ?? 0) +
  2 * (text.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/gu)?.length ?? 0)

const detect = (text: string): string | undefined => {
  const beginning = withoutNames(text.slice(0, textLengthMax).replaceAll(label, " "))
  const letters = lettersIn(beginning)
  if (letters < lettersMin) return undefined
  const result = eld.detect(beginning)
  const [best = 0, next = 0] = Object.values(result.getScores()).sort((a, b) => b - a)
  return result.isReliable() && best >= leadMin(beginning, letters) * next
    ? result.language
    : undefined
}

/** Detects sixty languages by eld's smallest table: see docs/decisions/0026-languages.md. */
export const layer = Layer.succeed(LanguageDetector, { detect })
