/**
 * A vote as a DynamoDB item of its own: to update the interaction instead would cost the units of
 * its whole size again. It is in the week of its question, and expires with it.
 */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { FeedbackEvent } from "../../schema/AnalyticsEvent.ts"
import { eventKey, type InteractionKey } from "../../schema/Interaction.ts"
import { utcWeekId } from "../../schema/IsoWeek.ts"
import { type VoteOrder, voteIn } from "../../schema/Vote.ts"
import { VoteEntry } from "../../schema/WeekEntry.ts"
import { attributesOf, number, plainFields, string } from "./Attributes.ts"
import type { Item } from "./DynamoDb.ts"
import { expiresAtOf, ttlAttribute } from "./InteractionItem.ts"

/** No interaction's key begins like this, because a request id is a UUID. */
const prefix = "vote#"

export const isVoteItem = ({ requestId }: Item): boolean =>
  requestId?.S?.startsWith(prefix) === true

/** The key of the question that a vote's item is about. */
export const questionKey = ({ requestId, timestamp }: Item): Item => ({
  requestId: string((requestId?.S ?? "").slice(prefix.length)),
  timestamp: timestamp ?? number(0)
})

export const voteKey = ({ requestId, timestamp }: InteractionKey): Item => ({
  requestId: string(`${prefix}${requestId}`),
  timestamp: number(timestamp)
})

export const orderAttributes = ({ votedAt, voteId }: VoteOrder): Item =>
  attributesOf({ votedAt, voteId })

export const voteItem = (event: FeedbackEvent): Item => {
  const key = eventKey(event)
  return {
    ...voteKey(key),
    ...orderAttributes(event),
    ...attributesOf({
      week: utcWeekId(key.timestamp),
      [ttlAttribute]: expiresAtOf(key),
      vote: voteIn(event)
    })
  }
}

/** Later than the vote of any event. */
const last: VoteOrder = { votedAt: Number.MAX_SAFE_INTEGER, voteId: "erased" }

/** Takes the place of a vote for ever, so that a late one leaves no comment; no report reads it. */
export const tombstoneOf = (key: InteractionKey): Item => ({
  ...voteKey(key),
  ...orderAttributes(last),
  ...attributesOf({ [ttlAttribute]: expiresAtOf(key) })
})

/** Tells a repeat of the item's own vote from one that came before it. */
export const isSameVote = (item: Item, { votedAt, voteId }: VoteOrder): boolean =>
  item.voteId?.S === voteId && item.votedAt?.N === String(votedAt)

const fieldsOf = (item: Item): Record<string, unknown> => {
  const fields = plainFields(item)
  return { ...fields, requestId: String(fields.requestId).slice(prefix.length) }
}

const decodeEvent = Schema.decodeUnknownResult(FeedbackEvent)
const decodeEntry = Schema.decodeUnknownResult(VoteEntry)

/** Reads a whole item; fails for a tombstone, and for an item of any other kind. */
export const voteOfItem = (item: Item): Result.Result<FeedbackEvent, unknown> =>
  Result.flatMap(
    Result.try(() => fieldsOf(item)),
    ({ timestamp, vote, ...fields }): Result.Result<FeedbackEvent, unknown> =>
      decodeEvent({
        ...fields,
        ...Object(vote),
        queryTimestamp: timestamp,
        eventType: "feedback",
        schemaVersion: 1
      })
  )

/** Reads the attributes that the week index projects. */
export const voteEntryOf = (item: Item): Result.Result<VoteEntry, unknown> =>
  Result.flatMap(
    Result.try(() => fieldsOf(item)),
    (fields): Result.Result<VoteEntry, unknown> => decodeEntry({ ...fields, status: "vote" })
  )
