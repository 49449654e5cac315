/** How well a redactor agrees with marks, span by span: label and both ends have to be right. */
import type { Label } from "../../src/schema/redaction/Label.ts"
import type { Span } from "../../src/schema/redaction/Recogniser.ts"
import type { LabelledText } from "../../test/schema/redaction/LabelledTexts.ts"

export interface SpanAgreement {
  readonly label: Label | "all"
  readonly marked: number
  readonly found: number
  readonly right: number
  /** Of what was found, what is right; of what is marked, what was found. */
  readonly precision: number
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
