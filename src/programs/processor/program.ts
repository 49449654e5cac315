/** Decode, enrich, store, answer: what was stored is acknowledged, and nothing else. */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
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
  /** How long processing may take, so that the answer leaves before the function is stopped. */
  readonly budget: Duration.Input
}

/** Kept back from the function's time, so that the partial batch response still leaves. */
const reserveMs = 500

/** What processing may take of what is left of the function's time. */
export const budgetOf = (remainingMs: number): number => Math.max(0, remainingMs - reserveMs)

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

/** Writes one interaction, and notes down what came of it; a defect is its own and no other's. */
const store = (stored: Stored, services: Services) => {
  const settle = (exit: Stored["exit"]) => {
    stored.exit = exit
    return Effect.void
  }
  const firstTry = Effect.suspend(() => {
    const write = writeOf(stored.work, services)
    const attempt = Effect.suspend(() => {
      stored.tries += 1
      return write
    })
    return Effect.catchTag(attempt, "StoreUnavailable", (error) => keepTrying(error, attempt))
  })
  return Effect.matchCauseEffect(firstTry, {
    onFailure: (cause) => settle(Exit.failCause(cause)),
    onSuccess: (recorded) => settle(Exit.succeed(recorded))
  })
}

const allAtOnce = { concurrency: "unbounded", discard: true } as const

/** All at once, while time is left: what has not come to an end by then counts as interrupted. */
const storeAll = Effect.fnUntraced(function* (works: ReadonlyArray<Work>, leftMs: () => number) {
  const services = { interactions: yield* InteractionStore, classifier: yield* AgentClassifier }
  const outcomes = works.map((work): Stored => ({ work, tries: 0, exit: Exit.interrupt() }))
  yield* Effect.raceFirst(
    Effect.forEach(outcomes, (stored) => store(stored, services), allAtOnce),
    // asked for when all writes are on their way, for nothing interrupts the encoding of a batch
    Effect.suspend(() => Effect.sleep(Math.max(0, leftMs())))
  )
  return outcomes
})

/** What is left of the budget from now on, whatever happens to the time of day. */
const countdown = (clock: Clock.Clock, budget: Duration.Input) => {
  const from = clock.monotonicTimeNanosUnsafe()
  return () => Duration.toMillis(budget) - Number(clock.monotonicTimeNanosUnsafe() - from) / 1e6
}

const failedOf = (outcomes: ReadonlyArray<Stored>) =>
  outcomes.flatMap(({ exit, work }) =>
    Exit.isFailure(exit) ? [{ cause: exit.cause, records: work.records }] : []
  )

/** A failure fails its interaction alone, whether it was foreseen, a defect, or the end of time. */
const logFailed = (failures: ReturnType<typeof failedOf>) =>
  Effect.forEach(
    failures,
    ({ cause, records }) =>
      Effect.logWarning("interaction not stored", cause, {
        messageIds: records.map(({ messageId }) => messageId)
      }),
    { discard: true }
  )

const logUndecodable = ({ undecodable }: Batch) =>
  Effect.forEach(
    undecodable,
    ({ error, record }) =>
      Effect.logWarning("message undecodable", {
        messageId: record.messageId,
        reason: error.reason,
        detail: error.detail
      }),
    { discard: true }
  )

/** Events of a clock that is further ahead of ours; they are kept, and counted. */
const clockAheadMs = 86_400_000

const countAhead = ({ work }: Batch, now: number): number => {
  let ahead = 0
  for (const { interaction } of work) {
    for (const event of eventsOf(interaction)) {
      if (Math.max(event.timestamp, eventKey(event).timestamp) > now + clockAheadMs) ahead += 1
    }
  }
  return ahead
}

const lossesToldBy = ({ interaction }: Work): number =>
  eventsOf(interaction).reduce(
    (sum, event) => sum + (event.eventType === "query" ? (event.metadata.lostBefore ?? 0) : 0),
    0
  )

const countStored = (outcomes: ReadonlyArray<Stored>) => {
  const counts = {
    correlated: 0,
    halves: 0,
    stored: 0,
    duplicates: 0,
    conflicts: 0,
    cut: 0,
    edgeLost: 0,
    writeUnits: 0,
    retried: 0
  }
  for (const { exit, tries, work } of outcomes) {
    counts.retried += Math.max(0, tries - 1)
    if (Exit.isFailure(exit)) continue
    const recorded = exit.value
    counts[work.interaction.status === "correlated" ? "correlated" : "halves"] += 1
    counts.stored += recorded.stored
    counts.duplicates += recorded.duplicates + work.duplicates
    counts.conflicts += recorded.conflicts + work.conflicts
    counts.cut += recorded.cut
    // if a half was there already, it may be the question, and what it tells was counted then
    const isAllNew = recorded.stored === eventsOf(work.interaction).length
    if (isAllNew) counts.edgeLost += lossesToldBy(work)
    counts.writeUnits += recorded.writeUnits
  }
  return counts
}

/** Processes a batch; never fails, because what went wrong is in the answer and in the log. */
export const processBatch = Effect.fnUntraced(function* (
  records: ReadonlyArray<QueueRecord>,
  { budget }: Options
) {
  const clock = yield* Clock.Clock
  const startedAt = clock.currentTimeMillisUnsafe()
  const leftMs = countdown(clock, budget)
  const batch = sortOut(records)
  if (batch.undecodable.length > 0) yield* logUndecodable(batch)
  const outcomes = yield* storeAll(batch.work, leftMs)
  const failures = failedOf(outcomes)
  if (failures.length > 0) yield* logFailed(failures)
  const failed = new Set([
    ...batch.undecodable.map(({ record }) => record),
    ...failures.flatMap(({ records: concerned }) => concerned)
  ])
  const returned = withLaterOfGroup(records, failed)
  const now = clock.currentTimeMillisUnsafe()
  const counts: BatchCounts = {
    records: records.length,
    decoded: batch.decoded,
    undecodable: batch.undecodable.length,
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
