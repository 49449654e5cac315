import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { type Period, periodOf, type WeekId, weeksBefore } from "../../schema/IsoWeek.ts"
import { keptUntil } from "../../schema/Retention.ts"
import { boundQuestions } from "../../schema/report/boundQuestions.ts"
import { nothingHeld, paired, pairVotes } from "../../schema/report/PairedVotes.ts"
import { type Context, summarize } from "../../schema/report/summarize.ts"
import { emptyBefore, observeBefore } from "../../schema/report/WeekBefore.ts"
import { InteractionStore } from "../../services/InteractionStore.ts"

/** Both weeks are read within ten of the function's 15 minutes, or the second one is given up. */
const readingMaxMs = 600_000

type Reading = Pick<Context, "generatedAt" | "prices" | "zone">

const readAll = Effect.fnUntraced(function* (period: Period, reading: Reading) {
  const { summaries } = yield* InteractionStore
  const { questions, totals } = yield* summaries(period).pipe(
    Stream.mapAccumArray(() => nothingHeld, pairVotes, { onHalt: paired }),
    Stream.runFold(emptyBefore, observeBefore(reading.generatedAt))
  )
  boundQuestions({ questions, unlisted: 0 })
  return { questions, report: summarize(totals, { ...reading, period, earlier: [] }) }
})

/**
 * Reads the week before a period as it stands now. It never fails: a report without a comparison is
 * better than none.
 */
export const readWeekBefore = Effect.fnUntraced(function* (
  { weekId }: { readonly weekId: WeekId },
  reading: Reading
) {
  const [before = weekId] = weeksBefore(weekId, 1)
  const period = periodOf(before, reading.zone)
  if (keptUntil(period.startMs) <= reading.generatedAt) return "expired" as const
  const passedMs = (yield* Clock.currentTimeMillis) - reading.generatedAt
  return yield* readAll(period, reading).pipe(
    Effect.timeout(Math.max(0, readingMaxMs - passedMs)),
    Effect.catch((error) =>
      Effect.as(
        Effect.logWarning("week before not read", { weekId: before, reason: error.message }),
        "unread" as const
      )
    )
  )
})
