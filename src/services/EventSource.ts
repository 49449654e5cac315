import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"

/** The queue did not answer, or asked to wait; the same call may work later. */
export class EventSourceUnavailable extends Data.TaggedError("EventSourceUnavailable")<{
  readonly operation: string
  readonly detail: string
}> {
  override get message() {
    return `${this.operation}: ${this.detail}`
  }
}

/** The queue refused this call, and will refuse it again: a wrong name or a missing permission. */
export class EventSourceRejected extends Data.TaggedError("EventSourceRejected")<{
  readonly operation: string
  readonly detail: string
}> {
  override get message() {
    return `${this.operation}: ${this.detail}`
  }
}

export type EventSourceError = EventSourceUnavailable | EventSourceRejected

/** A message that is hidden from other receivers for some minutes. */
export interface ReceivedMessage {
  readonly messageId: string
  readonly groupId: string
  readonly body: string
  /** Acknowledges this delivery of the message, and no other. */
  readonly receipt: string
}

/**
 * Gives the processor the messages of the queue, at least once each.
 *
 * `receive` answers a batch in the order of its groups, which is empty when there is no message to
 * give. A group that somebody holds is left out. Messages that are not acknowledged come again.
 */
export class EventSource extends Context.Service<
  EventSource,
  {
    readonly receive: Effect.Effect<ReadonlyArray<ReceivedMessage>, EventSourceError>
    readonly acknowledge: (
      messages: ReadonlyArray<ReceivedMessage>
    ) => Effect.Effect<void, EventSourceError>
  }
>()("services/EventSource") {}
