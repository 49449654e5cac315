/** The interactions of a time span in their order, as the week index projects them. */
import { QueryCommand, type QueryCommandOutput } from "@aws-sdk/client-dynamodb"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"
import { newestQuery, weekQuery } from "../../src/layers/dynamodb/InteractionCommands.ts"
import { type Span, utcWeeksOf, type WeekId } from "../../src/schema/IsoWeek.ts"
import { byCodeUnits } from "../../src/schema/report/Counts.ts"
import type { StoreError } from "../../src/services/InteractionStore.ts"
import type { Table } from "./Table.ts"

/** An interaction's place in the order: by time, then by id. */
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

/** A page of this size costs the read units of a few seconds. */
const pageLengthMax = 250

const pagesOfWeek = (table: Table, span: Span, weekId: WeekId, nowMs: number) =>
  Stream.paginate(undefined as Item | undefined, (after) => {
    const { input } = weekQuery(table.name, { period: span, weekId, nowMs, after })
    return table
      .read(new QueryCommand({ ...input, Limit: pageLengthMax }))
      .pipe(
        Effect.map(
          ({ Items = [], LastEvaluatedKey }) =>
            [[Items], Option.fromUndefinedOr(LastEvaluatedKey)] as const
        )
      )
  })

type Page = ReadonlyArray<Item>

/** Holds back a page's last instant, because the next page has more of its unordered items. */
const inOrder = (kept: Page, page: Page | "end"): readonly [Page, ReadonlyArray<Page>] => {
  if (page === "end") return [[], kept.length === 0 ? [] : [kept]]
  const all = [...kept, ...page].sort((a, b) => byPosition(positionOf(a), positionOf(b)))
  const last = all.at(-1)?.timestamp?.N
  const ready = all.filter(({ timestamp }) => timestamp?.N !== last)
  return [all.slice(ready.length), ready.length === 0 ? [] : [ready]]
}

/** Expired interactions are left out. Memory does not grow with the span. */
export const pagesOf = (table: Table, span: Span): Stream.Stream<Page, StoreError> =>
  Stream.fromEffect(Clock.currentTimeMillis).pipe(
    Stream.flatMap((nowMs) =>
      Stream.fromIterable(utcWeeksOf(span)).pipe(
        Stream.flatMap((weekId) => pagesOfWeek(table, span, weekId, nowMs))
      )
    ),
    // a failure must not release what is kept back, which may be incomplete
    Stream.concat(Stream.succeed("end" as const)),
    Stream.mapAccum((): Page => [], inOrder)
  )

/** Reads one page; the whole {@link Table} does so too. */
interface Readable<E, R> {
  readonly name: string
  readonly read: (command: QueryCommand) => Effect.Effect<QueryCommandOutput, E, R>
}

/** Epoch milliseconds of a span's last question, undefined when it has none. */
export const newestIn = Effect.fnUntraced(function* <E, R>(table: Readable<E, R>, span: Span) {
  const nowMs = yield* Clock.currentTimeMillis
  for (const weekId of utcWeeksOf(span).toReversed()) {
    const { Items = [] } = yield* table.read(
      newestQuery(table.name, { period: span, weekId, nowMs })
    )
    if (Items[0] !== undefined) return positionOf(Items[0]).timestamp
  }
})
