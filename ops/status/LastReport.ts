/** What the ledger says of the last reports, and whether one is overdue. */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type { Definitions } from "../../infra/definitions/Definitions.ts"
import { nextAfter, toCron } from "../../infra/definitions/Schedule.ts"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"
import { ledgerKey } from "../../src/layers/dynamodb/LedgerItem.ts"
import { periodOf, previousWeek, type WeekId, weeksBefore } from "../../src/schema/IsoWeek.ts"
import { getItems, nameOfItem } from "../installation/StoredItems.ts"
import type { Table } from "../installation/Table.ts"
import { newestIn } from "../installation/WeekIndex.ts"
import type { ReportStatus } from "./Status.ts"

/** A quarter of a year: what is older tells nothing of how the system is now. */
const weeksLookedAt = 13

const statusOf = (weekId: WeekId, item: Item, now: number): ReportStatus => {
  const unsent = { weekId, sentAtMs: null, messageId: null }
  switch (item.state?.S) {
    case "confirmed": {
      const sentAtMs = Number(item.confirmedAt?.N)
      return { weekId, state: "sent", sentAtMs, messageId: item.messageId?.S ?? null }
    }
    case "skipped":
      return { ...unsent, state: "skipped" }
    default:
      return { ...unsent, state: Number(item.leaseUntil?.N) > now ? "claimed" : "failed" }
  }
}

const isDone = ({ state }: ReportStatus): boolean => state === "sent" || state === "skipped"

/** The schedule, Lambda's retries and a lease that must run out first. */
const graceMs = 30 * 60_000

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

/** A new system has no report of a week in which nobody asked anything. */
export const lastReport = Effect.fnUntraced(function* (
  table: Table,
  {
    now,
    schedule,
    zone
  }: {
    readonly now: number
    readonly schedule: Definitions["schedule"]
    readonly zone: DateTime.TimeZone.Named
  }
) {
  const due = previousWeek(now, zone)
  const weeks = [...weeksBefore(due, weeksLookedAt), due]
  const items = yield* getItems(
    table,
    weeks.map((weekId) => ledgerKey({ weekId }))
  )
  const known = weeks.flatMap((weekId) => {
    const item = items.get(nameOfItem(ledgerKey({ weekId })))
    return item === undefined ? [] : [statusOf(weekId, item, now)]
  })
  const last = known.at(-1) ?? null
  const isOut = last?.weekId === due && (isDone(last) || last.state === "claimed")
  const isMissing =
    !isOut &&
    now > (yield* dueAt(due, schedule, zone)) &&
    (known.length > 0 || (yield* newestIn(table, periodOf(due, zone))) !== undefined)
  return { lastReport: last, missingReport: isMissing ? due : null }
})
