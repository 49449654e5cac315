import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type { QueueMessage } from "../schema/QueueMessage.ts"

/** The events are lost, because the queue could not be reached either. */
export class OutboxUnavailable extends Data.TaggedError("OutboxUnavailable")<{
  readonly detail: string
}> {
  override get message() {
    return `not kept for later: ${this.detail}`
  }
}

/**
 * Keeps the events of a request until the queue can be reached again. It is used after the queue
 * has failed, and never first; see docs/decisions/0019-edge-sending.md.
 */
export class Outbox extends Context.Service<
  Outbox,
  {
    readonly put: (messages: ReadonlyArray<QueueMessage>) => Effect.Effect<void, OutboxUnavailable>
  }
>()("services/Outbox") {}
