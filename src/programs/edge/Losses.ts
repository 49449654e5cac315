/** Counts events that were given up: in the log, and for the report with the next question. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { AnalyticsEvent, QueryEvent } from "../../schema/AnalyticsEvent.ts"

/** The losses of this isolate that no question has reported yet. */
export class Losses extends Context.Service<Losses, { untold: number }>()("edge/Losses") {
  static readonly layer = Layer.sync(Losses, () => ({ untold: 0 }))
}

const toldBy = (event: AnalyticsEvent): number =>
  event.eventType === "query" ? (event.metadata.lostBefore ?? 0) : 0

/** The losses that a lost question was to report are unreported again. */
export const countLost = Effect.fnUntraced(function* (
  events: ReadonlyArray<AnalyticsEvent>,
  reason: string
) {
  const losses = yield* Losses
  losses.untold += events.reduce((sum, event) => sum + 1 + toldBy(event), 0)
  const [first] = events
  yield* Effect.logError("events lost", {
    lost: events.length,
    reason,
    requestId: first?.requestId
  })
})

/** Adds the unreported losses to the question, which reports them from now on. */
export const telling = Effect.fnUntraced(function* (query: QueryEvent) {
  const losses = yield* Losses
  const lostBefore = losses.untold
  losses.untold = 0
  return lostBefore === 0 ? query : { ...query, metadata: { ...query.metadata, lostBefore } }
})
