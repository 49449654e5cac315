import * as Clock from "effect/Clock"
import * as Data from "effect/Data"
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { periodOf, type WeekId } from "../../schema/IsoWeek.ts"
import { keptUntil, retentionDays } from "../../schema/Retention.ts"

/** A report of this week would be wrong: it has not begun, or some of its questions are deleted. */
export class WeekOutOfReach extends Data.TaggedError("WeekOutOfReach")<{
  readonly weekId: WeekId
  readonly reason: "not begun" | "expired"
}> {
  override get message() {
    return this.reason === "expired"
      ? `${this.weekId} has expired: questions and their reports are kept for ${retentionDays} days`
      : `${this.weekId} has not begun`
  }
}

/** The week in the zone; a report can be made from its start until its first question expires. */
export const periodToReport = Effect.fnUntraced(function* (
  weekId: WeekId,
  zone: DateTime.TimeZone.Named
) {
  const now = yield* Clock.currentTimeMillis
  const period = periodOf(weekId, zone)
  if (now < period.startMs) return yield* new WeekOutOfReach({ weekId, reason: "not begun" })
  return now < keptUntil(period.startMs)
    ? period
    : yield* new WeekOutOfReach({ weekId, reason: "expired" })
})
