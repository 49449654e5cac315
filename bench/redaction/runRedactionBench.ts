import { readdirSync, readFileSync } from "node:fs"
import { OpenRedaction } from "@openredaction/core"
import * as Effect from "effect/Effect"
import { makeRedactor, personalSpans } from "../../src/schema/redaction/Redaction.ts"
import { alone, compared, type Measure, median } from "../Measure.ts"
import { announce } from "../step.ts"
import { type SpanAgreement, spanAgreement, textAgreement } from "./Agreement.ts"
import { type LabelledText, labelledTexts } from "./LabelledTexts.ts"
import { type Redaction, unseenVisitors, valueRows } from "./MarkedLines.ts"
import { ownPatternRows } from "./ownPatternRows.ts"

export interface RedactionReport {
  readonly bench: "redaction"
  readonly node: string
  readonly texts: { readonly tuned: number; readonly unseen: number }
  readonly speed: ReadonlyArray<Measure>
  readonly agreement: ReadonlyArray<Measure>
  readonly visitors: ReadonlyArray<Measure>
  readonly own: ReadonlyArray<Measure>
  readonly spans: {
    readonly tuned: ReadonlyArray<SpanAgreement>
    readonly unseen: ReadonlyArray<SpanAgreement>
  }
}

const redact = makeRedactor([])
export const ours: Redaction = { redact, spansOf: personalSpans }
const reference = new OpenRedaction()
const referenceRedact = async (text: string): Promise<string> =>
  (await reference.detect(text)).redacted

/** The patterns that everyone knows, as one writes them in an afternoon. */
const known = new RegExp(
  [
    "[\\w.+-]+@[\\w-]+\\.[\\w.-]+",
    "\\b(?:\\d[ -]?){13,16}\\b",
    "\\+?\\d[\\d ()-]{7,}\\d",
    "\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b",
    "\\b(?:sk|ghp|AKIA)[\\w-]{16,}"
  ].join("|"),
  "g"
)

const naivePass = (text: string): string => text.replace(known, "[redacted]")

const rounds = 15
const megabytes = (texts: ReadonlyArray<string>): number =>
  texts.reduce((bytes, text) => bytes + Buffer.byteLength(text), 0) / 1e6

/** MB/s of each side, in turns, so that what slows one slows all. */
const speeds = async (
  texts: ReadonlyArray<string>,
  sides: ReadonlyArray<(text: string) => string | Promise<string>>
): Promise<ReadonlyArray<number>> => {
  const times = sides.map(() => Array.of<number>())
  for (let round = 0; round < rounds; round++) {
    for (const [index, side] of sides.entries()) {
      const from = performance.now()
      for (const text of texts) {
        const redacted = side(text)
        if (typeof redacted !== "string") await redacted
      }
      // the first rounds are for the compiler
      if (round >= 3) times[index]?.push(performance.now() - from)
    }
  }
  return times.map((own) => (megabytes(texts) * 1000) / median(own))
}

const knowledge = new URL("../../examples/cv-chatbot/knowledge/", import.meta.url)
const docs = new URL("../../docs/", import.meta.url)

const paragraphsOf = (folder: URL): ReadonlyArray<string> =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .flatMap((name) => readFileSync(new URL(name, folder), "utf8").split("\n\n"))

const speedOf = async (
  measure: string,
  texts: ReadonlyArray<string>
): Promise<ReadonlyArray<Measure>> => {
  const [mine = 0, naive = 0] = await speeds(texts, [redact, naivePass])
  const few = texts.slice(0, 60)
  const [again = 0, open = 0] = await speeds(few, [redact, referenceRedact])
  return [
    compared(`${measure}, naive pass`, { ours: mine, reference: naive, better: "more" }),
    compared(
      `${measure}, OpenRedaction`,
      { ours: again, reference: open, better: "more" },
      { timesAtLeast: 1 }
    )
  ]
}

const agreementOf = async (
  part: string,
  texts: ReadonlyArray<LabelledText>
): Promise<ReadonlyArray<Measure>> => {
  const mine = await textAgreement(texts, redact)
  const theirs = await textAgreement(texts, referenceRedact)
  return (["recall", "precision"] as const).map((measure) =>
    compared(
      `${measure}, ${part}`,
      { ours: mine[measure], reference: theirs[measure], better: "more" },
      { timesAtLeast: 1 }
    )
  )
}

export const runRedactionBench = Effect.fnUntraced(function* () {
  const { tuned, unseen } = labelledTexts()
  const labelled = [...tuned, ...unseen].map(({ text }) => text)
  const prose = [...paragraphsOf(knowledge), ...paragraphsOf(docs)]
  announce("agreement")
  const agreement = yield* Effect.promise(async () => [
    ...(await agreementOf("tuned", tuned)),
    ...(await agreementOf("unseen", unseen))
  ])
  announce("speed")
  const speed = yield* Effect.promise(async () => [
    ...(await speedOf("prose, MB/s", prose)),
    ...(await speedOf("labelled, MB/s", labelled)),
    alone("prose, kB", Math.round(megabytes(prose) * 1000)),
    alone("labelled, kB", Math.round(megabytes(labelled) * 1000))
  ])
  const report: RedactionReport = {
    bench: "redaction",
    node: process.version,
    texts: { tuned: tuned.length, unseen: unseen.length },
    speed,
    agreement,
    visitors: valueRows(unseenVisitors(), ours),
    own: ownPatternRows(),
    spans: {
      tuned: spanAgreement(tuned, personalSpans),
      unseen: spanAgreement(unseen, personalSpans)
    }
  }
  return report
})
