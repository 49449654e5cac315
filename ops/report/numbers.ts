import * as Effect from "effect/Effect"
import { plural } from "../../cli/wording.ts"
import { count } from "../../src/programs/reporter/count.ts"
import { periodToReport } from "../../src/programs/reporter/periodToReport.ts"
import type { Options } from "../../src/programs/reporter/program.ts"
import type { WeekId } from "../../src/schema/IsoWeek.ts"
import { ReportLedger } from "../../src/services/ReportLedger.ts"

/** The numbers that the week's e-mail would show now: the frozen ones, or else a fresh count. */
export const numbersOf = Effect.fnUntraced(function* (week: WeekId, options: Options) {
  const period = yield* periodToReport(week, options.zone)
  const [frozen] = yield* (yield* ReportLedger).reports([week])
  return frozen === undefined
    ? { report: yield* count(period, options), frozen: false }
    : { report: frozen, frozen: true }
})
export type Numbers = Effect.Success<ReturnType<typeof numbersOf>>

/** `540 questions in 2026-W46, counted now` */
export const numbersText = ({ frozen, report }: Numbers): string =>
  `${plural(report.questions, "question")} in ${report.period.weekId}, ` +
  (frozen ? "as they were frozen" : "counted now")
