/** The ledger's last report, and whether one is overdue. */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type { Definitions } from "../../infra/definitions/Definitions.ts"
import { nextAfter, toCron } from "../../infra/definitions/Schedule.ts"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"
import { firstLive } from "../../src/layers/dynamodb/InteractionItem.ts"
import { ledgerKey } from "../../src/layers/dynamodb/LedgerItem.ts"
import { periodOf, previousWeek, WeekId, weeksBefore } from "../../src/schema/IsoWeek.ts"
import { sendsMax } from "../../src/services/ReportLedger.ts"
import { getItems, nameOfItem } from "../installation/StoredItems.ts"
import type { Table } from "../installation/Table.ts"
import { newestIn } from "../installation/WeekIndex.ts"
import { channelsOf } from "./ChannelStatus.ts"
import type { ReportStatus } from "./Status.ts"

/** A quarter of a year: older reports say little about the system as it is now. */
const weeksLookedAt = 13

const statusOf = (week: WeekId, item: Item, now: number): ReportStatus => {
  const unsent = { week, sentAt: null, messageId: null }
  if (item.state?.S === "confirmed") {
    const sentAt = DateTime.formatIso(DateTime.makeUnsafe(Number(item.confirmedAt?.N)))
    return { week, state: "sent", sentAt, messageId: item.messageId?.S ?? null }
  }
  if (item.state?.S === "skipped") return { ...unsent, state: "skipped" }
  if (Number(item.unanswered?.N ?? 0) >= sendsMax) return { ...unsent, state: "unanswered" }
  return { ...unsent, state: Number(item.leaseUntil?.N) > now ? "claimed" : "failed" }
}

/** Time for three runs of 15 minutes each, with Lambda's pauses between them. */
const graceMs = 60 * 60_000

const dueAt = Effect.fnUntraced(function* (
  weekId: WeekId,
  schedule: Definitions["schedule"],
  zone: DateTime.TimeZone.Named
) {
  const { expression } = schedule
  const cron = yield* Effect.fromResult(
    toCron({ expression, timeZone: DateTime.zoneToString(zone) })
  )
  return nextAfter(cron, periodOf(weekId, zone).endMs - 1) + graceMs
})

/** Until the week's end: a week without a question has a report too, once there were some. */
const sinceRetention = (weekId: WeekId, zone: DateTime.TimeZone.Named, now: number) => ({
  startMs: firstLive(now),
  endMs: periodOf(weekId, zone).endMs
})

interface Due {
  readonly now: number
  readonly schedule: Definitions["schedule"]
  readonly zone: DateTime.TimeZone.Named
}

/** A new system has no overdue report before its first question. */
export const lastReport = Effect.fnUntraced(function* (table: Table, { now, schedule, zone }: Due) {
  const due = previousWeek(now, zone)
  const weeks = [...weeksBefore(due, weeksLookedAt), due]
  const keys = weeks.map((weekId) => ledgerKey({ weekId }))
  const items = yield* getItems(table, keys)
  const known = weeks.flatMap((weekId) => {
    const item = items.get(nameOfItem(ledgerKey({ weekId })))
    return item === undefined ? [] : [statusOf(weekId, item, now)]
  })
  const last = known.at(-1) ?? null
  const isOut = last?.week === due && last.state !== "failed"
  const isMissing =
    !isOut &&
    now > (yield* dueAt(due, schedule, zone)) &&
    (known.length > 0 || (yield* newestIn(table, sinceRetention(due, zone, now))) !== undefined)
  const channels = last === null ? [] : yield* channelsOf(table, WeekId.make(last.week))
  return { lastReport: last, channels, missingReport: isMissing ? due : null }
})
