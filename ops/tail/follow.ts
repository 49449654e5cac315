import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"
import { statusOfItem } from "../../src/layers/dynamodb/InteractionItem.ts"
import type { StoreUnavailable } from "../../src/services/InteractionStore.ts"
import { nameOfItem } from "../installation/StoredItems.ts"
import type { Table } from "../installation/Table.ts"
import { pagesOf, positionOf } from "../installation/WeekIndex.ts"

/** Misses an interaction that a redrive stores later than this after its question. */
const overlapMs = 10 * 60_000

/** Other clocks may be ahead. */
const aheadMs = 86_400_000

export interface Following {
  /** Runs once every later interaction is sure to be shown. */
  readonly onStart: Effect.Effect<void>
  readonly onNew: (item: Item) => Effect.Effect<void>
  /** Runs when the table does not answer, before the next try. */
  readonly onAway: (error: StoreUnavailable) => Effect.Effect<void>
}

/**
 * An item is shown again when this changes: another half has come, or another vote. A map of
 * DynamoDB has no order, so its fields are sorted.
 */
const stateOf = (item: Item): string =>
  item.vote === undefined
    ? (statusOfItem(item) ?? "")
    : JSON.stringify(Object.entries(item.vote.M ?? {}).sort())

/** Reads the items that are new since the last look, or whose other half has arrived. */
export const makeLook = (table: Table) => {
  const seen = new Map<string, { readonly timestamp: number; readonly status: string }>()
  return Effect.gen(function* () {
    const now = yield* Clock.currentTimeMillis
    const startMs = now - overlapMs
    const pages = yield* Stream.runCollect(pagesOf(table, { startMs, endMs: now + aheadMs }))
    const fresh = pages.flat().filter((item) => {
      const [name, status] = [nameOfItem(item), stateOf(item)]
      if (seen.get(name)?.status === status) return false
      seen.set(name, { timestamp: positionOf(item).timestamp, status })
      return true
    })
    for (const [name, { timestamp }] of seen) if (timestamp < startMs) seen.delete(name)
    return fresh
  })
}

/** Shows each new interaction, and shows it again when its other half arrives. */
export const follow = Effect.fnUntraced(function* (
  table: Table,
  { onAway, onNew, onStart }: Following
) {
  const look = makeLook(table)
  yield* look
  yield* onStart
  return yield* look.pipe(
    Effect.flatMap((items) => Effect.forEach(items, onNew, { discard: true })),
    Effect.catchTag("StoreUnavailable", onAway),
    Effect.repeat(Schedule.spaced("2 seconds"))
  )
})
