import * as Schema from "effect/Schema"

/** A message quotes questions, or shows totals alone. */
export const ReportQuestions = Schema.Literals(["shown", "hidden"])
export type ReportQuestions = typeof ReportQuestions.Type
