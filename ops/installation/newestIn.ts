import { QueryCommand } from "@aws-sdk/client-dynamodb"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { weekQuery } from "../../src/layers/dynamodb/InteractionCommands.ts"
import { utcWeeksOf } from "../../src/schema/IsoWeek.ts"
import type { Table } from "./Table.ts"
import { positionOf, type Span } from "./WeekIndex.ts"

/** Epoch milliseconds of the last question of a span, undefined when there was none. */
export const newestIn = Effect.fnUntraced(function* (table: Table, span: Span) {
  const nowMs = yield* Clock.currentTimeMillis
  for (const weekId of utcWeeksOf(span).toReversed()) {
    const { input } = weekQuery(table.name, span, { weekId, nowMs, after: undefined })
    const { Items = [] } = yield* table.read("Query", (client, options) =>
      client.send(new QueryCommand({ ...input, ScanIndexForward: false, Limit: 1 }), options)
    )
    const [newest] = Items
    if (newest !== undefined) return positionOf(newest).timestamp
  }
  return undefined
})
