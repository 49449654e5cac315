import * as Data from "effect/Data"
import * as Result from "effect/Result"
import type { AnalyticsEvent } from "../../src/schema/AnalyticsEvent.ts"

/** Why a row is not imported, without a word of the row. */
export class RowRejected extends Data.TaggedError("RowRejected")<{
  readonly reason:
    | "malformed"
    | "ambiguous_time"
    | "future"
    | "expired"
    | "without_text"
    | "too_large"
  readonly message: string
}> {}

/** The events that a row stands for. */
export type RowEvents = Result.Result<ReadonlyArray<AnalyticsEvent>, RowRejected>

export const reject = (message: string, reason: RowRejected["reason"] = "malformed") =>
  Result.fail(new RowRejected({ reason, message }))
