/** The interactions of a session in their order, each whole, batch after batch. */
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
import type { SessionId } from "../../src/schema/AnalyticsEvent.ts"
import type { Interaction } from "../../src/schema/Interaction.ts"
import type { InteractionSummary } from "../../src/schema/InteractionSummary.ts"
import { findItems } from "../erase/SessionItems.ts"
import { getItems, keyOf, nameOfItem } from "../installation/StoredItems.ts"
import type { Table } from "../installation/Table.ts"
import { byPosition, positionOf } from "../installation/WeekIndex.ts"

/** One stored interaction, with its texts. */
export interface Exchange {
  readonly summary: InteractionSummary
  readonly interaction: Interaction
}

/** Undefined for an item that is damaged, or of another version. */
const exchangeOf = (item: Item): Exchange | undefined => {
  const [summary, interaction] = [summaryOfItem(item), interactionOf(item)]
  return Result.isSuccess(summary) && interaction !== undefined
    ? { summary: summary.success, interaction }
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
    Stream.mapEffect((batch) =>
      Effect.map(getItems(table, batch.map(keyOf)), (found) =>
        batch.flatMap((item) => {
          const whole = found.get(nameOfItem(item))
          return whole === undefined ? [] : [exchangeOf(whole)]
        })
      )
    ),
    Stream.flatMap(Stream.fromIterable)
  )
