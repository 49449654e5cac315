import type { Period } from "../../../schema/IsoWeek.ts"
import { missedIn } from "../../../schema/report/Missed.ts"
import {
  listLengthMax,
  type MissedLine,
  type QuestionLine,
  type WeeklyReport
} from "../../../schema/report/WeeklyReport.ts"
import type { Words } from "../words/English.ts"
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
  { noText, numbers }: Words,
  last?: LastAnswer
): QuestionRow => ({
  line,
  question: quoted(line.question, undefined, noText),
  asked: numbers.compact(line.asked),
  cells,
  note: note.map((phrase) => phrase.replaceAll(" ", "\u00a0")).join(" · "),
  others: (line.others ?? []).map((other) => ({
    quote: quoted(other.question, otherLengthMax, noText)
  })),
  last
})

/** Absent when it is not known how the question was answered. */
const lastAnswer = (
  { lastMiss }: MissedLine,
  { missed, noText }: Words
): LastAnswer | undefined => {
  if (lastMiss === undefined) return undefined
  if (lastMiss.kind === "noAnswer") return { words: missed.lastSilent, quote: "" }
  if (lastMiss.kind === "failed") return { words: missed.lastFailed, quote: "" }
  const { answer = "" } = lastMiss
  return answer === ""
    ? undefined
    : { words: missed.lastAnswer, quote: quoted(answer, undefined, noText) }
}

/** A column that a week without such a line does not need. */
const areAskedAgain = (lines: ReadonlyArray<MissedLine>): boolean =>
  lines.some(({ askedAgain = 0 }) => askedAgain > 0)

const missedRow = (
  line: MissedLine,
  lines: ReadonlyArray<MissedLine>,
  period: Period,
  words: Words
) => {
  const { compact } = words.numbers
  const [missed, sessions] = [missedIn(line), line.missedSessions ?? line.sessions]
  const { cell, phrase } = missedBefore(line, words)
  const { askedAgain: again = 0 } = line
  return row(
    line,
    [compact(missed), ...(areAskedAgain(lines) ? [compact(again)] : []), cell, compact(sessions)],
    [
      words.missed.of(compact(missed), compact(line.asked)),
      ...(again === 0 ? [] : [words.missed.again(compact(again))]),
      words.missed.sessions(sessions),
      ...phrase,
      ...askedSince(line, period, words)
    ],
    words,
    lastAnswer(line, words)
  )
}

/** A bot often refuses in the same words, which are not quoted twice in a row. */
const withoutRepeats = (
  rows: ReadonlyArray<QuestionRow>,
  { missed }: Words
): ReadonlyArray<QuestionRow> => {
  let quoted = ""
  return rows.map((row) => {
    const quote = row.last?.quote ?? ""
    if (quote === "") return row
    // means the quotation that is nearest above; other rows may stand between
    if (quote === quoted) return { ...row, last: { words: missed.lastRepeated, quote: "" } }
    quoted = quote
    return row
  })
}

const captionOf = (
  lines: ReadonlyArray<MissedLine>,
  shown: ReadonlyArray<MissedLine>,
  lists: Lists,
  { list, missed }: Words
): string => {
  const isAnswered = shown.some(({ full, partial }) => full + partial > 0)
  const isCut = lines.length >= listLengthMax && lists === "short"
  return (
    `${missed.caption}${isAnswered ? list.alsoAnswered : ""}` +
    `${isCut ? list.first(listLengthMax) : ""}`
  )
}

const noneMissed = (
  { answers, noAnswer, withoutText = 0 }: WeeklyReport,
  leftOut: string,
  { missed }: Words
): string => {
  if (missedIn({ ...answers, noAnswer }) === 0) return missed.none
  return `${withoutText === 0 ? missed.unlisted : missed.unlistedWithoutText}${leftOut}`
}

