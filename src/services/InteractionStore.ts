import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type * as Stream from "effect/Stream"
import type { Interaction, InteractionKey } from "../schema/Interaction.ts"
import type { InteractionSummary, Unreadable } from "../schema/InteractionSummary.ts"
import type { Period } from "../schema/IsoWeek.ts"
import type { VisitorTraits } from "../schema/VisitorTraits.ts"

/** The store did not answer, or asked to wait; the same call may work later. */
export class StoreUnavailable extends Schema.TaggedError<StoreUnavailable>()("StoreUnavailable", {
  operation: Schema.String,
  detail: Schema.String
}) {
  override get message() {
    return `${this.operation}: ${this.detail}`
  }
}

/** The store refused this call, and will refuse it again: a wrong name, size or permission. */
export class StoreRejected extends Schema.TaggedError<StoreRejected>()("StoreRejected", {
  operation: Schema.String,
  detail: Schema.String
}) {
  override get message() {
    return `${this.operation}: ${this.detail}`
  }
}

export type StoreError = StoreUnavailable | StoreRejected

/** What storing did: halves that were new, halves that were there already, with other content. */
export interface Recorded {
  readonly stored: number
  readonly duplicates: number
  readonly conflicts: number
  /** Halves whose text was too large to be stored whole; a marker in it says so. */
  readonly cut: number
  /** Write capacity units that the store reports for it; 0 where it reports none. */
  readonly writeUnits: number
}

/**
 * The stored interactions: one per key, whatever was recorded and how often.
 *
 * `record` merges like `correlate`: the first event of a kind stays, in any order, under any number
 * of repeats and concurrent writers; success means durable. `summaries` streams a period in pages
 * and leaves out what has expired, because deletion of expired items can lag by two days; what
 * cannot be read is in it as `unreadable`, so that no report passes over it in silence.
 */
export class InteractionStore extends Context.Service<
  InteractionStore,
  {
    readonly record: (
      interaction: Interaction,
      traits?: VisitorTraits
    ) => Effect.Effect<Recorded, StoreError>
    readonly get: (key: InteractionKey) => Effect.Effect<Option.Option<Interaction>, StoreError>
    readonly summaries: (
      period: Period
    ) => Stream.Stream<InteractionSummary | Unreadable, StoreError>
  }
>()("services/InteractionStore") {}
