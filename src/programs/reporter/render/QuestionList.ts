import type { Period } from "../../../schema/IsoWeek.ts"
import { missedIn } from "../../../schema/report/Missed.ts"
import {
  listLengthMax,
  type MissedLine,
  type QuestionLine,
  type WeeklyReport
} from "../../../schema/report/WeeklyReport.ts"
import { compact, count, plural, times } from "./Format.ts"
import {
  cutAt,
  type Figure,
  type Figures,
  figure,
  type Lists,
  lengthOf,
  shortListMax
} from "./ReportFigures.ts"
import { askedBefore, askedSince, missedBefore } from "./SinceLastWeek.ts"
import { quoted } from "./VisitorText.ts"

/** The last answer to a missed question; `quote` is empty where an answer has no words. */
export interface LastAnswer {
  readonly words: string
  readonly quote: string
}

/** The common part of all lists; only missed lines know their last miss. */
type AnyLine = Pick<QuestionLine, "asked" | "id" | "others" | "question"> &
  Pick<MissedLine, "lastMiss">

/** A gap that was not asked this week has no wording. */
type Followed = Partial<Pick<AnyLine, "question" | "lastMiss">>

export interface QuestionRow {
  /** The line of the report, for readers that lead on to it. */
  readonly line: Followed
  readonly question: string
  readonly asked: string
  /** The cells between `asked` and the question, in the text part. */
  readonly cells: ReadonlyArray<string>
  /** The same cells as phrases, in the HTML part; a phrase never breaks. */
  readonly note: string
  /** Other wordings of the question. */
  readonly others: ReadonlyArray<{ readonly quote: string }>
  readonly last: LastAnswer | undefined
}

export interface QuestionList {
  readonly title: string
  readonly caption: string
  /** Names of `cells`. */
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<QuestionRow>
  /** False where the notes say how often a question was asked, which spares the HTML a column. */
  readonly countsAsked: boolean
  /** Replaces an empty list. */
  readonly none: string
}

/** Short, because they stand on one line. */
const otherLengthMax = 60

const row = (
  line: AnyLine,
  cells: ReadonlyArray<string>,
  note: ReadonlyArray<string>,
  last?: LastAnswer
): QuestionRow => ({
  line,
  question: quoted(line.question),
  asked: compact(line.asked),
  cells,
  note: note.map((phrase) => phrase.replaceAll(" ", "\u00a0")).join(" · "),
  others: (line.others ?? []).map((other) => ({ quote: quoted(other.question, otherLengthMax) })),
  last
})

/** Means the quotation that is nearest above; other rows may stand between. */
const repeated = "Last answer: as last quoted above."

const firstOf = (lines: ReadonlyArray<unknown>, lists: Lists): string =>
  lines.length < listLengthMax || lists === "whole" ? "" : ` The first ${listLengthMax} are listed.`

/** Absent when it is not known how the question was answered. */
const lastAnswer = ({ lastMiss }: MissedLine): LastAnswer | undefined => {
  if (lastMiss === undefined) return undefined
  if (lastMiss.kind === "noAnswer") return { words: "No answer came last time.", quote: "" }
  if (lastMiss.kind === "failed") return { words: "The answer failed last time.", quote: "" }
  const { answer = "" } = lastMiss
  return answer === "" ? undefined : { words: "Last answer:", quote: quoted(answer) }
}

/** A column that a week without such a line does not need. */
const areAskedAgain = (lines: ReadonlyArray<MissedLine>): boolean =>
  lines.some(({ askedAgain = 0 }) => askedAgain > 0)

const missedRow = (line: MissedLine, lines: ReadonlyArray<MissedLine>, period: Period) => {
  const [missed, sessions] = [missedIn(line), line.missedSessions ?? line.sessions]
  const { cell, phrase } = missedBefore(line)
  const { askedAgain: again = 0 } = line
  return row(
    line,
    [compact(missed), ...(areAskedAgain(lines) ? [compact(again)] : []), cell, compact(sessions)],
    [
      `missed ${compact(missed)} of ${compact(line.asked)}`,
      ...(again === 0 ? [] : [`asked again after ${compact(again)} of them`]),
      `in ${plural(sessions, "session")}`,
      ...phrase,
      ...askedSince(line, period)
    ],
    lastAnswer(line)
  )
}

/** A bot often refuses in the same words, which are not quoted twice in a row. */
const withoutRepeats = (rows: ReadonlyArray<QuestionRow>): ReadonlyArray<QuestionRow> => {
  let quoted = ""
  return rows.map((row) => {
    const quote = row.last?.quote ?? ""
    if (quote === "") return row
    if (quote === quoted) return { ...row, last: { words: repeated, quote: "" } }
    quoted = quote
    return row
  })
}

const alsoAnswered = (lines: ReadonlyArray<MissedLine>): string =>
  lines.some(({ full, partial }) => full + partial > 0) ? " Some were answered at other times." : ""

