/** Events that were given up: counted in the log, and told to the report by the next question. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { AnalyticsEvent, QueryEvent } from "../../schema/AnalyticsEvent.ts"

/** How many losses of this isolate no question has told of yet. */
export class Losses extends Context.Service<Losses, { untold: number }>()("edge/Losses") {
  static readonly layer = Layer.sync(Losses, () => ({ untold: 0 }))
}

const toldBy = (event: AnalyticsEvent): number =>
  event.eventType === "query" ? (event.metadata.lostBefore ?? 0) : 0

/** A question that is lost takes along what it was to tell, so that is untold again. */
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

/** The question, with what was lost since the last one told: from now on that is its to tell. */
export const telling = Effect.fnUntraced(function* (query: QueryEvent) {
  const losses = yield* Losses
  const lostBefore = losses.untold
  losses.untold = 0
  return lostBefore === 0 ? query : { ...query, metadata: { ...query.metadata, lostBefore } }
})
