import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { Period } from "../../schema/IsoWeek.ts"
import { boundQuestions } from "../../schema/report/boundQuestions.ts"
import { empty, observe } from "../../schema/report/WeeklyTally.ts"
import { InteractionStore } from "../../services/InteractionStore.ts"
import { weekEntries } from "./weekEntries.ts"

/** Waiting for another run, grouping and mailing need the rest of the function's 15 minutes. */
const readingTime: Duration.Input = "9 minutes"

/** Counts a week page by page. If time runs out before its end, `readUntil` says where. */
export const readWeek = Effect.fnUntraced(function* (
  period: Period,
  atMost: Duration.Input = readingTime
) {
  const store = yield* InteractionStore
  const tally = empty()
  let lastMs = period.startMs
  const reading = Stream.runForEachArray(weekEntries(store, period), (page) =>
    Effect.sync(() => {
      for (const summary of page) {
        observe(tally, summary)
        if (summary.status !== "unreadable") lastMs = Math.max(lastMs, summary.timestamp)
      }
    })
  )
  const isWhole = yield* Effect.raceFirst(
    Effect.as(reading, true),
    Effect.as(Effect.sleep(atMost), false)
  )
  boundQuestions(tally)
  return isWhole ? { tally } : { tally, readUntil: lastMs }
})
