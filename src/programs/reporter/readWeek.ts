import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { Period } from "../../schema/IsoWeek.ts"
import { boundQuestions } from "../../schema/report/boundQuestions.ts"
import { type Held, nothingHeld, paired, pairVotes } from "../../schema/report/PairedVotes.ts"
import { empty, observe } from "../../schema/report/WeeklyTally.ts"
import type { WeekEntry } from "../../schema/WeekEntry.ts"
import { InteractionStore } from "../../services/InteractionStore.ts"

/** Waiting for another run, grouping and mailing need the rest of the function's 15 minutes. */
const readingTime: Duration.Input = "9 minutes"

interface Reading {
  readonly atMost?: Duration.Input
  /** Keeps all bad ratings when it is infinite. */
  readonly listLength?: number | undefined
}

/** Counts a week page by page. If time runs out before its end, `readUntil` says where. */
export const readWeek = Effect.fnUntraced(function* (
  period: Period,
  { atMost = readingTime, listLength }: Reading = {}
) {
  const { summaries } = yield* InteractionStore
  const tally = empty(listLength)
  let lastMs = period.startMs
  let held: Held = nothingHeld
  const count = (entries: ReadonlyArray<WeekEntry>) => {
    for (const entry of entries) {
      observe(tally, entry)
      if (entry.status !== "unreadable") lastMs = Math.max(lastMs, entry.timestamp)
    }
  }
  const reading = Stream.runForEachArray(summaries(period), (page) =>
    Effect.sync(() => {
      const [still, ready] = pairVotes(held, page)
      held = still
      count(ready)
    })
  )
  const isWhole = yield* Effect.raceFirst(
    Effect.as(reading, true),
    Effect.as(Effect.sleep(atMost), false)
  )
  count(paired(held))
  boundQuestions(tally)
  return isWhole ? { tally } : { tally, readUntil: lastMs }
})
