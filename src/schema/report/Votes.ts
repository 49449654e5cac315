/** What a report tells of votes; it tells nothing where nobody votes. */
import * as Schema from "effect/Schema"
import { MatchType } from "../Answer.ts"
import { Vote } from "../Vote.ts"
import { ReportText } from "./ReportText.ts"

const Count = Schema.Natural

export const Votes = Schema.Struct({
  up: Count,
  down: Count,
  /** Down on an answer that its words make a good one. */
  downThoughAnswered: Count,
  /** Up on an answer that was missed. */
  upThoughMissed: Count,
  /** Votes whose question is not stored, which are in no other number. */
  alone: Count
})
export type Votes = typeof Votes.Type

/** What is known of an answer by itself: how well it matched, or why there is none. */
export const Verdict = Schema.Union([MatchType, Schema.Literals(["failed", "noAnswer"])])
export type Verdict = typeof Verdict.Type

/** One answer that a visitor voted down. */
export const BadRating = Schema.Struct({
  requestId: Schema.String,
  timestamp: Schema.Int,
  /** Empty when its text was withheld, or is not known. */
  question: ReportText,
  verdict: Verdict,
  reason: Vote.fields.reason,
  comment: Schema.optionalKey(ReportText),
  /** The beginning of the answer, if it could be read. */
  answer: Schema.optionalKey(ReportText)
})
export type BadRating = typeof BadRating.Type
