import type { WeeklyReport } from "../../../schema/WeeklyReport.ts"
import { count, country, duration, percent } from "./Format.ts"
import { quoted } from "./VisitorText.ts"

export interface Figure {
  readonly label: string
  readonly value: string
  /** One line that explains the label, or nothing. */
  readonly note: string
  readonly alert: boolean
}

/** A short table of named numbers. */
export interface Figures {
  readonly title: string
  readonly caption: string
  readonly columns: readonly [string, string]
  readonly rows: ReadonlyArray<Figure>
}

const figure = (label: string, value: string): Figure => ({ label, value, note: "", alert: false })

/** Absent without an answer, since no answer has no time. */
export const answerTime = ({ latencyMs }: WeeklyReport): Figures | undefined =>
  latencyMs && {
    title: "Answer time",
    caption: "How long the bot took, from question to answer.",
    columns: ["Share of answers", "Ready within"],
    rows: [
      figure("Half (p50)", duration(latencyMs.p50)),
      figure("95 of 100 (p95)", duration(latencyMs.p95)),
      figure("99 of 100 (p99)", duration(latencyMs.p99))
    ]
  }

export const tokens = ({ tokens: { input, output } }: WeeklyReport, answers: number): Figures => ({
  title: "Model tokens",
  caption: "As the model reported them with each answer.",
  columns: ["Tokens", "Count"],
  rows: [
    figure("Input", count(input)),
    figure("Output", count(output)),
    figure("Average per answer", answers === 0 ? "n/a" : count((input + output) / answers))
  ]
})

/** Absent when no question came with a country. */
export const countries = ({ countries: rows, questions }: WeeklyReport): Figures | undefined =>
  rows.length === 0
    ? undefined
    : {
        title: "Countries",
        caption: "Where the questions came from, as the network saw it.",
        columns: ["Country", "Questions"],
        rows: rows.map((row) =>
          figure(
            quoted(country(row.country), 40),
            `${count(row.questions)} (${percent(row.questions, questions)})`
          )
        )
      }

export const health = ({ status }: WeeklyReport): Figures => ({
  title: "Data health",
  caption: "Complete and waiting for an answer add up to the questions of the week.",
  columns: ["State", "Interactions"],
  rows: [
    {
      label: "Complete",
      value: count(status.correlated),
      note: "The question and its answer both arrived.",
      alert: false
    },
    {
      label: "Waiting for an answer",
      value: count(status.awaitingResponse),
      note: "The question arrived, its answer did not: it is late, or was lost on the way.",
      alert: status.awaitingResponse > 0
    },
    {
      label: "Waiting for their question",
      value: count(status.awaitingQuery),
      note: "The answer arrived, its question did not: it is late, or was lost on the way.",
      alert: status.awaitingQuery > 0
    }
  ]
})
