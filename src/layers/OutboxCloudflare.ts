import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { encodeMessage } from "../schema/AnalyticsEvent.ts"
import { Outbox, OutboxUnavailable } from "../services/Outbox.ts"

interface Message {
  readonly body: unknown
  readonly contentType: "json"
}

/** The part of a Cloudflare Queue's binding that we use. */
export interface QueueBinding {
  readonly sendBatch: (messages: ReadonlyArray<Message>) => Promise<unknown>
}

/** Cloudflare accepts 128,000 bytes, and adds some hundred. */
const messageBytesMax = 127_000

/** The platform ends a request's work 30 s after its answer, and the queue's tries come first. */
const answerTimeout = "5 seconds"

const bytesOf = (body: unknown): number => new TextEncoder().encode(JSON.stringify(body)).length

/**
 * Puts the events of a request into one message, which keeps their order. If they are too long for
 * one, each becomes a message, because an interaction is the same in either order.
 */
export const layer = (queue: QueueBinding) =>
  Layer.sync(Outbox, () =>
    Outbox.of({
      put: (events) => {
        const all = events.map(encodeMessage)
        const bodies = bytesOf(all) <= messageBytesMax ? [all] : all.map((one) => [one])
        return Effect.tryPromise({
          try: () => queue.sendBatch(bodies.map((body) => ({ body, contentType: "json" }))),
          catch: () => new OutboxUnavailable({ detail: "the outbox did not take them" })
        }).pipe(
          Effect.timeoutOrElse({
            duration: answerTimeout,
            orElse: () => new OutboxUnavailable({ detail: "the outbox did not answer in time" })
          })
        )
      }
    })
  )

/** Keeps no event, where no queue of Cloudflare's is bound. */
export const none = Layer.succeed(
  Outbox,
  Outbox.of({ put: () => new OutboxUnavailable({ detail: "no outbox is bound" }) })
)
