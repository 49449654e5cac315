/** Takes a visitor's vote on an answer: who holds its token may vote. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { readJson } from "../../runtime/readJson.ts"
import type { FeedbackEvent } from "../../schema/AnalyticsEvent.ts"
import { fieldsOf, textIn } from "../../schema/chat/Json.ts"
import { newVoteId } from "../../schema/Identifiers.ts"
import { messageOf } from "../../schema/QueueMessage.ts"
import type { Vote } from "../../schema/Vote.ts"
import { ratings, voteReasons } from "../../schema/VoteWords.ts"
import { publish } from "./deliver.ts"
import { Policy } from "./Policy.ts"
import { VoteRefused } from "./VoteRefused.ts"
import { VoteTokens } from "./VoteToken.ts"

/** A comment as long as the body may be is taken, because it is cut after redaction. */
const voteIn = (json: unknown): (Vote & { readonly token: string }) | undefined => {
  const { comment, rating, reason, token } = fieldsOf(json)
  const given = ratings.find((one) => one === rating)
  const because = voteReasons.find((one) => one === reason)
  const isRight = (comment ?? "") === "" || typeof comment === "string"
  if (typeof token !== "string" || given === undefined || !isRight) return undefined
  if (reason != null && because === undefined) return undefined
  if (given === "withdrawn") return { token, rating: given }
  const said = textIn(comment)
  return {
    token,
    rating: given,
    ...(because === undefined ? {} : { reason: because }),
    ...(said === undefined ? {} : { comment: said })
  }
}

/** Reads the vote as an event, or fails with the first fault of its request. */
export const takeVote = Effect.fnUntraced(function* (request: Request) {
  const tokens = yield* VoteTokens
  if (tokens === undefined) return yield* new VoteRefused({ code: "votes_off" })
  const json = yield* readJson(request).pipe(
    Effect.mapError(({ code }) => new VoteRefused({ code }))
  )
  const read = voteIn(json)
  if (read === undefined) return yield* new VoteRefused({ code: "invalid_vote" })
  const { token, ...vote } = read
  const votedAt = yield* Clock.currentTimeMillis
  const answered = yield* Effect.promise(() => tokens.verify(token, votedAt))
  if (answered === undefined) return yield* new VoteRefused({ code: "vote_refused" })
  return {
    eventType: "feedback",
    schemaVersion: 1,
    requestId: answered.requestId,
    queryTimestamp: answered.timestamp,
    votedAt,
    voteId: newVoteId(),
    ...vote
  } satisfies FeedbackEvent
})

/** Sends the vote, unless the visitor's browser asks the Worker not to. */
export const deliverVote = Effect.fnUntraced(function* (request: Request, vote: FeedbackEvent) {
  const { discretionFor } = yield* Policy
  const discretion = discretionFor(request)
  if (discretion === undefined) {
    return yield* Effect.logInfo("not recorded", { reason: "the visitor's signal" })
  }
  yield* publish([messageOf(discretion(vote))])
})
