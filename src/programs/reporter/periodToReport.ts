import * as Clock from "effect/Clock"
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { periodOf, WeekId } from "../../schema/IsoWeek.ts"
import { keptUntil, retentionDays } from "../../schema/Retention.ts"

/** A week of which every report would be untrue: none of it has happened, or some of it is gone. */
export class WeekOutOfReach extends Schema.TaggedError<WeekOutOfReach>()("WeekOutOfReach", {
  weekId: WeekId,
  reason: Schema.Literals(["not begun", "expired"])
}) {
  override get message() {
    return this.reason === "expired"
      ? `${this.weekId} has expired: questions and their reports are kept for ${retentionDays} days`
      : `${this.weekId} has not begun`
  }
}

/** The week in the zone; it can be reported from its start until the first of it is deleted. */
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
