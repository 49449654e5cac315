import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { encodeMessage } from "../schema/AnalyticsEvent.ts"
import { Outbox, OutboxUnavailable } from "../services/Outbox.ts"

/** The part of a Cloudflare Queue's binding that we use. */
export interface QueueBinding {
  readonly send: (body: unknown, options: { readonly contentType: "json" }) => Promise<unknown>
}

/** One message for the events of a request, so that they stay in their order. */
export const layer = (queue: QueueBinding) =>
  Layer.sync(Outbox, () =>
    Outbox.of({
      put: (events) =>
        Effect.tryPromise({
          try: () => queue.send(events.map(encodeMessage), { contentType: "json" }),
          catch: () => new OutboxUnavailable({ detail: "the outbox did not take them" })
        })
    })
  )

/** For a Worker without a queue of Cloudflare's: nothing is kept. */
export const none = Layer.succeed(
  Outbox,
  Outbox.of({ put: () => new OutboxUnavailable({ detail: "no outbox is bound" }) })
)
