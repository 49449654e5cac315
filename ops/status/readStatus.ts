import * as Clock from "effect/Clock"
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import { retentionDays } from "../../src/schema/Retention.ts"
import { add } from "../../src/schema/report/Counts.ts"
import type { DeadLetter } from "../dlq/DeadLetter.ts"
import { look } from "../dlq/DeadLetters.ts"
import type { Installation } from "../installation/Installation.ts"
import type { Queue } from "../installation/Queue.ts"
import { depthOf } from "../installation/Queue.ts"
import { checkTable } from "../installation/TableShape.ts"
import { newestIn } from "../installation/WeekIndex.ts"
import { readAlarms } from "./Alarms.ts"
import { lastReport } from "./LastReport.ts"
import { type AlarmStatus, type Problem, problemsOf, type Status } from "./Status.ts"

/** How often a queue that nobody seems to receive from is asked again, a second apart. */
const looksAgain = 4

/** Messages that can be received are received at once, unless nobody is there. */
const queueStatus = Effect.fnUntraced(function* (queue: Queue) {
  const isWaiting = ({ inFlight, visible }: { visible: number; inFlight: number }) =>
    visible > 0 && inFlight === 0
  const { inFlight, visible } = yield* depthOf(queue).pipe(
    Effect.repeat({
      schedule: Schedule.spaced("1 second").pipe(Schedule.upTo({ times: looksAgain })),
      while: isWaiting
    })
  )
  return { visible, inFlight, isStalled: isWaiting({ visible, inFlight }) }
})

/** Of a queue that is very full, these batches of ten tell enough. */
const batchesMax = 20

const deadLetterStatus = Effect.fnUntraced(function* (queue: Queue, now: number) {
  const { inFlight, visible } = yield* depthOf(queue)
  const count = visible + inFlight
  if (count === 0) return { count, oldestAgeSeconds: null, byReason: {}, newest: null }
  const looking = yield* look(queue)
  const byReason = new Map<string, number>()
  let oldest = now
  let newest: DeadLetter | undefined
  yield* looking.batches.pipe(
    Stream.take(batchesMax),
    Stream.runForEach((batch) =>
      Effect.sync(() => {
        for (const letter of batch) {
          add(byReason, letter.verdict.reason)
          oldest = Math.min(oldest, letter.deadSince)
          if (letter.deadSince >= (newest?.deadSince ?? 0)) newest = letter
        }
      })
    )
  )
  return {
    count,
    oldestAgeSeconds: newest === undefined ? null : Math.round((now - oldest) / 1000),
    byReason: Object.fromEntries(byReason),
    newest:
      newest === undefined
        ? null
        : {
            reason: newest.verdict.reason,
            deadSinceMs: newest.deadSince,
            messageId: newest.messageId
          }
  }
}, Effect.scoped)

const dayMs = 86_400_000

/** `npm start` has none to ask for. */
const noAlarms: AlarmStatus = { on: [], last: null }

/** Reads all that can be read: one service that does not answer is a problem and no failure. */
export const readStatus = Effect.fnUntraced(function* (
  installation: Installation,
  zone: DateTime.TimeZone.Named
) {
  const { clearly, deadLetters, definitions, isLocal, queue, table } = installation
  const now = yield* Clock.currentTimeMillis
  const readTable = Effect.gen(function* () {
    yield* checkTable(table)
    const span = { startMs: now - (retentionDays + 1) * dayMs, endMs: now + 8 * dayMs }
    const newestMs = (yield* newestIn(table, span)) ?? null
    const { schedule } = definitions
    return { newestMs, ...(yield* lastReport(table, { now, schedule, zone })) }
  })
  const read = yield* Effect.all(
    {
      queue: Effect.flatMap(queue, queueStatus),
      deadLetters: Effect.flatMap(deadLetters, (found) => deadLetterStatus(found, now)),
      table: clearly(readTable),
      alarms: isLocal ? Effect.succeed(noAlarms) : readAlarms(installation)
    },
    { concurrency: "unbounded", mode: "result" }
  )
  const status: Status = {
    queue: Result.getOrElse(read.queue, () => null),
    deadLetters: Result.getOrElse(read.deadLetters, () => null),
    table: Result.getOrElse(read.table, () => null),
    alarms: Result.getOrElse(read.alarms, () => null)
  }
  const results: ReadonlyArray<Result.Result<unknown, { readonly message: string }>> =
    Object.values(read)
  const faults = new Set(
    results.flatMap((result) => (Result.isFailure(result) ? [result.failure.message] : []))
  )
  const unanswered = [...faults].map(
    (what): Problem => ({
      what,
      mend: isLocal
        ? "npm start, or name by --port the one that it was given"
        : "see that it runs, and that these credentials may use it"
    })
  )
  const where = { ...installation, tableName: table.name, region: installation.at("table").region }
  return { now, status, problems: [...unanswered, ...problemsOf(status, where)] }
})
