/** Decode, correlate, store, answer: what was stored is acknowledged, and nothing else. */
import * as Cause from "effect/Cause"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { eventsOf } from "../../schema/Interaction.ts"
import { InteractionStore } from "../../services/InteractionStore.ts"
import { type Batch, type QueueRecord, sortOut, type Work, withLaterOfGroup } from "./Batch.ts"

/** Lambda's partial batch response: the message ids that are to come again. */
export interface BatchResponse {
  readonly batchItemFailures: ReadonlyArray<{ readonly itemIdentifier: string }>
}

export interface Options {
  /** How long storing may take, so that the answer still leaves before the function is stopped. */
  readonly budget: Duration.Input
}

const store = Effect.fnUntraced(function* ({ interaction }: Work) {
  const interactions = yield* InteractionStore
  return yield* interactions.record(interaction)
})

/** A defect of one interaction is logged and fails that interaction alone. */
const outcomeOf = (work: Work, { budget }: Options) =>
  store(work).pipe(
    Effect.timeout(budget),
    Effect.exit,
    Effect.tap((exit) =>
      Exit.isSuccess(exit)
        ? Effect.void
        : Effect.logWarning("interaction not stored", {
            messageIds: work.records.map(({ messageId }) => messageId),
            reason: reasonOf(exit.cause)
          })
    ),
    Effect.map((exit) => ({ work, exit }))
  )

const reasonOf = (cause: Cause.Cause<{ readonly _tag: string; readonly message: string }>) => {
  const error = Cause.squash(cause)
  return error instanceof Error ? `${error.name}: ${error.message}` : "unknown"
}

const logRejected = ({ rejected }: Batch) =>
  Effect.forEach(
    rejected,
    ({ error, record }) =>
      Effect.logWarning("message undecodable", {
        messageId: record.messageId,
        reason: error.reason,
        detail: error.detail
      }),
    { discard: true }
  )

/** Processes a batch; never fails, because what went wrong is in the answer and in the log. */
export const processBatch = Effect.fnUntraced(function* (
  records: ReadonlyArray<QueueRecord>,
  options: Options
) {
  const batch = sortOut(records)
  yield* logRejected(batch)
  const outcomes = yield* Effect.forEach(batch.work, (work) => outcomeOf(work, options), {
    concurrency: "unbounded"
  })
  const failed = new Set(batch.rejected.map(({ record }) => record))
  const counts = { stored: 0, duplicates: 0, conflicts: 0, correlated: 0, halves: 0 }
  for (const { exit, work } of outcomes) {
    if (Exit.isFailure(exit)) {
      for (const record of work.records) failed.add(record)
      continue
    }
    counts.stored += exit.value.stored
    counts.duplicates +=
      exit.value.duplicates + work.records.length - eventsOf(work.interaction).length
    counts.conflicts += exit.value.conflicts
    counts[work.interaction.status === "correlated" ? "correlated" : "halves"] += 1
  }
  const returned = withLaterOfGroup(records, failed)
  yield* Effect.logInfo("batch processed", {
    records: records.length,
    decoded: batch.decoded,
    rejected: batch.rejected.length,
    returned: returned.length,
    ...counts
  })
  const response: BatchResponse = {
    batchItemFailures: returned.map(({ messageId }) => ({ itemIdentifier: messageId }))
  }
  return response
})
