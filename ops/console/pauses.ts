/** The console reads nothing while the reporter does: around its runs, and under its claims. */
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { nextAfter, type ScheduleDefinition, toCron } from "../../infra/definitions/Schedule.ts"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"
import { ledgerKey } from "../../src/layers/dynamodb/LedgerItem.ts"
import { previousWeek, utcWeekId, wallClock } from "../../src/schema/IsoWeek.ts"
import { getItems, nameOfItem } from "../installation/StoredItems.ts"
import type { Table } from "../installation/Table.ts"

/** A run begins up to a minute late; the weekly one has its claim soon after. */
const rests = {
  report: { beforeMs: 60_000, afterMs: 3 * 60_000, because: "the weekly report is due" },
  watch: { beforeMs: 30_000, afterMs: 90_000, because: "the hourly watch reads" }
}

/** An idle console takes at most so many read units a second. */
export const idleUnits = 0.5

/** Each look reads two small items, of which each takes half a unit. */
const lookEverySeconds = 30

/** Leaves room for these looks. */
export const idlePace = idleUnits - 1 / lookEverySeconds

const endings: ReadonlySet<string | undefined> = new Set(["confirmed", "skipped"])

interface Reporter {
  readonly schedule: ScheduleDefinition
  /** Absent where the watch is off. */
  readonly watch: ScheduleDefinition | undefined
  readonly zone: DateTime.TimeZone.Named
}

/** Tells why reading rests now, in a sentence; undefined while it may go on. */
export const reasonToPause = (table: Table, { schedule, watch, zone }: Reporter) => {
  const runs = [
    { run: schedule, ...rests.report },
    ...(watch === undefined ? [] : [{ run: watch, ...rests.watch }])
  ]
  // an item that has ended holds its report, which is large, and never changes its state again
  const ended = new Set<string>()
  const isClaimed = Effect.fnUntraced(function* (now: number) {
    const keys = [
      ledgerKey({ weekId: previousWeek(now, zone) }),
      ledgerKey({ weekId: utcWeekId(wallClock(now, zone)), interim: true })
    ].filter((key) => !ended.has(nameOfItem(key)))
    const items: ReadonlyMap<string, Item> = yield* getItems(table, keys)
    for (const [name, { state }] of items) if (endings.has(state?.S)) ended.add(name)
    return [...items.values()].some(
      ({ leaseUntil, state }) => state?.S === "claimed" && Number(leaseUntil?.N) > now
    )
  })
  return Effect.gen(function* () {
    const now = yield* Clock.currentTimeMillis
    for (const { afterMs, because, beforeMs, run } of runs) {
      const timeZone = DateTime.zoneToString(zone)
      const cron = yield* Effect.orDie(Effect.fromResult(toCron({ ...run, timeZone })))
      if (nextAfter(cron, now - afterMs) <= now + beforeMs) {
        return `Reading pauses for some minutes, because ${because}.`
      }
    }
    return (yield* isClaimed(now))
      ? "Reading pauses, because the reporter is making a report."
      : undefined
  })
}

/** Looks again and again; a table that does not answer forbids nothing. */
export const watchReporter = (
  table: Table,
  reporter: Reporter,
  tell: (reason: string | undefined) => Effect.Effect<void>
) =>
  reasonToPause(table, reporter).pipe(
    Effect.catch(() => Effect.succeed(undefined)),
    Effect.flatMap(tell),
    Effect.repeat(Schedule.spaced(`${lookEverySeconds} seconds`))
  )
