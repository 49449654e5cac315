import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type { AnalyticsEvent } from "../schema/AnalyticsEvent.ts"

/** Nothing kept these events: with the queue unreachable as well, they are lost. */
export class OutboxUnavailable extends Data.TaggedError("OutboxUnavailable")<{
  readonly detail: string
}> {
  override get message() {
    return `not kept for later: ${this.detail}`
  }
}

/**
 * Keeps the events of a request until the queue can be reached again. It is a second way and never
 * the first one: see docs/decisions/0019-edge-sending.md.
 */
export class Outbox extends Context.Service<
  Outbox,
  {
    readonly put: (events: ReadonlyArray<AnalyticsEvent>) => Effect.Effect<void, OutboxUnavailable>
  }
>()("services/Outbox") {}
