/** Hands question and answer to the queue after the answer has left, whatever happens. */
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { messageOf, type QueueMessage } from "../../schema/QueueMessage.ts"
import { EventQueue } from "../../services/EventQueue.ts"
import { Outbox } from "../../services/Outbox.ts"
import { type Answered, type Asked, queryEventOf, responseEventOf } from "./Exchange.ts"
import { countLost, telling } from "./Losses.ts"
import type { Notices } from "./Notices.ts"
import type { Discretion } from "./Policy.ts"

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
export const publish = Effect.fnUntraced(function* (messages: ReadonlyArray<QueueMessage>) {
  const unsent = yield* send(messages)
  if (unsent.messages.length > 0) yield* keep(unsent.messages, unsent.reason)
})

/** The end of a question: an answer, or a refusal, which does not count as an exchange. */
export type Told =
  | { readonly _tag: "Answered"; readonly answered: Answered }
  | { readonly _tag: "Refused" }

/** A question waits so long for its answer, because both in one request cost half as much. */
export const togetherWithinMs = 10_000

/** A visitor who leaves ends the answer, which is told at once. */
const afterLeaving = "1 second"

/** Ends when the question should wait no longer. */
const patience = Effect.fnUntraced(function* (askedAt: number, left: Effect.Effect<void>) {
  const waitedMs = (yield* Clock.currentTimeMillis) - askedAt
  yield* Effect.raceFirst(
    Effect.sleep(Math.max(0, togetherWithinMs - waitedMs)),
    Effect.andThen(left, Effect.sleep(afterLeaving))
  )
})

/** A question that was sent ahead needs an end, even if the chatbot refused it later. */
const endOf = (told: Told, answeredAt: number): Answered =>
  told._tag === "Answered" ? told.answered : { answeredAt, answer: undefined, ending: "broken_off" }

/**
 * Sends a question in one request with its answer, or ahead if the answer takes long or the visitor
 * leaves. A question that the queue did not accept is sent again before its answer.
 */
export const deliver = Effect.fnUntraced(function* (
  asked: Asked,
  outcome: Effect.Effect<Told, never, Notices>,
  discretion: Discretion,
  left: Effect.Effect<void> = Effect.never
) {
  const question = Effect.map(telling(queryEventOf(asked)), (event) => messageOf(discretion(event)))
  const responseTo = (answered: Answered) => messageOf(discretion(responseEventOf(asked, answered)))
  const soon = yield* Effect.raceFirst(
    Effect.map(outcome, Option.some),
    Effect.as(patience(asked.askedAt, left), Option.none<Told>())
  )
  if (Option.isSome(soon)) {
    const told = soon.value
    if (told._tag === "Refused") return
    return yield* publish([yield* question, responseTo(told.answered)])
  }
  const { messages: unsent } = yield* send([yield* question])
  const told = yield* outcome
  yield* publish([...unsent, responseTo(endOf(told, yield* Clock.currentTimeMillis))])
})
