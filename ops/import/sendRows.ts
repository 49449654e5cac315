/** Puts rows on the queue as ordinary events, at the table's pace; the store ignores repeats. */
import * as Effect from "effect/Effect"
import { keyAttributes } from "../../src/layers/dynamodb/InteractionItem.ts"
import { voteKey } from "../../src/layers/dynamodb/VoteItem.ts"
import type { AnalyticsEvent } from "../../src/schema/AnalyticsEvent.ts"
import { eventKey } from "../../src/schema/Interaction.ts"
import type { Queue } from "../installation/Queue.ts"
import { getItems, nameOfItem } from "../installation/StoredItems.ts"
import type { Table } from "../installation/Table.ts"
import type { Events } from "./importHistory.ts"
import { publish } from "./publish.ts"

const itemKeyOf = (event: AnalyticsEvent) =>
  event.eventType === "feedback" ? voteKey(eventKey(event)) : keyAttributes(eventKey(event))

/** The attribute by which an item shows that it has this event. */
const shownBy = { query: "queryEvent", response: "responseEvent", feedback: "votedAt" } as const

export interface Sending {
  readonly queue: Queue
  readonly table: Table
  readonly secondsFor: (events: Events) => number
}

/** Looks first which rows the table has, so that a second import costs no writes. */
export const sendRows = ({ queue, secondsFor, table }: Sending) =>
  Effect.fnUntraced(function* (rows: ReadonlyArray<Events>) {
    const keys = new Map(
      rows
        .flat()
        .map(itemKeyOf)
        .map((key) => [nameOfItem(key), key])
    )
    const items = yield* getItems(table, [...keys.values()])
    const isStored = (event: AnalyticsEvent): boolean =>
      items.get(nameOfItem(itemKeyOf(event)))?.[shownBy[event.eventType]] !== undefined
    const fresh = rows.filter((events) => !events.every(isStored))
    if (fresh.length > 0) yield* publish(queue, fresh.flat())
    const seconds = fresh.reduce((sum, events) => sum + secondsFor(events), 0)
    yield* Effect.sleep(seconds * 1000)
    return fresh
  })
