/** Decode, enrich, store, answer: what was stored is acknowledged, and nothing else. */
import * as Clock from "effect/Clock"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Schedule from "effect/Schedule"
import { eventKey, eventsOf } from "../../schema/Interaction.ts"
import { InteractionStore, type Recorded } from "../../services/InteractionStore.ts"
import { type Batch, type QueueRecord, sortOut, type Work, withLaterOfGroup } from "./Batch.ts"
import { type BatchCounts, embeddedMetrics } from "./BatchMetrics.ts"
import { enrich } from "./enrich.ts"

/** Lambda's partial batch response: the message ids that are to come again. */
export interface BatchResponse {
  readonly batchItemFailures: ReadonlyArray<{ readonly itemIdentifier: string }>
}

export interface Options {
  /** How long storing may take, so that the answer still leaves before the function is stopped. */
  readonly budget: Duration.Input
}

/** From 50 ms to 5 s between tries, with jitter; the budget is what ends it. */
const untilAvailable = Schedule.min([
  Schedule.exponential("50 millis", 2.5),
  Schedule.spaced("5 seconds")
]).pipe(Schedule.jittered)

interface Stored {
  readonly work: Work
  readonly tries: number
  readonly exit: Exit.Exit<Recorded, unknown>
}

const attempt = Effect.fnUntraced(function* ({ interaction }: Work) {
  const interactions = yield* InteractionStore
  return yield* interactions.record(interaction, yield* enrich(interaction))
})

/** A failure is logged and fails this interaction alone, whether it was foreseen or a defect. */
const store = (work: Work, { budget }: Options): Effect.Effect<Stored, never, Requirements> =>
  Effect.suspend(() => {
    let tries = 0
    return Effect.suspend(() => {
      tries += 1
      return attempt(work)
    }).pipe(
      Effect.retry({
        schedule: untilAvailable,
        while: (error) => error._tag === "StoreUnavailable"
      }),
      Effect.timeout(budget),
      Effect.tapCause((cause) =>
        Effect.logWarning("interaction not stored", cause, {
          messageIds: work.records.map(({ messageId }) => messageId)
        })
      ),
      Effect.exit,
      Effect.map((exit) => ({ work, tries, exit }))
    )
  })
type Requirements = Effect.Services<ReturnType<typeof attempt>>

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

const total = <A>(values: ReadonlyArray<A>, count: (value: A) => number): number =>
  values.reduce((sum, value) => sum + count(value), 0)

/** Events of a clock that is further ahead of ours; they are kept, and counted. */
const clockAheadMs = 86_400_000

const countAhead = ({ work }: Batch, now: number): number =>
  total(
    work.flatMap(({ interaction }) => eventsOf(interaction)),
    (event) => Number(Math.max(event.timestamp, eventKey(event).timestamp) > now + clockAheadMs)
  )

const countStored = (outcomes: ReadonlyArray<Stored>) => {
  const done = outcomes.flatMap(({ exit, work }) =>
    Exit.isSuccess(exit) ? [{ work, recorded: exit.value }] : []
  )
  const whole = total(done, ({ work }) => Number(work.interaction.status === "correlated"))
  return {
    correlated: whole,
    halves: done.length - whole,
    stored: total(done, ({ recorded }) => recorded.stored),
    duplicates: total(done, ({ recorded, work }) => recorded.duplicates + work.duplicates),
    conflicts: total(done, ({ recorded, work }) => recorded.conflicts + work.conflicts),
    cut: total(done, ({ recorded }) => recorded.cut),
    writeUnits: total(done, ({ recorded }) => recorded.writeUnits),
    retried: total(outcomes, ({ tries }) => Math.max(0, tries - 1))
  }
}

/** Processes a batch; never fails, because what went wrong is in the answer and in the log. */
export const processBatch = Effect.fnUntraced(function* (
  records: ReadonlyArray<QueueRecord>,
  options: Options
) {
  const startedAt = yield* Clock.currentTimeMillis
  const batch = sortOut(records)
  yield* logRejected(batch)
  const outcomes = yield* Effect.forEach(batch.work, (work) => store(work, options), {
    concurrency: "unbounded"
  })
  const failed = new Set([
    ...batch.rejected.map(({ record }) => record),
    ...outcomes.flatMap(({ exit, work }) => (Exit.isFailure(exit) ? work.records : []))
  ])
  const returned = withLaterOfGroup(records, failed)
  const now = yield* Clock.currentTimeMillis
  const counts: BatchCounts = {
    records: records.length,
    decoded: batch.decoded,
    rejected: batch.rejected.length,
    returned: returned.length,
    clockAhead: countAhead(batch, startedAt),
    ...countStored(outcomes),
    durationMs: now - startedAt
  }
  yield* Effect.logInfo("batch processed", embeddedMetrics(counts, now))
  const response: BatchResponse = {
    batchItemFailures: [...new Set(returned.map(({ messageId }) => messageId))].map(
      (itemIdentifier) => ({ itemIdentifier })
    )
  }
  return response
})
