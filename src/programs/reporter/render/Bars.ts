/** The questions of this week and of the weeks before it, as horizontal bars. */
import {
  isWhole,
  missedOf,
  trendLengthMax,
  type WeeklyReport
} from "../../../schema/report/WeeklyReport.ts"
import type { Words } from "../words/English.ts"
import { lateArrivals } from "./LateArrivals.ts"

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
const barsOf = (
  counted: ReadonlyArray<Counted>,
  { count }: Words["numbers"]
): ReadonlyArray<Bar> => {
  const most = counted.reduce((max, { amount }) => Math.max(max, amount), 1)
  return counted.map(({ amount, aside = "", label }) => {
    const share = amount === 0 ? 0 : Math.max(2, Math.round((100 * amount) / most))
    return { label, value: count(amount), aside, share, rest: 100 - share }
  })
}

/** Absent without an earlier week, because one bar shows no trend. */
export const trendBars = (report: WeeklyReport, words: Words): Bars | undefined => {
  if (report.trend.length === 0) return undefined
  const { period, questions } = report
  const { dates, numbers, trend } = words
  const last = { weekId: period.weekId, questions, missed: missedOf(report) }
  const weeks = [...report.trend.slice(1 - trendLengthMax), last]
  return {
    title: trend.title(weeks.length),
    caption: [
      isWhole(report) ? trend.caption : trend.captionSoFar,
      ...lateArrivals(report, words)
    ].join(" "),
    columns: [trend.columns.week, trend.columns.questions, trend.columns.missed],
    rows: barsOf(
      weeks.map((week) => ({
        label: dates.mondayOf(week.weekId),
        amount: week.questions,
        // answers without their question can outnumber the questions
        aside: numbers.percent(Math.min(week.missed, week.questions), week.questions)
      })),
      numbers
    )
  }
}
