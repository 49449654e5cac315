import {
  listLengthMax,
  type QuestionLine,
  type WeeklyReport
} from "../../../schema/WeeklyReport.ts"
import { compact, plural, score } from "./Format.ts"
import { quoted } from "./VisitorText.ts"

export interface QuestionRow {
  readonly wording: string
  readonly asked: string
  /** The cells between `asked` and the wording, where there are columns for them. */
  readonly cells: ReadonlyArray<string>
  /** The same cells as phrases, each of which stays on one line, where there are no columns. */
  readonly note: string
}

export interface QuestionList {
  readonly title: string
  readonly caption: string
  /** Names of `cells`. */
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<QuestionRow>
  /** Said in place of the list when there are no rows. */
  readonly none: string
}

const row = (
  line: QuestionLine,
  cells: ReadonlyArray<string>,
  note: ReadonlyArray<string>
): QuestionRow => ({
  wording: quoted(line.question),
  asked: compact(line.asked),
  cells,
  note: note.map((phrase) => phrase.replaceAll(" ", "\u00a0")).join(" · ")
})

const firstOf = (lines: ReadonlyArray<QuestionLine>): string =>
  lines.length < listLengthMax ? "" : ` The first ${listLengthMax} are listed.`

export const unansweredQuestions = ({ answers, unanswered }: WeeklyReport): QuestionList => ({
  title: "Questions without a good answer",
  caption: `Never answered in full; most often missed first.${firstOf(unanswered)}`,
  columns: ["missed", "sessions", "best"],
  rows: unanswered.map((line) => {
    const missed = line.none + line.failed
    return row(
      line,
      [compact(missed), compact(line.sessions), score(line.scoreMax)],
      [
        `missed ${plural(missed, "time")}`,
        plural(line.sessions, "session"),
        `best score ${score(line.scoreMax)}`
      ]
    )
  }),
  none:
    answers.none + answers.failed === 0
      ? "None this week."
      : "None to list: what was missed got a full answer at another time, or its question is late."
})

const outcomes = ["full", "partial", "none", "failed"] as const

export const topQuestions = ({ topQuestions: lines }: WeeklyReport): QuestionList => ({
  title: "Most asked questions",
  caption: `Wordings that differ only in case or punctuation are one.${firstOf(lines)}`,
  columns: outcomes,
  rows: lines.map((line) =>
    row(
      line,
      outcomes.map((outcome) => compact(line[outcome])),
      [
        ...outcomes.filter((outcome) => line[outcome] > 0).map((o) => `${compact(line[o])} ${o}`),
        plural(line.sessions, "session")
      ]
    )
  ),
  none: "No question arrived."
})
