import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type { QueueMessage } from "../schema/QueueMessage.ts"

/** The queue did not accept these events; the same call may work later. */
export class EventQueueUnavailable extends Data.TaggedError("EventQueueUnavailable")<{
  readonly detail: string
  readonly deduplicationIds: ReadonlyArray<string>
}> {
  override get message() {
    return `${this.deduplicationIds.length} events not accepted: ${this.detail}`
  }
}

/** The queue refused these events and will never accept them. */
export class EventQueueRejected extends Data.TaggedError("EventQueueRejected")<{
  readonly detail: string
  readonly deduplicationIds: ReadonlyArray<string>
}> {
  override get message() {
    return `${this.deduplicationIds.length} events refused: ${this.detail}`
  }
}

/**
 * Hands the events of one request from the edge to the processor. When `publish` succeeds, every
 * event survives this process. Events arrive at least once and in any order, so readers must
 * tolerate repeats; see docs/decisions/0003-order-independent-correlation.md.
 */
export class EventQueue extends Context.Service<
  EventQueue,
  {
    readonly publish: (
      messages: ReadonlyArray<QueueMessage>
    ) => Effect.Effect<void, EventQueueUnavailable | EventQueueRejected>
  }
>()("services/EventQueue") {}
