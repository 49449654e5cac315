/** A day's answers that cost more than their budget. */

import { plus, total } from "../report/Counts.ts"
import { answersWithoutTokens, type WeeklyReport } from "../report/WeeklyReport.ts"
import type { Finding } from "./Finding.ts"

/** Answers whose cost is unknown, because their price or their tokens are. */
export const unpricedIn = (day: WeeklyReport): number =>
  plus(total(day.cost.unknown.map(({ answers }) => answers)), answersWithoutTokens(day))

/** Without a budget nothing is told; what is unknown is told as such, and never guessed. */
export const cost = (day: WeeklyReport, budgetUsd: number | undefined): Finding | undefined => {
  if (budgetUsd === undefined || day.cost.usd <= budgetUsd) return undefined
  return {
    kind: "cost",
    sinceMs: day.period.startMs,
    counts: { usd: day.cost.usd, budgetUsd, unpriced: unpricedIn(day) },
    models: day.cost.unknown.map(({ model }) => model)
  }
}