export const unansweredQuestions = (
  report: WeeklyReport,
  lists: Lists,
  words: Words,
  leftOut = ""
): QuestionList => {
  const { period, unanswered } = report
  const { columns, title } = words.missed
  const shown = unanswered.slice(0, lengthOf(lists, listLengthMax))
  return {
    title,
    caption: `${captionOf(unanswered, shown, lists, words)}${leftOut}`,
    columns: [
      columns.missed,
      ...(areAskedAgain(unanswered) ? [columns.again] : []),
      columns.before,
      columns.sessions
    ],
    rows: withoutRepeats(
      shown.map((line) => missedRow(line, unanswered, period, words)),
      words
    ),
    countsAsked: false,
    none: noneMissed(report, leftOut, words)
  }
}

const closedLengthMax = 3

/** Absent when the list is empty. */
export const closedQuestions = (
  { closed }: WeeklyReport,
  lists: Lists,
  words: Words
): QuestionList | undefined => {
  const lengthMax = lengthOf(lists, closedLengthMax)
  const { caption, missed, title } = words.closed
  return closed.length === 0
    ? undefined
    : {
        title,
        caption: `${caption}${cutAt(closed, lengthMax, words)}`,
        columns: [words.missed.columns.before],
        rows: closed
          .slice(0, lengthMax)
          .map((line) =>
            row(
              line,
              [words.numbers.compact(line.missedBefore)],
              [missed(line.missedBefore)],
              words
            )
          ),
        countsAsked: true,
        none: ""
      }
}

const outcomes = ["full", "partial", "none", "unknown", "failed", "noAnswer"] as const

const rareOutcomes: ReadonlySet<string> = new Set(["unknown", "noAnswer"])

/** A column that most weeks do not need is left out where it would be empty. */
const outcomesIn = (lines: ReadonlyArray<QuestionLine>) =>
  outcomes.filter((name) => !rareOutcomes.has(name) || lines.some((line) => (line[name] ?? 0) > 0))

const areCompared = (lines: ReadonlyArray<QuestionLine>): boolean =>
  lines.some((line) => line.askedBefore !== undefined)

const topRow = (
  line: QuestionLine,
  lines: ReadonlyArray<QuestionLine>,
  words: Words
): QuestionRow => {
  const { numbers, top } = words
  const { cell, phrase } = askedBefore(line, words)
  const written = (outcome: (typeof outcomes)[number]) => numbers.compact(line[outcome] ?? 0)
  return row(
    line,
    [...(areCompared(lines) ? [cell] : []), ...outcomesIn(lines).map(written)],
    [
      ...outcomes.flatMap((outcome) =>
        (line[outcome] ?? 0) === 0 ? [] : [top.outcomes[outcome](written(outcome))]
      ),
      ...phrase,
      ...(line.variants > 1 ? [top.wordings(line.variants)] : [])
    ],
    words
  )
}

export const topQuestions = (
  { topQuestions: lines, withoutText = 0 }: WeeklyReport,
  lists: Lists,
  words: Words
): QuestionList => {
  const { missed, top } = words
  const lengthMax = lengthOf(lists, shortListMax)
  return {
    title: top.title,
    caption: `${top.caption}${cutAt(lines, lengthMax, words)}`,
    columns: [
      ...(areCompared(lines) ? [missed.columns.before] : []),
      ...outcomesIn(lines).map((outcome) => top.columns[outcome])
    ],
    rows: lines.slice(0, lengthMax).map((line) => topRow(line, lines, words)),
    countsAsked: true,
    none: withoutText === 0 ? top.none : top.withoutText
  }
}

/** Replaces the lists when the owner hides questions. */
export const hiddenQuestions = (
  { closed, unanswered }: WeeklyReport,
  gaps: ReadonlyArray<Figure>,
  { hidden, numbers }: Words
): Figures => {
  const atLeast = ({ length }: ReadonlyArray<unknown>): string =>
    length < listLengthMax ? numbers.count(length) : hidden.orMore(listLengthMax)
  return {
    title: hidden.title,
    caption: hidden.caption,
    columns: [hidden.columns.outcome, hidden.columns.questions],
    rows: [
      figure(hidden.missed, atLeast(unanswered)),
      figure(hidden.closed, atLeast(closed)),
      ...gaps
    ]
  }
}
