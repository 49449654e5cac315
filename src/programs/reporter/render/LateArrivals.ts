import type { WeeklyReport } from "../../../schema/report/WeeklyReport.ts"
import { plural } from "./Format.ts"

/** Tells what came after the report of the week before, in one sentence; empty without any. */
export const lateArrivals = ({ late }: WeeklyReport): ReadonlyArray<string> => {
  if (late === undefined) return []
  const { answers, questions } = late
  const what = [
    ...(questions === 0 ? [] : [plural(questions, "question")]),
    ...(answers === 0 ? [] : [plural(answers, "answer")])
  ]
  return [`${what.join(" and ")} of the week before arrived after its report.`]
}
