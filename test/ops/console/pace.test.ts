import { QueryCommand } from "@aws-sdk/client-dynamodb"
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Latch from "effect/Latch"
import * as TestClock from "effect/testing/TestClock"
import { followInstallation } from "../../../ops/console/followInstallation.ts"
import { followTable } from "../../../ops/console/followTable.ts"
import { type Pacing, pacedTable, pacesOf, unlimited } from "../../../ops/console/pacedTable.ts"
import { idlePace, reasonToPause } from "../../../ops/console/pauses.ts"
import { Rows } from "../../../ops/console/Rows.ts"
import { RowsLost } from "../../../ops/console/RowsLost.ts"
import { type Table, tableOf } from "../../../ops/installation/Table.ts"
import type { Item } from "../../../src/layers/dynamodb/DynamoDb.ts"
import { indexes } from "../../../src/layers/dynamodb/InteractionItem.ts"
import { ledgerKey } from "../../../src/layers/dynamodb/LedgerItem.ts"
import { periodOf, WeekId } from "../../../src/schema/IsoWeek.ts"

const allowed: Pacing = {
  paces: unlimited,
  untilAllowed: Effect.void,
  onThrottled: Effect.void
}

/** A table whose every read takes so many units; it notes when. */
const costing = (units: number) => {
  const times: Array<number> = []
  const read = () =>
    Effect.map(Clock.currentTimeMillis, (now) => {
      times.push(now)
      return { Items: [], ConsumedCapacity: { CapacityUnits: units }, $metadata: {} }
    })
  return { times, table: { name: "t", place: "here", read, write: read } as unknown as Table }
}

const query = () => new QueryCommand({ TableName: "t", IndexName: indexes.week })

describe("Reading at a pace", () => {
  it.effect("takes half of the week index", () =>
    Effect.gen(function* () {
      const { table, times } = costing(4)
      const paced = pacedTable(table, { ...allowed, paces: { ...unlimited, weekIndex: 2 } })
      const reading = yield* Effect.forkChild(Effect.forEach([1, 2, 3], () => paced.read(query())))
      yield* TestClock.adjust("1 minute")
      yield* Fiber.join(reading)
      assert.deepStrictEqual(times, [0, 2000, 4000])
      const indexOf = (IndexName: string, ReadCapacityUnits: number) => ({
        IndexName,
        ProvisionedThroughput: { ReadCapacityUnits }
      })
      const GlobalSecondaryIndexes = [indexOf(indexes.week, 12), indexOf(indexes.session, 4)]
      const ProvisionedThroughput = { ReadCapacityUnits: 9 }
      const definitions = { table: { GlobalSecondaryIndexes, ProvisionedThroughput } }
      assert.deepStrictEqual(pacesOf(definitions as never), {
        weekIndex: 6,
        sessionIndex: 4,
        table: 9
      })
    })
  )

  it.effect("takes less than half a unit a second while it follows, whatever a look costs", () =>
    Effect.gen(function* () {
      for (const units of [0.5, 1, 7]) {
        const { table, times } = costing(units)
        const rows = new Rows(":memory:", { keepsTexts: true })
        const paced = pacedTable(table, {
          ...allowed,
          paces: { ...unlimited, weekIndex: idlePace }
        })
        const look = followTable(paced, { rows, onEntries: () => Effect.void })
        const following = yield* Effect.forkChild(Effect.forever(look))
        yield* TestClock.adjust("10 minutes")
        yield* Fiber.interrupt(following)
        // the first read may come before its units are earned
        assert.isAtMost((times.length - 1) * units, 600 * idlePace)
        assert.isAbove(times.length, 30)
      }
    })
  )

  it.effect("stops while the reporter reads", () =>
    Effect.gen(function* () {
      const { table, times } = costing(1)
      const latch = yield* Latch.make(false)
      const paced = pacedTable(table, { ...allowed, untilAllowed: latch.await })
      const reading = yield* Effect.forkChild(paced.read(query()))
      yield* TestClock.adjust("1 hour")
      assert.deepStrictEqual(times, [])
      yield* latch.open
      yield* Fiber.join(reading)
      assert.strictEqual(times.length, 1)
    })
  )

  it.effect("waits while the table throttles, and tells so", () =>
    Effect.gen(function* () {
      let [asked, told] = [0, 0]
      const client = {
        send: () => {
          asked += 1
          const refusal = new Error("slow down")
          refusal.name = "ProvisionedThroughputExceededException"
          return asked <= 8 ? Promise.reject(refusal) : Promise.resolve({ Items: [] })
        }
      }
      const onThrottled = Effect.sync(() => {
        told += 1
      })
      const paced = pacedTable(tableOf(client as never, "t", "here"), { ...allowed, onThrottled })
      const reading = yield* Effect.forkChild(paced.read(query()))
      yield* TestClock.adjust("1 minute")
      yield* Fiber.join(reading)
      assert.strictEqual(asked, 9)
      assert.isAtLeast(told, 1)
    })
  )
})

