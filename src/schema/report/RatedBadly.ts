/** The answers that visitors voted down, those first that the judge of words took for answers. */
import type { InteractionSummary } from "../InteractionSummary.ts"
import type { Vote } from "../Vote.ts"
import { byCodeUnits } from "./Counts.ts"
import { answerOf } from "./QuestionTally.ts"
import type { BadRating, Verdict } from "./Votes.ts"

/** As many as a list of the report has, unless a reader wants all. */
export const ratingsMax = 10

export const verdictOf = ({ response }: InteractionSummary): Verdict =>
  response === undefined ? "noAnswer" : answerOf(response)

/** True of an answer that its words make a good one. */
export const isToldAnswered = (verdict: Verdict): boolean =>
  verdict === "full" || verdict === "partial"

const rank = ({ comment, verdict }: BadRating): number =>
  (isToldAnswered(verdict) ? 0 : 2) + (comment === undefined ? 1 : 0)

/** A total order, so that the same ratings stay in whichever order they come. */
const inTurn = (one: BadRating, other: BadRating): number =>
  rank(one) - rank(other) ||
  other.timestamp - one.timestamp ||
  byCodeUnits(one.requestId, other.requestId) ||
  byCodeUnits(JSON.stringify(one), JSON.stringify(other))

/** Keeps the first ones of the order, in place. */
export const addRatings = (
  target: Array<BadRating>,
  ratings: ReadonlyArray<BadRating>,
  atMost = ratingsMax
): void => {
  if (ratings.length === 0) return
  target.push(...ratings)
  target.sort(inTurn).splice(atMost)
}

export const badRatingOf = (summary: InteractionSummary, { comment, reason }: Vote): BadRating => ({
  requestId: summary.requestId,
  timestamp: summary.timestamp,
  question: summary.query?.question ?? "",
  verdict: verdictOf(summary),
  ...(reason === undefined ? {} : { reason }),
  ...(comment === undefined ? {} : { comment })
})
