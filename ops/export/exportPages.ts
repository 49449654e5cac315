import * as Arr from "effect/Array"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"
import { interactionOf, summaryOfItem } from "../../src/layers/dynamodb/InteractionItem.ts"
import type { Span } from "../../src/schema/IsoWeek.ts"
import { getItems, keyOf, nameOfItem } from "../installation/StoredItems.ts"
import type { Table } from "../installation/Table.ts"
import { byPosition, type Position, pagesOf, positionOf } from "../installation/WeekIndex.ts"
import { type Format, lineOf } from "./ExportLine.ts"

export interface Choice {
  readonly span: Span
  readonly format: Format
  /** Also reads the items themselves, which costs the table's read units. */
  readonly withText: boolean
}

/** Lines that are written together, and the position after which the next page starts. */
export interface ExportPage {
  readonly text: string
  readonly lines: number
  /** Counts items of another version, and those whose texts cannot be read. */
  readonly unreadable: number
  readonly last: Position
}

/** A page with texts is short, because an interaction may have a megabyte of them. */
const pageLength = { withText: 25, without: 250 }

/** Leaves out items that were erased or expired after the index was read. */
const pageOf = Effect.fnUntraced(function* (
  table: Table,
  projected: ReadonlyArray<Item>,
  { format, withText }: Choice
) {
  const items = withText ? yield* getItems(table, projected.map(keyOf)) : undefined
  let [text, lines, unreadable] = ["", 0, 0]
  for (const item of projected) {
    const whole = items?.get(nameOfItem(item))
    if (withText && whole === undefined) continue
    const summary = summaryOfItem(item)
    const interaction = whole === undefined ? undefined : interactionOf(whole)
    if (Result.isFailure(summary) || (withText && interaction === undefined)) unreadable += 1
    if (Result.isFailure(summary)) continue
    text += lineOf({ summary: summary.success, interaction }, format, withText)
    lines += 1
  }
  const last = positionOf(projected.at(-1) ?? {})
  return { text, lines, unreadable, last } satisfies ExportPage
})

/** The lines of a span in order; those up to the given position are left out. */
export const exportPages = (table: Table, choice: Choice, after: Position | undefined) => {
  const startMs = Math.max(choice.span.startMs, after?.timestamp ?? 0)
  const pageLengthMax = choice.withText ? pageLength.withText : pageLength.without
  const isLeft = (item: Item): boolean =>
    after === undefined || byPosition(positionOf(item), after) > 0
  return pagesOf(table, { ...choice.span, startMs }).pipe(
    Stream.flatMap((page) => Stream.fromIterable(Arr.chunksOf(page.filter(isLeft), pageLengthMax))),
    Stream.mapEffect((page) => pageOf(table, page, choice))
  )
}
