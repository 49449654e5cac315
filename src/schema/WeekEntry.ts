/** What the week index tells of a week, one entry for each stored item. */
import * as Schema from "effect/Schema"
import { EpochMillis, RequestId } from "./AnalyticsEvent.ts"
import type { InteractionSummary, Unreadable } from "./InteractionSummary.ts"
import { Vote } from "./Vote.ts"

/** A vote under the key of its question, which is an entry of its own. */
export const VoteEntry = Schema.Struct({
  status: Schema.tag("vote"),
  requestId: RequestId,
  timestamp: EpochMillis,
  vote: Vote
})
export type VoteEntry = typeof VoteEntry.Type

export type WeekEntry = InteractionSummary | VoteEntry | Unreadable
