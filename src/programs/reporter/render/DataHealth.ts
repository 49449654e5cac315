/** Accounts for the week's events, and shows whether the numbers add up. */
import { type Pipeline, unaccounted } from "../../../schema/report/Pipeline.ts"
import type { WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import { count } from "./Format.ts"
import { type Figure, type Figures, figure } from "./ReportFigures.ts"

/** A count that should be 0; a note explains any other number. */
const trouble = (label: string, amount: number, note: string): Figure =>
  amount === 0 ? figure(label, "0") : figure(label, count(amount), note, true)

const unknown = (label: string): Figure =>
  figure(label, "unknown", "It could not be read when this report was made.")

const deadLetters = (amount: number | undefined): Figure =>
  amount === undefined
    ? unknown("Dead letters")
    : trouble("Dead letters", amount, "Of any week; they wait in the dead-letter queue.")

/** The queue's count is approximate, so a difference of this size is normal. */
const slack = (accepted: number): number => Math.max(2, accepted / 100)

/** Says in the mail that no accepted event is missing. */
export const allAccountedFor = "events accounted for"

const accepted = (pipeline: Pipeline, dead: number | undefined): Figure => {
  const label = "Accepted"
  if (pipeline.accepted === undefined) return unknown(label)
  const value = count(pipeline.accepted)
  const open = unaccounted(pipeline, dead)
  if (open === undefined) return figure(label, value, "It is unknown what became of them.")
  if (open === 0) return figure(label, value, `All ${allAccountedFor}.`)
  const note = `${count(open)} unaccounted for: still under way, or miscounted.`
  return open > slack(pipeline.accepted)
    ? figure(label, value, `${note} See the processor's log.`, true)
    : figure(label, value, note)
}

const stored = ({ events }: WeeklyReport): Figure =>
  events === undefined ? unknown("Stored") : figure("Stored", count(events))

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
  trouble("Without any answer", noAnswer, "Their answers are late or lost."),
  trouble("Waiting for a question", status.awaitingQuery, "Their questions are late or lost.")
]

/** Rows that most weeks do not need. */
const rare = (amount: number | undefined, label: string, note: string, alert = false) =>
  amount === undefined || amount <= 0 ? [] : [figure(label, count(amount), note, alert)]

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

const means = {
  words: { name: "words alone", away: "Words could not be compared" },
  static: { name: "the built-in table", away: "The built-in table could not be read" },
  workersAi: { name: "Workers AI", away: "Workers AI did not answer" }
} as const

/** Says that one means of grouping stood in for another. */
const standIn = ({ grouping }: WeeklyReport): ReadonlyArray<Figure> => {
  if (grouping === undefined) return []
  const { name } = means[grouping.by]
  const note = `${means[grouping.insteadOf].away}, so like questions were grouped by ${name}.`
  return [figure("Like questions", `by ${name}`, note)]
}

const balance = (report: WeeklyReport): ReadonlyArray<Figure> => [
  accepted(report.pipeline ?? {}, report.deadLetters),
  stored(report),
  duplicates(report.pipeline ?? {})
]

const usual = (report: WeeklyReport): ReadonlyArray<Figure> => [
  ...halves(report),
  deadLetters(report.deadLetters),
  lost(report)
]

const unusual = (report: WeeklyReport): ReadonlyArray<Figure> => [
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
  ...rare(
    report.status.awaitingResponse - report.noAnswer,
    "Waiting for an answer",
    "Asked less than ten minutes before the count; not missed yet."
  ),
  ...rare(
    report.votes?.alone,
    "Votes without their question",
    "Counted in no share: their questions are late, lost or erased."
  ),
  ...capped(report),
  ...unlistedNames(report),
  ...rare(
    report.unlisted,
    "Questions not listed",
    "Counted, but in no list of questions: the week has too many different ones."
  ),
  ...rare(
    report.ungrouped,
    "Questions not compared",
    "Listed each by itself, also where others ask the same: the week has too many."
  ),
  ...standIn(report)
]

const isWell = ({ alert, value }: Figure): boolean => !alert && value !== "unknown"

/** False while a number needs attention, or is not known. */
export const isHealthy = (report: WeeklyReport): boolean =>
  [...balance(report), ...usual(report)].every(isWell) && unusual(report).length === 0

/** The balance, and the rows that need attention. */
export const dataHealth = (report: WeeklyReport): Figures => ({
  title: "Data health",
  caption: "Counted in events: questions, answers and votes.",
  columns: ["State", "Number"],
  rows: [
    ...balance(report).filter(({ value }) => value !== "0"),
    ...usual(report).filter((row) => !isWell(row)),
    ...unusual(report)
  ]
})
