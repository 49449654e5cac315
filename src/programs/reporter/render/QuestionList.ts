import {
  listLengthMax,
  type QuestionLine,
  type WeeklyReport
} from "../../../schema/report/WeeklyReport.ts"
import { compact, count, plural, score, times } from "./Format.ts"
import { cutAt, type Figures, figure, shortListMax } from "./ReportFigures.ts"
import { quoted } from "./VisitorText.ts"

export interface QuestionRow {
  readonly question: string
  readonly asked: string
  /** The cells between `asked` and the question, in the text part. */
  readonly cells: ReadonlyArray<string>
  /** The same cells as phrases, in the HTML part; a phrase never breaks. */
  readonly note: string
}

export interface QuestionList {
  readonly title: string
  readonly caption: string
  /** Names of `cells`. */
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<QuestionRow>
  /** Replaces an empty list. */
  readonly none: string
}

const row = (
  { asked, question }: Pick<QuestionLine, "asked" | "question">,
  cells: ReadonlyArray<string>,
  note: ReadonlyArray<string>
): QuestionRow => ({
  question: quoted(question),
  asked: compact(asked),
  cells,
  note: note.map((phrase) => phrase.replaceAll(" ", "\u00a0")).join(" · ")
})

const firstOf = (lines: ReadonlyArray<unknown>): string =>
  lines.length < listLengthMax ? "" : ` The first ${listLengthMax} are listed.`

/** The count of the week before as a cell and a phrase; `n/a` without its report. */
const before = ({ missedBefore }: QuestionLine) =>
  missedBefore === undefined
    ? { cell: "n/a", phrase: [] }
    : missedBefore === 0
      ? { cell: "new", phrase: ["new"] }
      : {
          cell: compact(missedBefore),
          phrase: [`${times(missedBefore)} the week before`]
        }

export const unansweredQuestions = ({
  answers,
  unanswered,
  withoutText
}: WeeklyReport): QuestionList => ({
  title: "Questions without a good answer",
  caption: `Never answered in full; most often missed first.${firstOf(unanswered)}`,
  columns: ["missed", "before", "sessions", "best"],
  rows: unanswered.slice(0, listLengthMax).map((line) => {
    const missed = line.none + line.failed
    const { cell, phrase } = before(line)
    const best = line.scoreMax === undefined ? undefined : score(line.scoreMax)
    return row(
      line,
      [compact(missed), cell, compact(line.sessions), best ?? "n/a"],
      [
        `missed ${times(missed)}`,
        ...phrase,
        plural(line.sessions, "session"),
        ...(best === undefined ? [] : [`best score ${best}`])
      ]
    )
  }),
  none:
    answers.none + answers.failed === 0
      ? "None this week."
      : "None to list: missed questions were answered in full at another time, or are late" +
        ((withoutText ?? 0) === 0 ? "." : ", or have no text.")
})

/** Absent when the list is empty. */
export const closedQuestions = ({ closed }: WeeklyReport): QuestionList | undefined =>
  closed.length === 0
    ? undefined
    : {
        title: "Now answered",
        caption: `Missed the week before, but never this week.${cutAt(closed, shortListMax)}`,
        columns: ["before"],
        rows: closed
          .slice(0, shortListMax)
          .map((line) =>
            row(
              line,
              [compact(line.missedBefore)],
              [`missed ${times(line.missedBefore)} the week before`]
            )
          ),
        none: ""
      }

const outcomes = ["full", "partial", "none", "unknown", "failed"] as const

/** The column of answers that could not be read is left out where it would be empty. */
const outcomesIn = (lines: ReadonlyArray<QuestionLine>) =>
  outcomes.filter((name) => name !== "unknown" || lines.some(({ unknown = 0 }) => unknown > 0))

export const topQuestions = ({ topQuestions: lines, withoutText }: WeeklyReport): QuestionList => ({
  title: "Most asked questions",
  caption: `Similar questions are grouped under the one asked most.${firstOf(lines)}`,
  columns: outcomesIn(lines),
  rows: lines.slice(0, listLengthMax).map((line) =>
    row(
      line,
      outcomesIn(lines).map((outcome) => compact(line[outcome] ?? 0)),
      [
        ...outcomes.flatMap((outcome) => {
          const answers = line[outcome] ?? 0
          return answers === 0 ? [] : [`${compact(answers)} ${outcome}`]
        }),
        plural(line.sessions, "session"),
        ...(line.variants > 1 ? [plural(line.variants, "variant")] : [])
      ]
    )
  ),
  none:
    (withoutText ?? 0) === 0
      ? "No question arrived."
      : "The questions were counted without their text."
})

const atLeast = (lines: ReadonlyArray<unknown>): string =>
  lines.length < listLengthMax ? count(lines.length) : `${listLengthMax} or more`

/** Replaces the lists when the owner hides questions. */
export const hiddenQuestions = ({ closed, unanswered }: WeeklyReport): Figures => ({
  title: "Questions",
  caption: "Similar questions count as one; the settings hide their text.",
  columns: ["Outcome", "Questions"],
  rows: [
    figure("Never answered in full", atLeast(unanswered)),
    figure("Missed the week before, now answered", atLeast(closed))
  ]
})
