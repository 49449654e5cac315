/** All rules in one: what is wrong now, each cause once. */
import type * as DateTime from "effect/DateTime"
import type { WeeklyReport } from "../report/WeeklyReport.ts"
import { cost } from "./cost.ts"
import type { Exchange } from "./Exchange.ts"
import type { Finding } from "./Finding.ts"
import { failing } from "./failing.ts"
import { gaps } from "./gaps.ts"
import { misses } from "./misses.ts"
import type { Usual } from "./Usual.ts"
import { votes } from "./votes.ts"

/** What is read for the rules of a day. */
export interface Day {
  /** In the order of time. */
  readonly exchanges: ReadonlyArray<Exchange>
  /** The same day, counted as a report's week is. */
  readonly counted: WeeklyReport
}

export interface Rules {
  readonly zone: DateTime.TimeZone
  /** US dollars that the answers of a day may cost; nothing is told without it. */
  readonly dailyBudgetUsd?: number
}

/** From the last hour's exchanges: what must be told at once. */
export const findingsOfHour = (
  lastHour: ReadonlyArray<Exchange>,
  usual: Usual,
  { zone }: Rules
): ReadonlyArray<Finding> =>
  [failing(lastHour, usual), misses(lastHour, usual, zone)].filter((found) => found !== undefined)

/** From a whole day: what takes longer to show. A cause that explains others is told alone. */
export const findingsOfDay = (
  { counted, exchanges }: Day,
  usual: Usual,
  { dailyBudgetUsd, zone }: Rules
): ReadonlyArray<Finding> => {
  const missed = misses(exchanges, usual, zone)
  const bad = missed === undefined ? [votes(exchanges, usual), ...gaps(counted, usual)] : [missed]
  return [...bad, cost(counted, dailyBudgetUsd)].filter((found) => found !== undefined)
}
