import type { WeeklyReport } from "../../../schema/WeeklyReport.ts"
import { shortDay } from "./DateWords.ts"
import { compact, count, duration } from "./Format.ts"
import { quoted } from "./VisitorText.ts"

/** A number in large print; `alert` asks for attention. */
export interface Tile {
  readonly label: string
  readonly value: string
  readonly alert: boolean
}

/** Two rows of three, which fit the narrowest telephone without a media query. */
export const tileRows = (
  { answers, latencyMs, questions, sessions }: WeeklyReport,
  answered: string
): ReadonlyArray<ReadonlyArray<Tile>> => {
  const calm = { alert: false }
  const p95 = latencyMs === undefined ? "n/a" : duration(latencyMs.p95)
  return [
    [
      { label: "Questions", value: compact(questions), ...calm },
      { label: "Sessions", value: compact(sessions), ...calm },
      { label: "Answered", value: answered, ...calm }
    ],
    [
      { label: "Unanswered", value: compact(answers.none), alert: answers.none > 0 },
      { label: "Failed", value: compact(answers.failed), alert: answers.failed > 0 },
      { label: "p95 latency", value: p95, ...calm }
    ]
  ]
}

/** One day: `share` is its length as a part of the busiest day's, 0 to 100, whole. */
export interface DayBar {
  readonly day: string
  readonly count: string
  readonly share: number
  readonly rest: number
}

/** A day with a question has a bar, however short; an empty day has none. */
export const dayBars = (days: WeeklyReport["days"]): ReadonlyArray<DayBar> => {
  const most = days.reduce((max, { questions }) => Math.max(max, questions), 1)
  return days.map(({ date, questions }) => {
    const share = questions === 0 ? 0 : Math.max(2, Math.round((100 * questions) / most))
    return { day: shortDay(quoted(date, 10)), count: count(questions), share, rest: 100 - share }
  })
}
