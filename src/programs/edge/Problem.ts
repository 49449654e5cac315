import * as Data from "effect/Data"
import {
  bodyProblems,
  deploymentProblems,
  type ProblemForm,
  problemResponse,
  voteProblems
} from "../../runtime/Problem.ts"

/** Stable codes of all refusals, each with its status and its sentence. */
export const problems = {
  not_found: [404, "There is nothing at this path; questions go to POST /query."],
  origin_not_allowed: [403, "Pages of this origin may not ask here."],
  too_many_questions: [429, "Too many questions or votes in a short time; please wait a minute."],
  invalid_body: [422, "The body must be an object with a string `query`."],
  question_empty: [422, "The question is empty."],
  question_too_long: [422, "The question is longer than 2000 characters."],
  answer_timed_out: [504, "The chatbot took too long to answer; please try again."],
  answer_unavailable: [502, "The chatbot cannot answer at the moment; please try again."],
  internal_error: [500, "Something went wrong on our side."],
  ...bodyProblems,
  ...voteProblems,
  ...deploymentProblems
} as const satisfies Record<string, ProblemForm>

export type ProblemCode = keyof typeof problems

export class Problem extends Data.TaggedError("Problem")<{
  readonly code: ProblemCode
  /** Methods that the path accepts. */
  readonly allow?: string | undefined
}> {}

/** The headers that HTTP asks for beside a status. */
const headersFor = (code: ProblemCode, allow: string): Readonly<Record<string, string>> => {
  if (code === "method_not_allowed") return { allow }
  if (code === "too_many_questions") return { "retry-after": "60" }
  if (code === "answer_timed_out" || code === "answer_unavailable") return { "retry-after": "5" }
  return {}
}

/** Writes the problem as RFC 9457 JSON, which repeats no part of the request. */
export const toResponse = (code: ProblemCode, allow = "POST, OPTIONS"): Response =>
  problemResponse(code, problems[code], headersFor(code, allow))
