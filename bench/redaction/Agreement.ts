import type { Label } from "../../src/schema/redaction/Label.ts"
import type { Span } from "../../src/schema/redaction/Recogniser.ts"
import type { LabelledText } from "./LabelledTexts.ts"

/** Agreement span by span: the label and both ends have to be right. */
export interface SpanAgreement {
  readonly label: Label | "all"
  readonly marked: number
  readonly found: number
  readonly right: number
  /** The share of the found spans that is right. */
  readonly precision: number
  /** The share of the marked spans that was found. */
  readonly recall: number
}

type SpansOf = (text: string) => ReadonlyArray<Span>

const isSame = (one: Span) => (other: Span) =>
  one.label === other.label && one.start === other.start && one.end === other.end

/** The spans of a text that only one side has. */
export const disagreement = ({ spans, text }: LabelledText, spansOf: SpansOf) => {
  const found = spansOf(text)
  return {
    missed: spans.filter((span) => !found.some(isSame(span))),
    unmarked: found.filter((span) => !spans.some(isSame(span)))
  }
}

const rowOf = (
  label: Label | "all",
  marked: ReadonlyArray<Span>,
  found: ReadonlyArray<Span>,
  missed: ReadonlyArray<Span>
): SpanAgreement => {
  const isOf = (span: Span) => label === "all" || span.label === label
  const [all, seen] = [marked.filter(isOf).length, found.filter(isOf).length]
  const right = all - missed.filter(isOf).length
  return {
    label,
    marked: all,
    found: seen,
    right,
    precision: seen === 0 ? 1 : right / seen,
    recall: all === 0 ? 1 : right / all
  }
}

/** A row for each label of the texts, and one for all of them first. */
export const spanAgreement = (
  texts: ReadonlyArray<LabelledText>,
  spansOf: SpansOf
): ReadonlyArray<SpanAgreement> => {
  const marked = texts.flatMap(({ spans }) => spans)
  const found = texts.flatMap(({ text }) => spansOf(text))
  const missed = texts.flatMap((text) => disagreement(text, spansOf).missed)
  const labels = [...new Set(marked.map(({ label }) => label))].sort()
  return (["all", ...labels] as const).map((label) => rowOf(label, marked, found, missed))
}

/** Any redactor can be measured by this, whatever its labels are. */
export interface TextAgreement {
  /** The share of the changed texts in which something is marked. */
  readonly precision: number
  /** The share of the marked values that the redacted text hides. */
  readonly recall: number
}

export const textAgreement = async (
  texts: ReadonlyArray<LabelledText>,
  redact: (text: string) => string | Promise<string>
): Promise<TextAgreement> => {
  let [marked, hidden, changed, rightly] = [0, 0, 0, 0]
  for (const { spans, text } of texts) {
    const redacted = await redact(text)
    const values = spans.map(({ end, start }) => text.slice(start, end))
    marked += values.length
    hidden += values.filter((value) => !redacted.includes(value)).length
    if (redacted === text) continue
    changed += 1
    rightly += values.length > 0 ? 1 : 0
  }
  return { precision: rightly / changed, recall: hidden / marked }
}
