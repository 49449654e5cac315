/** Counts as horizontal bars: the week's days, its match scores, and the weeks before it. */
import {
  isWhole,
  missedOf,
  trendLengthMax,
  type WeeklyReport
} from "../../../schema/report/WeeklyReport.ts"
import { mondayOf, shortDay } from "./DateWords.ts"
import { count, percent } from "./Format.ts"
import { quoted } from "./VisitorText.ts"

/** `share` is the bar's percentage of the longest bar; `rest` is the remaining percentage. */
export interface Bar {
  readonly label: string
  readonly value: string
  /** Empty without a third column. */
  readonly aside: string
  readonly share: number
  readonly rest: number
}

export interface Bars {
  readonly title: string
  readonly caption: string
  /** Names of the label, the value and the aside, if any. */
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<Bar>
}

interface Counted {
  readonly label: string
  readonly amount: number
  readonly aside?: string
}

/** Every count above zero has a visible bar. */
const barsOf = (counted: ReadonlyArray<Counted>): ReadonlyArray<Bar> => {
  const most = counted.reduce((max, { amount }) => Math.max(max, amount), 1)
  return counted.map(({ amount, aside = "", label }) => {
    const share = amount === 0 ? 0 : Math.max(2, Math.round((100 * amount) / most))
    return { label, value: count(amount), aside, share, rest: 100 - share }
  })
}

export const dayBars = ({ days, period }: WeeklyReport): Bars => ({
  title: "Questions per day",
  caption: `Days in the time zone ${quoted(period.timeZone, 60)}.`,
  columns: ["Day", "Questions"],
  rows: barsOf(
    days.map(({ date, questions }) => ({ label: shortDay(quoted(date, 10)), amount: questions }))
  )
})

/** Capped, because answers without their question can outnumber the questions. */
const missedShare = (missed: number, questions: number): string =>
  percent(Math.min(missed, questions), questions)

/** Absent without an earlier week, because one bar shows no trend. */
export const trendBars = (report: WeeklyReport): Bars | undefined => {
  if (report.trend.length === 0) return undefined
  const { period, questions } = report
  const last = { weekId: period.weekId, questions, missed: missedOf(report) }
  const weeks = [...report.trend.slice(1 - trendLengthMax), last]
  return {
    title: weeks.length === 2 ? "Two weeks" : `The last ${weeks.length} weeks`,
    caption: isWhole(report)
      ? "The last row is this week; weeks without a full report are left out."
      : "The last row is this week so far; weeks without a full report are left out.",
    columns: ["Week of", "Questions", "Missed"],
    rows: barsOf(
      weeks.map((week) => ({
        label: mondayOf(week.weekId),
        amount: week.questions,
        aside: missedShare(week.missed, week.questions)
      }))
    )
  }
}

const scoreWords = ["None", "Weak", "Fair", "Good", "Strong"]

/** Pairs the report's ten steps, best first; absent when all scores are empty. */
export const scoreBars = ({ scores }: WeeklyReport): Bars | undefined => {
  if (scores.every((answers) => answers === 0)) return undefined
  const counted = scoreWords.map((word, at) => ({
    label: `${word} (${(at / 5).toFixed(1)}-${((at + 1) / 5).toFixed(1)})`,
    amount: (scores[2 * at] ?? 0) + (scores[2 * at + 1] ?? 0)
  }))
  return {
    title: "Match scores",
    caption: "How well the answers matched what the bot knows, from 0 to 1.",
    columns: ["Match", "Answers"],
    rows: barsOf(counted.reverse())
  }
}
