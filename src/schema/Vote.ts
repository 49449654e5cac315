/** What a visitor thinks of an answer. */
import * as Schema from "effect/Schema"
import { commentLengthMax, ratings, voteReasons } from "./VoteWords.ts"

/** A UUID that the Worker makes for each vote. */
export const VoteId = Schema.String.check(Schema.isUUID()).pipe(Schema.brand("VoteId"))
export type VoteId = typeof VoteId.Type

export const Vote = Schema.Struct({
  rating: Schema.Literals(ratings),
  reason: Schema.optionalKey(Schema.Literals(voteReasons)),
  comment: Schema.optionalKey(Schema.String.check(Schema.isMaxLength(commentLengthMax)))
})
export type Vote = typeof Vote.Type

/** Leaves no words of a vote that was taken back. */
export const voteIn = ({ comment, rating, reason }: Vote): Vote => ({
  rating,
  ...(reason === undefined || rating === "withdrawn" ? {} : { reason }),
  ...(comment === undefined || comment === "" || rating === "withdrawn" ? {} : { comment })
})

/** The place of a vote among those of its request; no two votes share one. */
export interface VoteOrder {
  readonly votedAt: number
  readonly voteId: string
}

export const isLaterVote = (one: VoteOrder, other: VoteOrder): boolean =>
  one.votedAt === other.votedAt ? one.voteId > other.voteId : one.votedAt > other.votedAt

/** A maximum: the same votes, repeated and in any order, leave the same one. */
export const latestVote = <V extends VoteOrder>(known: V | undefined, vote: V): V =>
  known === undefined || isLaterVote(vote, known) ? vote : known
