/** Mails for tests, and what every mail has to be. */
import { assert, expect } from "@effect/vitest"
import type { RenderOptions } from "../../../../src/programs/reporter/render/RenderOptions.ts"
import { renderReport } from "../../../../src/programs/reporter/render/renderReport.ts"
import type { WeeklyReport } from "../../../../src/schema/report/WeeklyReport.ts"
import { siteName } from "./reports.ts"

type Mail = ReturnType<typeof renderReport>

export const mailOf = (report: WeeklyReport, options: Partial<RenderOptions> = {}): Mail =>
  renderReport(report, { siteName, ...options })

export const bothParts = ({ html, text }: Mail): ReadonlyArray<string> => [
  html,
  text.replaceAll(/\n +/g, " ").replaceAll("\n", " ")
]

export const golden = ({ subject, text }: Mail, name: string): Promise<void> =>
  expect(`${subject}\n\n${text}`).toMatchFileSnapshot(`golden/${name}.txt`)

/** Gmail cuts a message at 102 KB; a telephone shows about forty characters of the subject. */
const htmlBytesMax = 102 * 1024

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" })
const wide =
  /\p{Emoji_Presentation}|[\p{Script=Han}\p{Script=Hangul}\p{Script=Kana}\p{Script=Hira}]/u

/** A coarse count of columns, which shares nothing with the layout's own. */
export const columnsOf = (line: string): number =>
  [...graphemes.segment(line)].reduce((sum, { segment }) => sum + (wide.test(segment) ? 2 : 1), 0)

export const assertFit = ({ html, subject, text }: Mail): void => {
  assert.isAtMost([...subject].length, 150)
  assert.notMatch(subject, /\p{Cc}|\p{Bidi_Control}/u)
  assert.isBelow(Buffer.byteLength(html), htmlBytesMax)
  for (const part of [html, text]) {
    assert.notMatch(part.replaceAll("\n", ""), /\p{Cc}|\p{Cs}|\p{Bidi_Control}/u)
    assert.notMatch(part, /undefined|NaN|Infinity|\[object|\n\n\n/)
  }
  for (const line of text.split("\n")) {
    assert.isAtMost(columnsOf(line), 72)
    assert.strictEqual(line.trimEnd(), line)
  }
}
