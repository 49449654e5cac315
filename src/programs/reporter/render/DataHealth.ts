/** Accounts for the week's events, and shows whether the numbers add up. */
import { type Pipeline, unaccounted } from "../../../schema/report/Pipeline.ts"
import type { WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import { count, plural } from "./Format.ts"
import { type Figure, type Figures, figure } from "./ReportFigures.ts"

const leftOut = (label: string, amount: number, why: string): Figure =>
  figure(`${label}, left out`, count(amount), amount === 0 ? "" : why)

/** A count that should be 0; a note explains any other number. */
const trouble = (label: string, amount: number, note: string): Figure =>
  amount === 0 ? figure(label, "0") : figure(label, count(amount), note, true)

const unknown = (label: string): Figure =>
  figure(label, "unknown", "It could not be read when this report was made.")

const deadLetters = (amount: number | undefined): Figure =>
  amount === undefined
    ? unknown("Dead letters")
    : trouble(
        "Dead letters",
        amount,
        "Messages of any week that could not be stored; they wait in the dead-letter queue."
      )

/** The queue's count is approximate, so a difference of this size is normal. */
const slack = (accepted: number): number => Math.max(2, accepted / 100)

/** Says in the mail that no accepted event is missing. */
export const allAccountedFor = "All were stored, repeated or dead-lettered."

const accepted = (pipeline: Pipeline, dead: number | undefined): Figure => {
  const label = "Accepted"
  if (pipeline.accepted === undefined) return unknown(label)
  const value = count(pipeline.accepted)
  const open = unaccounted(pipeline, dead)
  if (open === undefined) return figure(label, value, "It is unknown what became of them.")
  if (open === 0) return figure(label, value, allAccountedFor)
  const note = `${count(open)} unaccounted for: still under way, or miscounted.`
  return open > slack(pipeline.accepted)
    ? figure(label, value, `${note} See the processor's log.`, true)
    : figure(label, value, note)
}

const stored = ({ events, status }: WeeklyReport): Figure => {
  if (events === undefined) return figure("Stored", "unknown")
  const whole = plural(status.correlated, "question with its answer", "questions with answers")
  return figure("Stored", count(events), `Including ${whole}.`)
}

const duplicates = ({ conflicts = 0, duplicates: same, deduplicated = 0 }: Pipeline): Figure => {
  if (same === undefined) return unknown("Duplicates ignored")
  const early = deduplicated === 0 ? "" : `The queue stopped ${count(deduplicated)} more. `
  const other =
    conflicts === 0 ? "" : `${count(conflicts)} differed from the first, which was kept.`
  return figure("Duplicates ignored", count(same + conflicts), `${early}${other}`.trim())
}

const lost = ({ lost: told = 0 }: WeeklyReport): Figure =>
  told === 0
    ? figure("Lost at the edge", "none", "As far as the Worker knows.")
    : figure(
        "Lost at the edge",
        `at least ${count(told)}`,
        "The queue could not be reached in time; the Worker's log says when.",
        true
      )

const halves = ({ noAnswer, status }: WeeklyReport): ReadonlyArray<Figure> => [
  ...rare(
    Math.max(0, status.awaitingResponse - noAnswer),
    "Waiting for an answer",
    "Asked less than ten minutes before the report; not counted as missed."
  ),
  trouble(
    "Without any answer",
    noAnswer,
    "The question arrived, but not its answer: it is late or lost."
  ),
  trouble(
    "Waiting for a question",
    status.awaitingQuery,
    "The answer arrived, but not its question: it is late or lost."
  )
]

/** Rows that most weeks do not need. */
const rare = (amount: number | undefined, label: string, note: string, alert = false) =>
  amount === undefined || amount === 0 ? [] : [figure(label, count(amount), note, alert)]

const cappedSums = { lost: "lost events", tokens: "tokens" } as const

const capped = ({ capped: sums = [] }: WeeklyReport): ReadonlyArray<Figure> =>
  sums.length === 0
    ? []
    : [
        figure(
          "Sums that are too low",
          sums.map((sum) => cappedSums[sum]).join(", "),
          "A count of this week is larger than can be added up.",
          true
        )
      ]

/** Questions whose names were too many to be told apart. */
const unlistedNames = ({ unlistedNames: folded }: WeeklyReport): ReadonlyArray<Figure> =>
  rare(
    Math.max(0, ...Object.values(folded ?? {})),
    "Questions in no list of origins",
    "Too many different names came; each listed one has all of its questions."
  )

export const dataHealth = (report: WeeklyReport): Figures => ({
  title: "Data health",
  caption: "Counted in events: a question is one, its answer another.",
  columns: ["State", "Number"],
  rows: [
    accepted(report.pipeline ?? {}, report.deadLetters),
    stored(report),
    ...rare(
      report.unreadable,
      "Unreadable",
      "Damaged or of another version; in no other number. The reporter's log names them.",
      true
    ),
    ...rare(
      report.answers.unknown,
      "Answers that could not be read",
      "Neither answered nor missed; the Worker's log names their fields."
    ),
    ...halves(report),
    duplicates(report.pipeline ?? {}),
    deadLetters(report.deadLetters),
    lost(report),
    ...capped(report),
    ...unlistedNames(report),
    leftOut("Bots", report.excluded.bots, "Recognised by their user agents; in no other number."),
    leftOut("Own visits", report.excluded.own, "Marked as your own; in no other number."),
    ...rare(
      report.withoutText,
      "Questions without text",
      "Counted, but in no list of questions: their text was withheld for privacy."
    ),
    ...rare(
      report.unlisted,
      "Questions not listed",
      "Counted, but in no list of questions: the week has too many different ones."
    ),
    ...rare(
      report.ungrouped,
      "Questions not compared",
      "Listed each by itself, also where others ask the same: the week has too many."
    )
  ]
})
