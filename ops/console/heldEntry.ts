import * as Result from "effect/Result"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"
import { summaryOfItem } from "../../src/layers/dynamodb/InteractionItem.ts"
import { isVoteItem, voteEntryOf } from "../../src/layers/dynamodb/VoteItem.ts"
import type { RequestId } from "../../src/schema/AnalyticsEvent.ts"
import { unreadable } from "../../src/schema/InteractionSummary.ts"
import { positionOf } from "../installation/WeekIndex.ts"
import type { HeldEntry } from "./rowTables.ts"

/** An item of the week index; one that cannot be read keeps its place, because it is counted. */
export const heldEntry = (item: Item): HeldEntry => {
  const entry: Result.Result<HeldEntry, unknown> = isVoteItem(item)
    ? voteEntryOf(item)
    : summaryOfItem(item)
  const { requestId, timestamp } = positionOf(item)
  return Result.getOrElse(entry, () => ({
    ...unreadable,
    timestamp,
    requestId: requestId as RequestId
  }))
}
