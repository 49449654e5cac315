/** The last report in each channel beside its e-mail: told, waiting or given up. */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"
import { ledgerKey } from "../../src/layers/dynamodb/LedgerItem.ts"
import { ChannelName } from "../../src/schema/Channel.ts"
import type { WeekId } from "../../src/schema/IsoWeek.ts"
import { sendsMax } from "../../src/services/ReportLedger.ts"
import { getItems, nameOfItem } from "../installation/StoredItems.ts"
import type { Table } from "../installation/Table.ts"

/** `waiting`: it was not told yet, and a later run tries again; `given up`: no run does. */
export interface ChannelStatus {
  readonly channel: ChannelName
  readonly state: "told" | "skipped" | "waiting" | "given up"
  readonly toldAt: string | null
}

const statusOf = (channel: ChannelName, item: Item): ChannelStatus => {
  if (item.state?.S === "confirmed") {
    const toldAt = DateTime.formatIso(DateTime.makeUnsafe(Number(item.confirmedAt?.N)))
    return { channel, state: "told", toldAt }
  }
  if (item.state?.S === "skipped") return { channel, state: "skipped", toldAt: null }
  const isGivenUp = Number(item.unanswered?.N ?? 0) >= sendsMax
  return { channel, state: isGivenUp ? "given up" : "waiting", toldAt: null }
}

/** Empty where no channel is set up. */
export const channelsOf = Effect.fnUntraced(function* (table: Table, weekId: WeekId) {
  const keys = ChannelName.literals.map((channel) => ledgerKey({ weekId, channel }))
  const items = yield* getItems(table, keys)
  return ChannelName.literals.flatMap((channel) => {
    const item = items.get(nameOfItem(ledgerKey({ weekId, channel })))
    return item === undefined ? [] : [statusOf(channel, item)]
  })
})
