/**
 * The week as both parts of the e-mail say it: each number formatted, each wording made safe to
 * quote, each row ready. The parts differ in layout only, so they can never disagree on a fact.
 */
import type { WeeklyReport } from "../../../schema/WeeklyReport.ts"
import { instant, longRange, shortRange } from "./DateWords.ts"
import { count, duration, percent, plural } from "./Format.ts"
import { type QuestionList, topQuestions, unansweredQuestions } from "./QuestionList.ts"
import { answerTime, countries, type Figures, health, tokens } from "./ReportFigures.ts"
import { type DayBar, dayBars, type Tile, tileRows } from "./ReportTiles.ts"
import { quoted, wordingLengthMax } from "./VisitorText.ts"

export interface WeekView {
  readonly tileRows: ReadonlyArray<ReadonlyArray<Tile>>
  readonly answeredMeans: string
  readonly days: {
    readonly title: string
    readonly caption: string
    readonly rows: ReadonlyArray<DayBar>
  }
  readonly unanswered: QuestionList
  readonly top: QuestionList
  readonly answerTime: Figures | undefined
  readonly tokens: Figures
  readonly countries: Figures | undefined
  readonly health: Figures
}

export interface ReportView {
  readonly subject: string
  readonly preheader: string
  readonly siteName: string
  readonly weekId: string
  readonly headline: string
  readonly period: string
  /** Absent in a quiet week, when `quiet` says so in words. */
  readonly week: WeekView | undefined
  readonly quiet: ReadonlyArray<string>
  readonly provenance: ReadonlyArray<{ readonly label: string; readonly value: string }>
  readonly footer: ReadonlyArray<string>
}

const siteNameLengthMax = 80
const subjectLengthMax = 150

const answersOf = ({ answers: { failed, full, none, partial } }: WeeklyReport) => ({
  given: full + partial,
  all: full + partial + none + failed
})

/** Nothing at all arrived; a lone answer without its question is no quiet week. */
const isQuiet = ({ questions, status }: WeeklyReport): boolean =>
  questions + status.correlated + status.awaitingQuery + status.awaitingResponse === 0

const subject = (report: WeeklyReport, siteName: string): string => {
  const { answers, period, questions } = report
  const fact = isQuiet(report)
    ? "Quiet week"
    : `${plural(questions, "question")}, ${count(answers.none)} unanswered`
  return quoted(`${fact} - ${shortRange(period)} - ${siteName}`, subjectLengthMax)
}

const headline = (report: WeeklyReport): string => {
  if (isQuiet(report)) return "A quiet week: no questions"
  const { failed, none } = report.answers
  const asked = plural(report.questions, "question")
  const missed = none === 0 ? "none without an answer" : `${count(none)} without an answer`
  return `${asked}, ${missed}${failed === 0 ? "" : `, ${count(failed)} failed`}`
}

/** The second most useful fact; the subject has said the first. */
const preheader = (report: WeeklyReport): string => {
  if (isQuiet(report)) return "Nothing was recorded, and the report itself ran as usual."
  const { all, given } = answersOf(report)
  const share = all === 0 ? "No answer arrived" : `${percent(given, all)} answered`
  const [most] = report.unanswered
  if (most !== undefined) {
    const missed = plural(most.none + most.failed, "time")
    return `Most often missed, ${missed}: "${quoted(most.question, 80)}". ${share}.`
  }
  const { latencyMs } = report
  return latencyMs === undefined ? `${share}.` : `${share}, p95 ${duration(latencyMs.p95)}.`
}

const week = (report: WeeklyReport): WeekView => {
  const { all, given } = answersOf(report)
  const matched = `${count(given)} of ${plural(all, "answer")}`
  return {
    tileRows: tileRows(report, percent(given, all)),
    answeredMeans: `Answered: a full or partial match, ${matched}.`,
    days: {
      title: "Questions per day",
      caption: `By the calendar of ${quoted(report.period.timeZone, 60)}.`,
      rows: dayBars(report.days)
    },
    unanswered: unansweredQuestions(report),
    top: topQuestions(report),
    answerTime: answerTime(report),
    tokens: tokens(report, all),
    countries: countries(report),
    health: health(report)
  }
}

const quietWeek = [
  "No question and no answer was recorded this week.",
  "The pipeline is healthy as far as this report can see: the schedule ran, the store was read " +
    "and this mail was sent. If you expected visitors, ask the bot a question and see if it counts."
]

/** A report may be asked for before its week is over, and then has to say so. */
const isOpen = ({ generatedAt, period }: WeeklyReport): boolean => generatedAt < period.endMs

const periodWords = (report: WeeklyReport): string =>
  `${longRange(report.period)}${isOpen(report) ? " (not over yet: the numbers so far)" : ""}`

const provenance = ({ generatedAt, period }: WeeklyReport) => [
  { label: "Period", value: `${longRange(period)}, both days included` },
  { label: "Time zone", value: quoted(period.timeZone, 60) },
  { label: "ISO week", value: period.weekId },
  { label: "Generated", value: instant(generatedAt, period.timeZone) }
]

export const reportView = (report: WeeklyReport, options: { siteName: string }): ReportView => {
  const siteName = quoted(options.siteName, siteNameLengthMax)
  const quiet = isQuiet(report)
  return {
    subject: subject(report, siteName),
    preheader: preheader(report),
    siteName,
    weekId: report.period.weekId,
    headline: headline(report),
    period: periodWords(report),
    week: quiet ? undefined : week(report),
    quiet: quiet ? quietWeek : [],
    provenance: provenance(report),
    footer: [
      `You get this mail once a week as a recipient of the report of ${siteName}.`,
      `Questions are quoted on one line and cut at ${wordingLengthMax} characters.`
    ]
  }
}
