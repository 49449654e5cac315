/** Follows new interactions for as long as the console runs, at an idle pace. */
import { QueryCommand } from "@aws-sdk/client-dynamodb"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { weekQuery } from "../../src/layers/dynamodb/InteractionCommands.ts"
import { type Span, utcWeeksOf } from "../../src/schema/IsoWeek.ts"
import type { Table } from "../installation/Table.ts"
import { positionOf } from "../installation/WeekIndex.ts"
import { makeLook } from "../tail/follow.ts"
import { heldEntry } from "./heldEntry.ts"
import type { Rows } from "./Rows.ts"
import type { HeldEntry } from "./rowTables.ts"

const rest = "2 seconds"

/** The first page shows something before the week is read. */
const firstPageLength = 100

/** Reads the last interactions of a span's last week, and tells since when they are whole. */
export const readNewest = Effect.fnUntraced(function* (table: Table, rows: Rows, span: Span) {
  const nowMs = yield* Clock.currentTimeMillis
  const weekId = utcWeeksOf(span).at(-1)
  if (weekId === undefined) return nowMs
  const { input } = weekQuery(table.name, { period: span, weekId, nowMs, after: undefined })
  const { Items = [], LastEvaluatedKey } = yield* table.read(
    new QueryCommand({ ...input, ScanIndexForward: false, Limit: firstPageLength })
  )
  rows.put(Items.map(heldEntry))
  const last = LastEvaluatedKey === undefined ? undefined : Items.at(-1)
  return last === undefined ? span.startMs : positionOf(last).timestamp
})

export interface FollowingOptions {
  readonly rows: Rows
  readonly onEntries: (entries: ReadonlyArray<HeldEntry>) => Effect.Effect<void>
}

/** Looks once at the last minutes, and tells what is new since the look before; then it rests. */
export const followTable = (table: Table, { onEntries, rows }: FollowingOptions) => {
  const look = makeLook(table)
  let isFirst = true
  return Effect.gen(function* () {
    const entries = (yield* look).map(heldEntry)
    rows.put(entries)
    if (!isFirst && entries.length > 0) yield* onEntries(entries)
    isFirst = false
    yield* Effect.sleep(rest)
  })
}
