/** Hands question and answer to the queue after the answer has left, whatever happens. */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { messageOf, type QueueMessage } from "../../schema/QueueMessage.ts"
import { EventQueue } from "../../services/EventQueue.ts"
import { Outbox } from "../../services/Outbox.ts"
import { type Answered, type Asked, queryEventOf, responseEventOf } from "./Exchange.ts"
import { countLost, telling } from "./Losses.ts"
import type { Discretion } from "./Policy.ts"

/** An answer within this time is sent with its question in one request. */
const togetherWithin = "1 second"

/** Puts events into the outbox, or counts them in the log as lost. */
const keep = Effect.fnUntraced(function* (messages: ReadonlyArray<QueueMessage>, reason: string) {
  const outbox = yield* Outbox
  yield* outbox.put(messages).pipe(
    Effect.catchCause((cause) => {
      const error = Option.getOrUndefined(Cause.findErrorOption(cause))
      return countLost(messages, `${reason}; ${error?.message ?? "defect in the outbox"}`)
    })
  )
})

const among = (messages: ReadonlyArray<QueueMessage>, ids: ReadonlyArray<string>) =>
  messages.filter(({ deduplicationId }) => ids.includes(deduplicationId))

interface Unsent {
  readonly messages: ReadonlyArray<QueueMessage>
  readonly reason: string
}

const nothing: Unsent = { messages: [], reason: "" }

/** Returns the events to try again; those that the queue refuses for good are counted as lost. */
const send = Effect.fnUntraced(function* (messages: ReadonlyArray<QueueMessage>) {
  const queue = yield* EventQueue
  return yield* queue.publish(messages).pipe(
    Effect.as(nothing),
    Effect.catchTags({
      EventQueueUnavailable: ({ deduplicationIds, detail }) =>
        Effect.succeed({ messages: among(messages, deduplicationIds), reason: detail }),
      EventQueueRejected: ({ deduplicationIds, detail }) =>
        Effect.as(countLost(among(messages, deduplicationIds), detail), nothing)
    }),
    Effect.catchCause((cause) =>
      Effect.as(Effect.logError("unhandled", cause), { messages, reason: "defect in the queue" })
    )
  )
})

/** Never fails: each event is accepted by the queue, kept in the outbox, or counted as lost. */
const publish = Effect.fnUntraced(function* (messages: ReadonlyArray<QueueMessage>) {
  const unsent = yield* send(messages)
  if (unsent.messages.length > 0) yield* keep(unsent.messages, unsent.reason)
})

/**
 * Sends a question that is answered soon in one request with its answer. Otherwise it sends the
 * question ahead, which is then known even if the answer is lost. If the queue does not accept it,
 * the question is sent again before its answer.
 */
export const record = Effect.fnUntraced(function* (
  asked: Asked,
  answered: Effect.Effect<Answered>,
  discretion: Discretion
) {
  const query = messageOf(discretion(yield* telling(queryEventOf(asked))))
  const responseTo = (answer: Answered) => messageOf(discretion(responseEventOf(asked, answer)))
  const soon = yield* Effect.timeoutOption(answered, togetherWithin)
  if (Option.isSome(soon)) {
    return yield* publish([query, responseTo(soon.value)])
  }
  const { messages: unsent } = yield* send([query])
  yield* publish([...unsent, responseTo(yield* answered)])
})
