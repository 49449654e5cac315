import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { bytesOf, fitted, type QueueMessage } from "../schema/QueueMessage.ts"
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

/** The envelope escapes the text, so that it may be much longer in here. */
const sizeOf = (messages: ReadonlyArray<QueueMessage>): number => bytesOf(JSON.stringify(messages))

const fittedAlone = (message: QueueMessage) => [
  fitted(message, messageBytesMax, (one) => sizeOf([one]))
]

/**
 * Puts the events of a request into one message, which keeps their order. If they are too long for
 * one, each becomes a message, because an interaction is the same in either order. An event that is
 * too long by itself is cut.
 */
export const layer = (queue: QueueBinding) =>
  Layer.sync(Outbox, () =>
    Outbox.of({
      put: (messages) => {
        const fits = sizeOf(messages) <= messageBytesMax
        const bodies = fits ? [messages] : messages.map(fittedAlone)
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
