/** The interactions of a session in their order, each whole and with its vote, in batches. */
import * as Arr from "effect/Array"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"
import {
  firstLive,
  interactionOf,
  summaryOfItem
} from "../../src/layers/dynamodb/InteractionItem.ts"
import { voteKey, voteOfItem } from "../../src/layers/dynamodb/VoteItem.ts"
import type { SessionId } from "../../src/schema/AnalyticsEvent.ts"
import type { Interaction } from "../../src/schema/Interaction.ts"
import type { InteractionSummary } from "../../src/schema/InteractionSummary.ts"
import { type Vote, voteIn } from "../../src/schema/Vote.ts"
import { findItems, keyIn } from "../erase/SessionItems.ts"
import { getItems, keyOf, nameOfItem } from "../installation/StoredItems.ts"
import type { Table } from "../installation/Table.ts"
import { byPosition, positionOf } from "../installation/WeekIndex.ts"

/** One stored interaction, with its texts. */
export interface Exchange {
  readonly summary: InteractionSummary
  readonly interaction: Interaction
  readonly vote: Vote | undefined
}

/** Undefined also for a tombstone, and for a vote that cannot be read. */
const votedIn = (item: Item | undefined): Vote | undefined => {
  const event = item === undefined ? undefined : Result.getOrUndefined(voteOfItem(item))
  return event && voteIn(event)
}

/** Undefined for an item that is damaged, or of another version. */
const exchangeOf = (item: Item, vote: Item | undefined): Exchange | undefined => {
  const [summary, interaction] = [summaryOfItem(item), interactionOf(item)]
  return Result.isSuccess(summary) && interaction !== undefined
    ? { summary: summary.success, interaction, vote: votedIn(vote) }
    : undefined
}

/** Read together, because an interaction may have a megabyte of texts. */
const batchLength = 25

/** Finds the keys in the index, and leaves out what has expired. */
export const findConversation = Effect.fnUntraced(function* (table: Table, session: SessionId) {
  const first = firstLive(yield* Clock.currentTimeMillis)
  const items = yield* findItems(table, session)
  return items
    .filter((item) => positionOf(item).timestamp >= first)
    .sort((a, b) => byPosition(positionOf(a), positionOf(b)))
})

/** Leaves out what is erased meanwhile. */
export const exchangesOf = (table: Table, items: ReadonlyArray<Item>) =>
  Stream.fromIterable(Arr.chunksOf(items, batchLength)).pipe(
    Stream.mapEffect((batch) => {
      const voteKeys = batch.map((item) => voteKey(keyIn(item)))
      return Effect.map(getItems(table, [...batch.map(keyOf), ...voteKeys]), (found) =>
        batch.flatMap((item) => {
          const whole = found.get(nameOfItem(item))
          const vote = found.get(nameOfItem(voteKey(keyIn(item))))
          return whole === undefined ? [] : [exchangeOf(whole, vote)]
        })
      )
    }),
    Stream.flatMap(Stream.fromIterable)
  )
