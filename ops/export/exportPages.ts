import * as Arr from "effect/Array"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"
import { interactionOf, summaryOfItem } from "../../src/layers/dynamodb/InteractionItem.ts"
import {
  isVoteItem,
  questionKey,
  voteEntryOf,
  voteOfItem
} from "../../src/layers/dynamodb/VoteItem.ts"
import type { InteractionSummary } from "../../src/schema/InteractionSummary.ts"
import type { Span } from "../../src/schema/IsoWeek.ts"
import type { VoteEntry } from "../../src/schema/WeekEntry.ts"
import { getItems, keyOf, nameOfItem } from "../installation/StoredItems.ts"
import type { Table } from "../installation/Table.ts"
import { byPosition, type Position, pagesOf, positionOf } from "../installation/WeekIndex.ts"
import type { Exported } from "./ExportLine.ts"

export interface Choice {
  readonly span: Span
  /** Also reads the items themselves, which costs the table's read units. */
  readonly withText: boolean
}

/** Interactions that are written together, and the position after which the next page starts. */
export interface ExportPage {
  readonly exported: ReadonlyArray<Exported>
  /** Counts items of another version, and those whose texts cannot be read. */
  readonly unreadable: number
  readonly last: Position
}

/** A page with texts is short, because an interaction may have a megabyte of them. */
const pageLength = { withText: 25, without: 250 }

/** An interaction's item with its vote's, or a vote's alone. */
interface Row {
  readonly item: Item
  readonly vote: Item | undefined
}

/** A page has whole instants, so a vote that stays alone has no question. */
const rowsOf = (page: ReadonlyArray<Item>): ReadonlyArray<Row> => {
  const votes = new Map(
    page.filter(isVoteItem).map((item) => [nameOfItem(questionKey(item)), item])
  )
  const rows = page.flatMap((item): ReadonlyArray<Row> => {
    if (isVoteItem(item)) return []
    const name = nameOfItem(item)
    const vote = votes.get(name)
    votes.delete(name)
    return [{ item, vote }]
  })
  const alone = [...votes.values()].map((item): Row => ({ item, vote: item }))
  return [...rows, ...alone].sort((a, b) => byPosition(positionOf(a.item), positionOf(b.item)))
}

/** What the index tells of a row. */
const toldOf = ({ item, vote }: Row): Result.Result<InteractionSummary | VoteEntry, unknown> => {
  if (isVoteItem(item)) return voteEntryOf(item)
  const told = vote === undefined ? undefined : Result.getOrUndefined(voteEntryOf(vote))
  return Result.map(summaryOfItem(item), (summary) =>
    told === undefined ? summary : { ...summary, vote: told.vote }
  )
}

/** Leaves out items that were erased or expired after the index was read. */
const pageOf = Effect.fnUntraced(function* (
  table: Table,
  rows: ReadonlyArray<Row>,
  { withText }: Choice
) {
  const keys = rows.flatMap(({ item, vote }) => [item, ...(vote === undefined ? [] : [vote])])
  const names = new Map(keys.map((item) => [nameOfItem(item), keyOf(item)]))
  const items = withText ? yield* getItems(table, [...names.values()]) : undefined
  const exported: Array<Exported> = []
  let unreadable = 0
  for (const row of rows) {
    const whole = items?.get(nameOfItem(row.item))
    if (withText && whole === undefined) continue
    const summary = toldOf(row)
    const vote = row.vote && items?.get(nameOfItem(row.vote))
    const event = vote && Result.getOrUndefined(voteOfItem(vote))
    const interaction = whole === undefined ? undefined : interactionOf(whole)
    const isLost = withText && interaction === undefined && event === undefined
    if (Result.isFailure(summary) || isLost) unreadable += 1
    if (Result.isFailure(summary)) continue
    exported.push({ summary: summary.success, interaction, vote: event })
  }
  const last = positionOf(rows.at(-1)?.item ?? {})
  return { exported, unreadable, last } satisfies ExportPage
})

/** The lines of a span in order; those up to the given position are left out. */
export const exportPages = (table: Table, choice: Choice, after: Position | undefined) => {
  const startMs = Math.max(choice.span.startMs, after?.timestamp ?? 0)
  const pageLengthMax = choice.withText ? pageLength.withText : pageLength.without
  const isLeft = ({ item }: Row): boolean =>
    after === undefined || byPosition(positionOf(item), after) > 0
  return pagesOf(table, { ...choice.span, startMs }).pipe(
    Stream.flatMap((page) =>
      Stream.fromIterable(Arr.chunksOf(rowsOf(page).filter(isLeft), pageLengthMax))
    ),
    Stream.mapEffect((page) => pageOf(table, page, choice))
  )
}
