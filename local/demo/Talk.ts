/** The conversations of the demo's history, counted from what was sent and not from the table. */
import type * as DateTime from "effect/DateTime"
import { conversationFacts } from "../../src/programs/reporter/render/ConversationFacts.ts"
import { english } from "../../src/programs/reporter/words/English.ts"
import type { FeedbackEvent } from "../../src/schema/AnalyticsEvent.ts"
import { correlate, type Interaction } from "../../src/schema/Interaction.ts"
import { summaryOf } from "../../src/schema/InteractionSummary.ts"
import type { Period } from "../../src/schema/IsoWeek.ts"
import { summarize } from "../../src/schema/report/summarize.ts"
import type { WeeklyReport } from "../../src/schema/report/WeeklyReport.ts"
import { empty, observe } from "../../src/schema/report/WeeklyTally.ts"
import { latestVote, voteIn } from "../../src/schema/Vote.ts"
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
  const votes = new Map<string, FeedbackEvent>()
  for (const { event, sentAt } of deliveries) {
    const askedAt = event.eventType === "query" ? event.timestamp : event.queryTimestamp
    if (askedAt < period.startMs || askedAt >= period.endMs || sentAt >= dueMs) continue
    const { requestId } = event
    if (event.eventType === "feedback") {
      votes.set(requestId, latestVote(votes.get(requestId), event))
    } else known.set(requestId, correlate(known.get(requestId), event))
  }
  const tally = empty()
  for (const [requestId, interaction] of known) {
    const vote = votes.get(requestId)
    const summary = summaryOf(interaction)
    observe(tally, vote === undefined ? summary : { ...summary, vote: voteIn(vote) })
  }
  return summarize(tally, { period, zone, generatedAt, prices: [], earlier: [] })
}

/** The lines of the mail that say so. */
export const talkLines = (report: WeeklyReport): ReadonlyArray<string> =>
  (conversationFacts(report, english)?.rows ?? []).map(({ label, value }) => `${label} ${value}`)
