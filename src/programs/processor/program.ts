/** Decode, enrich, store, answer: what was stored is acknowledged, and nothing else. */
import * as Clock from "effect/Clock"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Schedule from "effect/Schedule"
import { eventKey, eventsOf } from "../../schema/Interaction.ts"
import { AgentClassifier } from "../../services/AgentClassifier.ts"
import {
  InteractionStore,
  type Recorded,
  type StoreUnavailable
} from "../../services/InteractionStore.ts"
import { type Batch, type QueueRecord, sortOut, type Work, withLaterOfGroup } from "./Batch.ts"
import { type BatchCounts, embeddedMetrics } from "./BatchMetrics.ts"
import { enrich } from "./enrich.ts"
import { batchOf } from "./SqsEvent.ts"

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
  tries: number
  exit: Exit.Exit<Recorded, unknown>
}

interface Services {
  readonly interactions: InteractionStore["Service"]
  readonly classifier: AgentClassifier["Service"]
}

/** Enriched and encoded once, however often it is written. */
const writeOf = ({ interaction }: Work, { classifier, interactions }: Services) => {
  const { failure, traits } = enrich(interaction, classifier)
  const write = interactions.record(interaction, traits)
  return failure === undefined
    ? write
    : Effect.andThen(Effect.logWarning("visit not enriched", { reason: failure }), write)
}

/** Asks a store that was away again and again; the schedule's first wait follows the first try. */
const keepTrying = (first: StoreUnavailable, attempt: ReturnType<typeof writeOf>) => {
  let known: StoreUnavailable | undefined = first
  return Effect.suspend(() => {
    if (known === undefined) return attempt
    const error = known
    known = undefined
    return Effect.fail(error)
  }).pipe(
    Effect.retry({
      schedule: untilAvailable,
      while: (error) => error._tag === "StoreUnavailable"
    })
  )
}

/** Writes one interaction, and notes down what came of it. */
const store = (stored: Stored, services: Services) =>
  Effect.suspend(() => {
    const write = writeOf(stored.work, services)
    const attempt = Effect.suspend(() => {
      stored.tries += 1
      return write
    })
    return Effect.catchTag(attempt, "StoreUnavailable", (error) => keepTrying(error, attempt))
  }).pipe(
    Effect.onExit((exit) => {
      stored.exit = exit
      return Effect.void
    }),
    Effect.exit
  )

/** All at once, within one budget: what has not come to an end by then counts as interrupted. */
const storeAll = Effect.fnUntraced(function* (works: ReadonlyArray<Work>, { budget }: Options) {
  const services = { interactions: yield* InteractionStore, classifier: yield* AgentClassifier }
  const outcomes = works.map((work): Stored => ({ work, tries: 0, exit: Exit.interrupt() }))
  // the timer goes first, for encoding a batch is work that nothing interrupts
  yield* Effect.raceFirst(
    Effect.sleep(budget),
    Effect.forEach(outcomes, (stored) => store(stored, services), {
      concurrency: "unbounded",
      discard: true
    })
  )
  return outcomes
})

/** A failure fails its interaction alone, whether it was foreseen, a defect, or the end of time. */
const logFailed = (outcomes: ReadonlyArray<Stored>) =>
  Effect.forEach(
    outcomes,
    ({ exit, work }) =>
      Exit.isSuccess(exit)
        ? Effect.void
        : Effect.logWarning("interaction not stored", exit.cause, {
            messageIds: work.records.map(({ messageId }) => messageId)
          }),
    { discard: true }
  )

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
  const outcomes = yield* storeAll(batch.work, options)
  yield* logFailed(outcomes)
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

/**
 * Processes Lambda's SQS event. A record without an id cannot be asked for by name, so then an
 * empty identifier asks for the whole batch again, which costs nothing but the repeat.
 */
export const processEvent = Effect.fnUntraced(function* (event: unknown, options: Options) {
  const { nameless, records } = yield* Effect.fromResult(batchOf(event))
  const response = yield* processBatch(records, options)
  if (nameless === 0) return response
  yield* Effect.logError("records without a message id", { nameless })
  const everything: BatchResponse = { batchItemFailures: [{ itemIdentifier: "" }] }
  return everything
})
