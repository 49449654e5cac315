/** Reads weeks whole, one after the other and in the background, at the pace of the table. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as FiberMap from "effect/FiberMap"
import * as Semaphore from "effect/Semaphore"
import * as Stream from "effect/Stream"
import type { Period } from "../../src/schema/IsoWeek.ts"
import type { StoreError } from "../../src/services/InteractionStore.ts"
import type { Table } from "../installation/Table.ts"
import { pagesOf } from "../installation/WeekIndex.ts"
import type { Change, Reading } from "./ConsoleData.ts"
import { heldEntry } from "./heldEntry.ts"
import type { Rows } from "./Rows.ts"
import { againIfLost } from "./RowsLost.ts"
import type { HeldEntry } from "./rowTables.ts"

/** Interactions of the last minutes are followed, so they may have come during a reading. */
const unsettledMs = 10 * 60_000

const [hourMs, dayMs] = [3_600_000, 86_400_000]

/** Votes and late halves change a week for some time: dead letters live that long. */
const settlesAfterMs = 14 * dayMs

/** A small week need not be asked for twice. */
const patience = "1 second"

export interface WeekReadingOptions {
  readonly table: Table
  readonly rows: Rows
  readonly tell: (change: Change) => Effect.Effect<void>
  readonly onAway: (error: StoreError) => Effect.Effect<void>
  /** The units that reads of the week index have taken so far. */
  readonly unitsTaken: () => number
}

export const makeWeekReading = Effect.fnUntraced(function* ({
  onAway,
  rows,
  table,
  tell,
  unitsTaken
}: WeekReadingOptions) {
  const startedAt = yield* Clock.currentTimeMillis
  const readings = new Map<number, Reading>()
  const fibers = yield* FiberMap.make<number, void, never>()
  const oneByOne = yield* Semaphore.make(1)

  const read = Effect.fnUntraced(function* (period: Period) {
    const { endMs, startMs, weekId } = period
    const [readAt, before] = [yield* Clock.currentTimeMillis, unitsTaken()]
    const entries: Array<HeldEntry> = []
    yield* pagesOf(table, { startMs, endMs }).pipe(
      Stream.runForEach((page) => {
        entries.push(...page.map(heldEntry))
        const reading = { entries: entries.length, units: unitsTaken() - before }
        readings.set(startMs, reading)
        return tell({ kind: "week", weekId, reading })
      })
    )
    const settledMs = readAt - unsettledMs
    yield* againIfLost(Effect.sync(() => rows.replace(period, entries, { readAt, settledMs })))
  })

  const readInTurn = (period: Period) =>
    oneByOne
      .withPermits(1)(read(period))
      .pipe(
        Effect.catch(onAway),
        Effect.ensuring(Effect.sync(() => readings.delete(period.startMs))),
        Effect.andThen(tell({ kind: "week", weekId: period.weekId }))
      )

  /** A week that was not over is whole as long as this console has followed it since. */
  const hasRows = (period: Period): boolean => {
    const readAt = rows.readAt(period)
    return readAt !== undefined && readAt >= Math.min(period.endMs, startedAt)
  }

  const isHeld = (period: Period): boolean => hasRows(period) && rows.hasWords(period)

  const isStale = (period: Period, now: number): boolean =>
    now - (rows.readAt(period) ?? 0) > (now < period.endMs + settlesAfterMs ? hourMs : dayMs)

  const hold = Effect.fnUntraced(function* (periods: ReadonlyArray<Period>) {
    const now = yield* Clock.currentTimeMillis
    const wanted = periods.filter((period) => !isHeld(period) || isStale(period, now))
    for (const period of wanted) {
      if (!readings.has(period.startMs)) readings.set(period.startMs, { entries: 0, units: 0 })
      yield* FiberMap.run(fibers, period.startMs, readInTurn(period), { onlyIfMissing: true })
    }
    if (wanted.length > 0) {
      yield* FiberMap.awaitEmpty(fibers).pipe(Effect.timeoutOption(patience))
    }
    const going = periods.flatMap(({ startMs }) => readings.get(startMs) ?? [])
    const sum = (of: keyof Reading) => going.reduce((total, reading) => total + reading[of], 0)
    const reading =
      going.length === 0 ? {} : { reading: { entries: sum("entries"), units: sum("units") } }
    return { isHeld: periods.every(isHeld), ...reading }
  })

  return { hold, hasRows }
})