describe("Following a table", () => {
  it.effect("begins anew when the rows were lost, because their file was damaged", () =>
    Effect.gen(function* () {
      const firstReads: Array<number> = []
      const read = ({ input }: QueryCommand) =>
        Effect.map(Clock.currentTimeMillis, (now) => {
          if (input.ScanIndexForward === false) firstReads.push(now)
          return { Items: [], Responses: {}, $metadata: {} }
        })
      const table = { name: "t", place: "here", read, write: read }
      let [beginnings, isDamaged] = [1, false]
      const rows = {
        beginnings: 1,
        readAt: () => undefined,
        hasWords: () => false,
        totals: () => ({ held: 1 }),
        replace: () => {},
        ofKeys: () => [],
        put: () => {
          if (!isDamaged) return
          isDamaged = false
          beginnings += 1
          rows.beginnings = beginnings
          throw new RowsLost()
        }
      }
      const schedule = { expression: "cron(0 7 ? * MON *)", timeZone: "Etc/UTC" }
      yield* followInstallation({
        counting: { zone: DateTime.zoneMakeNamedUnsafe("Etc/UTC"), prices: [] },
        installation: { isLocal: true, table, definitions: { schedule } },
        rows,
        source: { kind: "local", name: "t", showsTexts: true }
      } as never)
      yield* TestClock.adjust("1 minute")
      assert.lengthOf(firstReads, 1)
      isDamaged = true
      yield* TestClock.adjust("1 minute")
      assert.lengthOf(firstReads, 2)
      yield* TestClock.adjust("1 minute")
      assert.lengthOf(firstReads, 2)
    }).pipe(Effect.scoped)
  )
})

describe("The reporter's turn", () => {
  const zone = DateTime.zoneMakeNamedUnsafe("Europe/London")
  const week = WeekId.make("2026-W47")
  const schedule = { expression: "cron(0 7 ? * MON *)", timeZone: "Europe/London" }
  const watch = { expression: "cron(7 * * * ? *)", timeZone: "Europe/London" }
  const mondayMs = periodOf(week, zone).endMs + 7 * 3_600_000

  const holding = (item: Item | undefined) => {
    let looks = 0
    const read = () =>
      Effect.sync(() => {
        looks += 1
        return { Responses: { t: item === undefined ? [] : [item] }, $metadata: {} }
      })
    const table = { name: "t", place: "here", read, write: read } as unknown as Table
    return { reason: reasonToPause(table, { schedule, watch, zone }), looks: () => looks }
  }

  it.effect("is from a minute before its run until three minutes after", () =>
    Effect.gen(function* () {
      const { reason } = holding(undefined)
      const at = (minutes: number) =>
        Effect.andThen(TestClock.setTime(mondayMs + minutes * 60_000), reason)
      assert.isUndefined(yield* at(-2))
      assert.match((yield* at(-1)) ?? "", /report is due/)
      assert.match((yield* at(2)) ?? "", /report is due/)
      assert.isUndefined(yield* at(4))
    })
  )

  it.effect("is for two minutes of every hour, while the watch reads", () =>
    Effect.gen(function* () {
      const { reason } = holding(undefined)
      const at = (seconds: number) =>
        Effect.andThen(TestClock.setTime(mondayMs + 3_600_000 + 1000 * seconds), reason)
      assert.isUndefined(yield* at(6 * 60))
      assert.match((yield* at(6 * 60 + 30)) ?? "", /hourly watch reads/)
      assert.match((yield* at(8 * 60)) ?? "", /hourly watch reads/)
      assert.isUndefined(yield* at(9 * 60))
    })
  )

  it.effect("is as long as a run holds its claim", () =>
    Effect.gen(function* () {
      const leaseUntil = { N: String(mondayMs + 3_600_000) }
      const claimed = { ...ledgerKey({ weekId: week }), state: { S: "claimed" }, leaseUntil }
      const { reason } = holding(claimed)
      yield* TestClock.setTime(mondayMs + 30 * 60_000)
      assert.match((yield* reason) ?? "", /is making a report/)
      yield* TestClock.setTime(mondayMs + 2 * 3_600_000)
      assert.isUndefined(yield* reason)
    })
  )
})
