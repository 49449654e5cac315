/** Counts events that were given up: in the log, and for the report with the next question. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { QueryEvent } from "../../schema/AnalyticsEvent.ts"
import { ownEventIn } from "../../schema/EventText.ts"
import type { QueueMessage } from "../../schema/QueueMessage.ts"

/** The losses of this isolate that no question has reported yet. */
export class Losses extends Context.Service<Losses, { untold: number }>()("edge/Losses") {
  static readonly layer = Layer.sync(Losses, () => ({ untold: 0 }))
}

/** Reads the text, which only a loss needs; a newer version's may tell of more. */
const toldBy = ({ body }: QueueMessage): number => {
  const event = ownEventIn(body)
  return event?.eventType === "query" ? (event.metadata.lostBefore ?? 0) : 0
}

/** The losses that a lost question was to report are unreported again. */
export const countLost = Effect.fnUntraced(function* (
  messages: ReadonlyArray<QueueMessage>,
  reason: string
) {
  const losses = yield* Losses
  losses.untold += messages.reduce((sum, message) => sum + 1 + toldBy(message), 0)
  const [first] = messages
  yield* Effect.logError("events lost", {
    lost: messages.length,
    reason,
    requestId: first?.groupId
  })
})

/** Adds the unreported losses to the question, which reports them from now on. */
export const telling = Effect.fnUntraced(function* (query: QueryEvent) {
  const losses = yield* Losses
  const lostBefore = losses.untold
  losses.untold = 0
  return lostBefore === 0 ? query : { ...query, metadata: { ...query.metadata, lostBefore } }
})
