/** The conversations of the demo's history, counted from what was sent and not from the table. */
import type * as DateTime from "effect/DateTime"
import { conversationFacts } from "../../src/programs/reporter/render/ConversationFacts.ts"
import { correlate, type Interaction } from "../../src/schema/Interaction.ts"
import { summaryOf } from "../../src/schema/InteractionSummary.ts"
import type { Period } from "../../src/schema/IsoWeek.ts"
import { summarize } from "../../src/schema/report/summarize.ts"
import type { WeeklyReport } from "../../src/schema/report/WeeklyReport.ts"
import { empty, observe } from "../../src/schema/report/WeeklyTally.ts"
import type { Delivery } from "./History.ts"

interface Telling {
  readonly dueMs: number
  readonly generatedAt: number
  readonly zone: DateTime.TimeZone.Named
}

/** What a week's report must tell of conversations, if nothing got lost on the way. */
export const talkIn = (
  period: Period,
  deliveries: ReadonlyArray<Delivery>,
  { dueMs, generatedAt, zone }: Telling
): WeeklyReport => {
  const known = new Map<string, Interaction>()
  for (const { event, sentAt } of deliveries) {
    if (event.eventType === "feedback") continue
    const askedAt = event.eventType === "query" ? event.timestamp : event.queryTimestamp
    if (askedAt < period.startMs || askedAt >= period.endMs || sentAt >= dueMs) continue
    known.set(event.requestId, correlate(known.get(event.requestId), event))
  }
  const tally = empty()
  for (const interaction of known.values()) observe(tally, summaryOf(interaction))
  return summarize(tally, { period, zone, generatedAt, prices: [], earlier: [] })
}

/** The lines of the mail that say so. */
export const talkLines = (report: WeeklyReport): ReadonlyArray<string> =>
  (conversationFacts(report)?.rows ?? []).map(({ label, value }) => `${label} ${value}`)
