import * as Data from "effect/Data"
import {
  bodyProblems,
  deploymentProblems,
  problemResponse,
  voteProblems
} from "../../runtime/Problem.ts"

const problems = { ...bodyProblems, ...voteProblems, ...deploymentProblems }

/** Why a vote is not taken. */
export class VoteRefused extends Data.TaggedError("VoteRefused")<{
  readonly code: keyof typeof problems
}> {}

export const refusalOf = ({ code }: VoteRefused): Response =>
  problemResponse(code, problems[code], {
    ...(code === "method_not_allowed" ? { allow: "POST, OPTIONS" } : {}),
    ...(code === "vote_unavailable" ? { "retry-after": "5" } : {})
  })
