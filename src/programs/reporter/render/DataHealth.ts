import type { WeeklyReport } from "../../../schema/WeeklyReport.ts"
import { count } from "./Format.ts"
import { type Figure, type Figures, figure } from "./ReportFigures.ts"

const leftOut = (label: string, amount: number, why: string): Figure =>
  figure(`${label}, left out`, count(amount), amount === 0 ? "" : why)

/** A count that ought to be 0; its note explains it when it is not. */
const trouble = (label: string, amount: number, note: string): Figure =>
  amount === 0 ? figure(label, "0") : figure(label, count(amount), note, true)

const deadLetters = (amount: number | undefined): Figure =>
  amount === undefined
    ? figure("Dead letters", "not known", "Nobody could ask the queue when this report was made.")
    : trouble(
        "Dead letters",
        amount,
        "Messages that could not be stored, of any week; they wait in the dead-letter queue."
      )

/** Absent where every question has its text. */
const withoutText = ({ withoutText: amount = 0 }: WeeklyReport): Figures["rows"] =>
  amount === 0
    ? []
    : [
        figure(
          "Questions without text",
          count(amount),
          "Counted here, and in no list of questions: their words were withheld for privacy."
        )
      ]

/** What became of the events: stored whole, stored in half, not stored, or left out on purpose. */
export const dataHealth = (report: WeeklyReport): Figures => ({
  title: "Data health",
  caption: "Complete and waiting for an answer add up to the questions of the week.",
  columns: ["State", "Number"],
  rows: [
    figure(
      "Complete",
      count(report.status.correlated),
      "The question and its answer both arrived."
    ),
    trouble(
      "Waiting for an answer",
      report.status.awaitingResponse,
      "The question arrived, its answer did not: it is late, or was lost on the way."
    ),
    trouble(
      "Waiting for their question",
      report.status.awaitingQuery,
      "The answer arrived, its question did not: it is late, or was lost on the way."
    ),
    deadLetters(report.deadLetters),
    leftOut("Bots", report.excluded.bots, "Known by their user agents; in no other number here."),
    leftOut("Own visits", report.excluded.own, "Marked as your own; in no other number here."),
    ...withoutText(report)
  ]
})
