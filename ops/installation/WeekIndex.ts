/** The interactions of a span of time in their order, as the week index projects them. */
import { QueryCommand } from "@aws-sdk/client-dynamodb"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"
import { weekQuery } from "../../src/layers/dynamodb/InteractionCommands.ts"
import { utcWeeksOf, type WeekId } from "../../src/schema/IsoWeek.ts"
import { byCodeUnits } from "../../src/schema/report/Counts.ts"
import type { StoreError } from "../../src/services/InteractionStore.ts"
import type { Table } from "./Table.ts"

/** Epoch milliseconds: `startMs` inclusive, `endMs` exclusive. */
export interface Span {
  readonly startMs: number
  readonly endMs: number
}

/** Where an interaction stands in the order: by time, and by id among those of one time. */
export interface Position {
  readonly timestamp: number
  readonly requestId: string
}

export const positionOf = ({ requestId, timestamp }: Item): Position => ({
  timestamp: Number(timestamp?.N),
  requestId: requestId?.S ?? ""
})

export const byPosition = (a: Position, b: Position): number =>
  a.timestamp - b.timestamp || byCodeUnits(a.requestId, b.requestId)

/** Small, so that a page costs no more read units than the index has in a few seconds. */
const pageLengthMax = 250

const pagesOfWeek = (table: Table, span: Span, weekId: WeekId, nowMs: number) =>
  Stream.paginate(undefined as Item | undefined, (after) =>
    Effect.gen(function* () {
      const { input } = weekQuery(table.name, span, { weekId, nowMs, after })
      const page = yield* table.read("Query", (client, options) =>
        client.send(new QueryCommand({ ...input, Limit: pageLengthMax }), options)
      )
      return [[page.Items ?? []], Option.fromUndefinedOr(page.LastEvaluatedKey)] as const
    })
  )

type Page = ReadonlyArray<Item>

/** Items of one time come in any order and may be cut by a page: the last of them are kept back. */
const inOrder = (kept: Page, page: Page | "end"): readonly [Page, ReadonlyArray<Page>] => {
  if (page === "end") return [[], kept.length === 0 ? [] : [kept]]
  const all = [...kept, ...page].sort((a, b) => byPosition(positionOf(a), positionOf(b)))
  const last = all.at(-1)?.timestamp?.N
  const ready = all.filter(({ timestamp }) => timestamp?.N !== last)
  return [all.slice(ready.length), ready.length === 0 ? [] : [ready]]
}

/** Page by page, so that memory does not grow with the span; without what has expired. */
export const pagesOf = (table: Table, span: Span): Stream.Stream<Page, StoreError> =>
  Stream.fromEffect(Clock.currentTimeMillis).pipe(
    Stream.flatMap((nowMs) =>
      Stream.fromIterable(utcWeeksOf(span)).pipe(
        Stream.flatMap((weekId) => pagesOfWeek(table, span, weekId, nowMs))
      )
    ),
    // reached only when nothing failed: until then what is kept back may be incomplete
    Stream.concat(Stream.succeed("end" as const)),
    Stream.mapAccum((): Page => [], inOrder)
  )
