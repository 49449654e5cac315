import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type * as Stream from "effect/Stream"
import type { FeedbackEvent } from "../schema/AnalyticsEvent.ts"
import type { Interaction, InteractionKey } from "../schema/Interaction.ts"
import type { InteractionTraits } from "../schema/InteractionTraits.ts"
import type { Period, Span } from "../schema/IsoWeek.ts"
import type { WeekEntry } from "../schema/WeekEntry.ts"

/** The store did not answer, or asked to wait; the same call may work later. */
export class StoreUnavailable extends Data.TaggedError("StoreUnavailable")<{
  readonly operation: string
  readonly detail: string
}> {
  override get message() {
    return `${this.operation}: ${this.detail}`
  }
}

/** The store refused this call, and will refuse it again: a wrong name, size or permission. */
export class StoreRejected extends Data.TaggedError("StoreRejected")<{
  readonly operation: string
  readonly detail: string
}> {
  override get message() {
    return `${this.operation}: ${this.detail}`
  }
}

export type StoreError = StoreUnavailable | StoreRejected

/** Counts the halves of one recording: new, repeated, and repeated with other content. */
export interface Recorded {
  readonly stored: number
  readonly duplicates: number
  readonly conflicts: number
  /** Stored halves whose text was too large and ends with a marker that says so. */
  readonly cut: number
  /** Write capacity units that the store reports, or 0. */
  readonly writeUnits: number
}

/** Counts one vote: new, the same again, or one that is older than what is stored. */
export interface Voted {
  readonly stored: number
  readonly duplicates: number
  readonly older: number
  readonly writeUnits: number
}

/**
 * Holds one interaction per key, however often and in whatever order its events are recorded, and
 * the last vote on it.
 *
 * `record` merges like `correlate`: the first event of a kind stays; success means durable. `vote`
 * keeps the latest like `latestVote`, also of an interaction that is not stored. Votes come in
 * `summaries` as entries of their own, in any order among the entries of one time.
 * `summaries` come in the order of their time, so that one may stop early and know where. They
 * leave out expired interactions, which the store may delete up to two days late, and tell of each
 * `unreadable` one, so that no report passes over it in silence. `newest` is the time of a span's
 * last question, in epoch milliseconds; it reads no more than one item for each week.
 */
export class InteractionStore extends Context.Service<
  InteractionStore,
  {
    readonly record: (
      interaction: Interaction,
      traits?: InteractionTraits
    ) => Effect.Effect<Recorded, StoreError>
    readonly get: (key: InteractionKey) => Effect.Effect<Option.Option<Interaction>, StoreError>
    readonly vote: (vote: FeedbackEvent) => Effect.Effect<Voted, StoreError>
    readonly voteOn: (
      key: InteractionKey
    ) => Effect.Effect<Option.Option<FeedbackEvent>, StoreError>
    readonly summaries: (period: Period) => Stream.Stream<WeekEntry, StoreError>
    readonly newest: (span: Span) => Effect.Effect<Option.Option<number>, StoreError>
  }
>()("services/InteractionStore") {}
