/** Lines `kind|text` with ⟦ ⟧ around each value that has to go, and none in innocent texts. */
import { readFileSync } from "node:fs"
import type { Span } from "../../src/schema/redaction/Recogniser.ts"
import { alone, type Measure } from "../Measure.ts"

export interface MarkedLine {
  readonly kind: string
  readonly text: string
  readonly values: ReadonlyArray<Pick<Span, "start" | "end">>
}

const markedLine = (kind: string, marked: string): MarkedLine => {
  const values: Array<Pick<Span, "start" | "end">> = []
  let text = ""
  let from = 0
  for (const { 0: whole, 1: value = "", index } of marked.matchAll(/⟦(.*?)⟧/g)) {
    text += marked.slice(from, index)
    values.push({ start: text.length, end: text.length + value.length })
    text += value
    from = index + whole.length
  }
  return { kind, text: text + marked.slice(from), values }
}

/** Returns the lines in their order, or the fault of the first wrong one. A `¦` vanishes. */
export const markedLines = (file: string): ReadonlyArray<MarkedLine> | string => {
  const lines: Array<MarkedLine> = []
  for (const [index, line] of file
    .replace(/^\ufeff/, "")
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === "") continue
    const [whole, kind = "", text = ""] = /^([^|]*)\|(.*)$/.exec(line.replaceAll("¦", "")) ?? []
    if (whole === undefined) return `line ${index + 1} is not kind|text`
    const read = markedLine(kind, text)
    if (/[⟦⟧]/.test(read.text)) return `line ${index + 1} has a mark without its partner`
    lines.push(read)
  }
  return lines.length === 0 ? "no line" : lines
}

/** Texts of visitors, never tuned on; README.md says who wrote them and how. */
export const unseenVisitors = (): ReadonlyArray<MarkedLine> => {
  const lines = markedLines(readFileSync(new URL("unseenVisitors.txt", import.meta.url), "utf8"))
  if (typeof lines === "string") throw new Error(`unseenVisitors.txt: ${lines}`)
  return lines
}

export interface Redaction {
  readonly redact: (text: string) => string
  readonly spansOf: (text: string) => ReadonlyArray<Span>
}

/** A value is gone to the last sign when no letter or digit of it lies outside of the spans. */
const isWhollyWithin = (
  text: string,
  { end, start }: Pick<Span, "start" | "end">,
  spans: ReadonlyArray<Span>
): boolean =>
  Array.from({ length: end - start }, (_, index) => start + index).every(
    (place) =>
      !/[\p{L}\p{N}]/u.test(text[place] ?? "") ||
      spans.some((span) => span.start <= place && place < span.end)
  )

const share = (part: number, all: number): number => (all === 0 ? Number.NaN : part / all)

/** Shares of the values that can be read no more, and of the innocent texts that were changed. */
export const valueRows = (
  lines: ReadonlyArray<MarkedLine>,
  { redact, spansOf }: Redaction
): ReadonlyArray<Measure> => {
  const guilty = lines.filter(({ values }) => values.length > 0)
  const innocent = lines.filter(({ values }) => values.length === 0)
  let [values, gone, whole] = [0, 0, 0]
  for (const line of guilty) {
    const redacted = redact(line.text)
    const spans = spansOf(line.text)
    for (const value of line.values) {
      values += 1
      gone += redacted.includes(line.text.slice(value.start, value.end)) ? 0 : 1
      whole += isWhollyWithin(line.text, value, spans) ? 1 : 0
    }
  }
  const changed = innocent.filter(({ text }) => redact(text) !== text).length
  return [
    { ...alone("values gone", share(gone, values)), target: "≥ 0.95", ok: gone >= 0.95 * values },
    alone("values gone to the last sign", share(whole, values)),
    alone("innocent texts changed", share(changed, innocent.length), 0.02),
    alone("values", values),
    alone("innocent texts", innocent.length)
  ].filter(({ ours }) => !Number.isNaN(ours))
}
