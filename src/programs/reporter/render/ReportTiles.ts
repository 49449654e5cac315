import { missedOf, type WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import type { Words } from "../words/English.ts"
import type { Delta } from "./Delta.ts"
import type { Movements } from "./Movements.ts"

/** A number in large print; `alert` marks one that needs attention. */
export interface Tile {
  readonly label: string
  readonly value: string
  readonly alert: boolean
  /** Absent without a base, which the text below the tiles explains once. */
  readonly change: Delta | undefined
}

/** Two rows of three fit the narrowest telephone without a media query. */
export const tileRows = (
  report: WeeklyReport,
  moved: Movements,
  compared: boolean,
  { numbers: { compact }, tiles: names }: Words
): ReadonlyArray<ReadonlyArray<Tile>> => {
  const { answers, questions, sessions } = report
  const missed = missedOf(report)
  const tile = (label: string, value: string, movement: Delta, alert = false): Tile => ({
    label,
    value,
    alert,
    change: compared ? movement : undefined
  })
  return [
    [
      tile(names.questions, compact(questions), moved.questions),
      tile(names.sessions, compact(sessions), moved.sessions),
      tile(names.answered, moved.answered.now, moved.answered)
    ],
    [
      tile(names.missed, compact(missed), moved.missed, missed > 0),
      tile(names.failed, compact(answers.failed), moved.failed, answers.failed > 0),
      tile(names.time, moved.p95.now, moved.p95)
    ]
  ]
}
