import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Stream from "effect/Stream"
import { periodOf, utcWeekId } from "../../../src/schema/IsoWeek.ts"
import { keptUntil } from "../../../src/schema/Retention.ts"
import type { FaultyStore } from "../FaultyStore.ts"
import type { Reporter } from "../Reporter.ts"
import type { World } from "../World.ts"

/** The number of questions of a history that are watched as they expire. */
const watchedMax = 2

/** Reads the week in which the question lies, as any reader does, at about its last moment. */
const readWeek = (world: World, store: FaultyStore, timestamp: number): void => {
  const { chronicle, expected, history } = world
  const period = periodOf(utcWeekId(timestamp), history.zone)
  const reader = world.instance("reporter", () => undefined)
  const caller = { instance: reader, suffers: () => undefined }
  const idsAt = (nowMs: number) =>
    expected.live(period, nowMs).map(({ key }): string => key.requestId)
  let nowMs = reader.clock.currentTimeMillisUnsafe()
  if (idsAt(nowMs).length < idsAt(0).length) world.count("week index: expired question left out")
  const seen = () => {
    // the memory adapter looks at the clock when the request arrives, the other one before
    if (store.dynamoDb === undefined) nowMs = reader.clock.currentTimeMillisUnsafe()
  }
  const ids = Stream.runCollect(store.summaries(caller, period, seen)).pipe(
    Effect.map((summaries) =>
      summaries
        .filter(({ status }) => status !== "vote")
        .map((summary) => ("requestId" in summary ? summary.requestId : "unreadable"))
    )
  )
  reader.run(ids, world.loggers, (exit) => {
    const read: ReadonlyArray<string> = Exit.isSuccess(exit) ? exit.value : [String(exit.cause)]
    const wanted = idsAt(nowMs)
    if (read.toSorted().join() === wanted.toSorted().join()) return
    const detail = `${read.join() || "none"} instead of ${wanted.join() || "none"}`
    chronicle.violate("a question is read until it expires, and not after", detail)
  })
}

/** Ninety days later: readers look at questions that are about to expire, and TTL deletes them. */
export const enterExpiry = (world: World, store: FaultyStore, reporter: Reporter): void => {
  const { agenda, chance, expected } = world
  const times = [...expected.items]
    .map(({ key }) => key.timestamp)
    .sort((one, other) => one - other)
  for (const timestamp of times.slice(0, watchedMax)) {
    const at = keptUntil(timestamp) - chance.pick([5, 30, 0, -5])
    agenda.at(at, () => readWeek(world, store, timestamp))
    agenda.at(at + chance.whole(1, 48) * 3_600_000, () => {
      if ((store.dynamoDb?.table.expire(agenda.now) ?? 0) > 0) {
        world.count("week index: expired item deleted")
      }
      readWeek(world, store, timestamp)
    })
  }
  if (reporter.weeks.size > 0 && chance.chance(0.3)) {
    agenda.after(91 * 86_400_000, () => reporter.resend())
  }
}