const shown = (lines: ReadonlyArray<MissedLine>, lists: Lists): ReadonlyArray<MissedLine> =>
  lines.slice(0, lengthOf(lists, listLengthMax))

export const unansweredQuestions = (
  { answers, noAnswer, period, unanswered, withoutText }: WeeklyReport,
  lists: Lists,
  leftOut = ""
): QuestionList => ({
  title: "Questions without a good answer",
  caption:
    `Most often missed first.${alsoAnswered(shown(unanswered, lists))}` +
    `${firstOf(unanswered, lists)}${leftOut}`,
  columns: ["missed", ...(areAskedAgain(unanswered) ? ["again"] : []), "before", "sessions"],
  rows: withoutRepeats(shown(unanswered, lists).map((line) => missedRow(line, unanswered, period))),
  countsAsked: false,
  none:
    missedIn({ ...answers, noAnswer }) === 0
      ? "None this week."
      : "None to list: what was missed only greets or thanks, or came without its question" +
        ((withoutText ?? 0) === 0 ? "." : ", or has no text.") +
        leftOut
})

const closedLengthMax = 3

/** Absent when the list is empty. */
export const closedQuestions = (
  { closed }: WeeklyReport,
  lists: Lists
): QuestionList | undefined => {
  const lengthMax = lengthOf(lists, closedLengthMax)
  return closed.length === 0
    ? undefined
    : {
        title: "Now answered",
        caption: `Missed the week before, but never this week.${cutAt(closed, lengthMax)}`,
        columns: ["before"],
        rows: closed
          .slice(0, lengthMax)
          .map((line) =>
            row(
              line,
              [compact(line.missedBefore)],
              [`missed ${times(line.missedBefore)} the week before`]
            )
          ),
        countsAsked: true,
        none: ""
      }
}

const outcomes = ["full", "partial", "none", "unknown", "failed", "noAnswer"] as const

/** The words of the column in the text part, and those after a number. */
const outcomeWords = {
  full: { column: "fully", after: "answered fully" },
  partial: { column: "in part", after: "in part" },
  none: { column: "not", after: "not answered" },
  unknown: { column: "unread", after: "could not be read" },
  failed: { column: "failed", after: "failed" },
  noAnswer: { column: "silent", after: "without any answer" }
} as const

const rareOutcomes: ReadonlySet<string> = new Set(["unknown", "noAnswer"])

/** A column that most weeks do not need is left out where it would be empty. */
const outcomesIn = (lines: ReadonlyArray<QuestionLine>) =>
  outcomes.filter((name) => !rareOutcomes.has(name) || lines.some((line) => (line[name] ?? 0) > 0))

const areCompared = (lines: ReadonlyArray<QuestionLine>): boolean =>
  lines.some((line) => line.askedBefore !== undefined)

const topRow = (line: QuestionLine, lines: ReadonlyArray<QuestionLine>): QuestionRow => {
  const { cell, phrase } = askedBefore(line)
  const answers = outcomes.map(
    (outcome) => [line[outcome] ?? 0, outcomeWords[outcome].after] as const
  )
  return row(
    line,
    [
      ...(areCompared(lines) ? [cell] : []),
      ...outcomesIn(lines).map((outcome) => compact(line[outcome] ?? 0))
    ],
    [
      ...answers.flatMap(([amount, after]) =>
        amount === 0 ? [] : [`${compact(amount)} ${after}`]
      ),
      ...phrase,
      ...(line.variants > 1 ? [plural(line.variants, "wording")] : [])
    ]
  )
}

export const topQuestions = (
  { topQuestions: lines, withoutText }: WeeklyReport,
  lists: Lists
): QuestionList => ({
  title: "Most asked questions",
  caption: `Similar questions count as one.${cutAt(lines, lengthOf(lists, shortListMax))}`,
  columns: [
    ...(areCompared(lines) ? ["before"] : []),
    ...outcomesIn(lines).map((outcome) => outcomeWords[outcome].column)
  ],
  rows: lines.slice(0, lengthOf(lists, shortListMax)).map((line) => topRow(line, lines)),
  countsAsked: true,
  none:
    (withoutText ?? 0) === 0
      ? "No question arrived."
      : "The questions were counted without their text."
})

const atLeast = (lines: ReadonlyArray<unknown>): string =>
  lines.length < listLengthMax ? count(lines.length) : `${listLengthMax} or more`

/** Replaces the lists when the owner hides questions. */
export const hiddenQuestions = (
  { closed, unanswered }: WeeklyReport,
  gaps: ReadonlyArray<Figure>
): Figures => ({
  title: "Questions",
  caption: "Similar questions count as one; the settings hide their text.",
  columns: ["Outcome", "Questions"],
  rows: [
    figure("Without a good answer", atLeast(unanswered)),
    figure("Missed the week before, now answered", atLeast(closed)),
    ...gaps
  ]
})
