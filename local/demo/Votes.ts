/** What visitors of the demo think of its answers: the same votes for the same questions. */
import { FeedbackEvent, type ResponseEvent } from "../../src/schema/AnalyticsEvent.ts"
import { textHash } from "../../src/schema/report/textHash.ts"
import { VoteId } from "../../src/schema/Vote.ts"
import type { DemoQuestion } from "./DemoQuestion.ts"

/** One visitor in eight votes, and one in six of these thinks again. */
const share = { votes: 1 / 8, changes: 1 / 6, upOfAnswered: 0.85, upOfMissed: 0.1 }

const comments = {
  answered: ["That is out of date, see the list of projects.", "True, but not what I asked."],
  missed: ["It is on the page itself.", "Ask me for my address then."]
} as const

/** A number from 0 to 1 that a request has for each purpose; no other draw depends on it. */
const draw = ({ requestId }: ResponseEvent, purpose: string): number =>
  textHash(`${requestId}:${purpose}`) / 2 ** 32

const voteIdOf = ({ requestId }: ResponseEvent, n: number): VoteId =>
  VoteId.make(`${requestId.slice(0, 24)}${String(n).padStart(12, "0")}`)

const isMissed = ({ matchType, outcome }: ResponseEvent): boolean =>
  outcome === "failed" || matchType === "none"

const wordsOf = (response: ResponseEvent): Pick<FeedbackEvent, "comment" | "reason"> => {
  if (draw(response, "words") < 0.4) return {}
  const [first, second] = comments[isMissed(response) ? "missed" : "answered"]
  const comment = draw(response, "comment") < 0.5 ? first : second
  return { reason: isMissed(response) ? "incomplete" : "wrong", comment }
}

/** The votes on an answer in the order of their time; mostly there is none. */
export const votesOn = ({ response }: DemoQuestion): ReadonlyArray<FeedbackEvent> => {
  if (draw(response, "votes") >= share.votes) return []
  const upShare = isMissed(response) ? share.upOfMissed : share.upOfAnswered
  const rating = draw(response, "up") < upShare ? "up" : "down"
  const head = { requestId: response.requestId, queryTimestamp: response.queryTimestamp }
  const votedAt = response.timestamp + 5000 + Math.round(60_000 * draw(response, "time"))
  const first = FeedbackEvent.make({
    ...head,
    votedAt,
    voteId: voteIdOf(response, 1),
    rating,
    ...(rating === "down" ? wordsOf(response) : {})
  })
  if (draw(response, "changes") >= share.changes) return [first]
  const again = { ...head, votedAt: votedAt + 9000, voteId: voteIdOf(response, 2) }
  return [first, FeedbackEvent.make({ ...again, rating: rating === "up" ? "down" : "withdrawn" })]
}
