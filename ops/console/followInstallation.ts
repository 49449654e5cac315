/** What runs beside the pages: following the table, reading weeks, and pausing for the reporter. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Latch from "effect/Latch"
import * as PubSub from "effect/PubSub"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import { keyName } from "../../src/schema/Interaction.ts"
import {
  type Period,
  periodOf,
  utcWeekId,
  wallClock,
  weeksBefore
} from "../../src/schema/IsoWeek.ts"
import type { Change, Following } from "./ConsoleData.ts"
import { followTable, readNewest } from "./followTable.ts"
import { lineOf } from "./Line.ts"
import type { Opening } from "./Opening.ts"
import { type Pacing, pacedTable, pacesOf, unlimited } from "./pacedTable.ts"
import { idlePace, watchReporter } from "./pauses.ts"
import type { Rows } from "./Rows.ts"
import { againIfLost } from "./RowsLost.ts"
import type { HeldEntry } from "./rowTables.ts"
import { makeWeekReading } from "./WeekReading.ts"

const dayMs = 86_400_000

/** A week's numbers are counted again no more often while questions come. */
const tellWeekEveryMs = 30_000

const weeksBack = 13

const firstPatience = "3 seconds"

/** Waits longer than a look's rest, so that a table that is away is asked less. */
const untilBack = Schedule.spaced("5 seconds").pipe(Schedule.jittered)

const states = {
  live: "New questions appear as they are stored.",
  throttled: "DynamoDB has no read units left, so the console waits for them.",
  away: "The table does not answer; the console tries again."
} satisfies Partial<Record<Following["state"], string>>

/** Tells changes to every page, and each new page how things stand. */
const makeTeller = Effect.gen(function* () {
  const changes = yield* PubSub.sliding<Change>(1000)
  let state: Following = { kind: "following", state: "live", text: states.live }
  const tell = (change: Change) => Effect.asVoid(PubSub.publish(changes, change))
  return {
    tell,
    tellState: (next: Following["state"], text: string) => {
      if (state.state === next && state.text === text) return Effect.void
      state = { kind: "following", state: next, text }
      return tell(state)
    },
    changes: Stream.concat(
      Stream.suspend(() => Stream.make(state as Change)),
      Stream.fromPubSub(changes)
    )
  }
})

/** One table as weeks and conversations are read, and one for following, with their units. */
const pacedTables = (
  { definitions, isLocal, table }: Opening["installation"],
  pausing: Pick<Pacing, "onThrottled" | "untilAllowed">
) => {
  let taken = 0
  const paces = isLocal ? unlimited : pacesOf(definitions)
  const onUnits = (units: number) => {
    taken += units
  }
  const following = isLocal ? unlimited : { ...paces, weekIndex: idlePace }
  return {
    table: pacedTable(table, { ...pausing, paces, onUnits }),
    idle: pacedTable(table, { ...pausing, paces: following }),
    unitsTaken: () => taken
  }
}

/** Begins once, and once more whenever the rows were lost; every other step is a look. */
const eachBeginning = <E, R>(
  rows: Rows,
  begin: Effect.Effect<void, E, R>,
  look: Effect.Effect<void, E, R>
) => {
  let begun = 0
  return Effect.suspend(() => {
    const beginning = rows.beginnings
    if (begun === beginning) return look
    return Effect.map(begin, () => {
      begun = beginning
    })
  })
}

export const followInstallation = Effect.fnUntraced(function* ({
  counting: { zone },
  installation,
  rows,
  source
}: Opening & { readonly rows: Rows }) {
  const { changes, tell, tellState } = yield* makeTeller
  const allowed = yield* Latch.make(true)
  const periodAt = (ms: number): Period => periodOf(utcWeekId(wallClock(ms, zone)), zone)
  const { schedule, watch } = installation.definitions
  const { idle, table, unitsTaken } = pacedTables(installation, {
    untilAllowed: allowed.await,
    onThrottled: tellState("throttled", states.throttled)
  })
  const onAway = () => tellState("away", states.away)
  const weeks = yield* makeWeekReading({ table, rows, tell, onAway, unitsTaken })

  let toldAt = 0
  const onEntries = Effect.fnUntraced(function* (entries: ReadonlyArray<HeldEntry>) {
    const keys = new Map(entries.map((entry) => [keyName(entry), entry]))
    const lines = rows.ofKeys([...keys.values()]).map((one) => lineOf(one, source.showsTexts))
    yield* tell({ kind: "lines", lines })
    const now = yield* Clock.currentTimeMillis
    if (now - toldAt < tellWeekEveryMs) return
    toldAt = now
    yield* tell({ kind: "week", weekId: periodAt(now).weekId })
  })

  const startedAt = yield* Clock.currentTimeMillis
  const current = periodAt(startedAt)
  let newestSince = startedAt
  const readFirst = Effect.gen(function* () {
    const span = { startMs: current.startMs, endMs: startedAt + dayMs }
    newestSince = yield* readNewest(idle, rows, span)
  })
  // an empty page is worth less than a moment's wait; with a cache there is something to show
  const held = yield* againIfLost(Effect.sync(() => rows.totals(current).held))
  if (held === 0) {
    yield* readFirst.pipe(Effect.timeout(firstPatience), Effect.ignore)
  }
  const begin = Effect.gen(function* () {
    yield* readFirst
    yield* tell({ kind: "lines", lines: [] })
    // weeks that an earlier console did not follow to their end have holes
    const earlier = weeksBefore(current.weekId, weeksBack)
      .map((weekId) => periodOf(weekId, zone))
      .filter((period) => rows.readAt(period) !== undefined && !weeks.hasRows(period))
    yield* weeks.hold([current, ...earlier.toReversed()])
  })
  const step = eachBeginning(rows, begin, followTable(idle, { rows, onEntries }))
  let paused = false
  const patiently = step.pipe(
    againIfLost,
    Effect.tap(() => (paused ? Effect.void : tellState("live", states.live))),
    Effect.tapError(onAway),
    Effect.retry(untilBack),
    Effect.orDie
  )
  const onReason = (reason: string | undefined) => {
    paused = reason !== undefined
    if (reason === undefined) return Effect.andThen(allowed.open, tellState("live", states.live))
    return Effect.andThen(allowed.close, tellState("paused", reason))
  }
  yield* Effect.forkScoped(watchReporter(installation.table, { schedule, watch, zone }, onReason))
  yield* Effect.forkScoped(Effect.forever(patiently))

  const heldSince = Effect.sync(() => {
    let since = newestSince
    for (let period = periodAt(since); weeks.hasRows(period); period = periodAt(since - 1)) {
      since = period.startMs
    }
    return since
  })
  return { table, changes, hold: weeks.hold, heldSince }
})
