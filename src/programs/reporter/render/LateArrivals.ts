import type { WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import type { Words } from "../words/English.ts"

/** Tells what came after the report of the week before, in one sentence; empty without any. */
export const lateArrivals = ({ late }: WeeklyReport, words: Words): ReadonlyArray<string> =>
  late === undefined ? [] : [words.trend.late(late.questions, late.answers)]
