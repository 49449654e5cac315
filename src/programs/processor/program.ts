/** Sorts a batch out, stores it and answers: only stored events are acknowledged. */
import * as Clock from "effect/Clock"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { type Batch, isVote, type QueueRecord, sortOut } from "./Batch.ts"
import { countsOf, embeddedMetrics } from "./BatchMetrics.ts"
import { returning, returningAll, withLaterOfGroup } from "./BatchResponse.ts"
import { countdown } from "./Budget.ts"
import { batchOf } from "./SqsEvent.ts"
import { type Outcome, storeAll } from "./storeAll.ts"

export interface Options {
  /** How long processing may take, so that the response leaves before the function is stopped. */
  readonly budget: Duration.Input
}

const logUndecodable = ({ undecodable }: Batch) =>
  Effect.forEach(
    undecodable,
    ({ error: { detail, reason }, record: { messageId } }) =>
      Effect.logWarning("message undecodable", { messageId, reason, detail }),
    { discard: true }
  )

const logFailed = (outcomes: ReadonlyArray<Outcome>) =>
  Effect.forEach(
    outcomes,
    ({ exit, work }) =>
      Exit.isSuccess(exit)
        ? Effect.void
        : Effect.logWarning(`${isVote(work) ? "vote" : "interaction"} not stored`, exit.cause, {
            messageIds: work.records.map(({ messageId }) => messageId)
          }),
    { discard: true }
  )

const failedRecords = ({ undecodable }: Batch, outcomes: ReadonlyArray<Outcome>) =>
  new Set([
    ...undecodable.map(({ record }) => record),
    ...outcomes.flatMap(({ exit, work }) => (Exit.isFailure(exit) ? work.records : []))
  ])

/** Processes a batch; never fails, because the response and the log tell every failure. */
export const processBatch = Effect.fnUntraced(function* (
  records: ReadonlyArray<QueueRecord>,
  { budget }: Options
) {
  const clock = yield* Clock.Clock
  const startedAt = clock.currentTimeMillisUnsafe()
  const leftMs = countdown(clock, budget)
  const batch = sortOut(records)
  yield* logUndecodable(batch)
  const outcomes = yield* storeAll(batch.work, leftMs)
  yield* logFailed(outcomes)
  const returned = withLaterOfGroup(records, failedRecords(batch, outcomes))
  const endedAt = clock.currentTimeMillisUnsafe()
  const counts = countsOf({ records, batch, outcomes, returned, startedAt, endedAt })
  yield* Effect.logInfo("batch processed", embeddedMetrics(counts, endedAt))
  return returning(returned)
})

/**
 * Processes Lambda's SQS event; a record without an id can return only with the whole batch. It has
 * no span, because one makes the handling of a batch half as fast.
 */
export const processEvent = Effect.fnUntraced(function* (event: unknown, options: Options) {
  const { nameless, records } = yield* Effect.fromResult(batchOf(event))
  const response = yield* processBatch(records, options)
  if (nameless === 0) return response
  yield* Effect.logError("records without a message id", { nameless })
  return returningAll
})
