import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import type { Definitions } from "../../infra/definitions/Definitions.ts"
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
import { recentVotes } from "./recentVotes.ts"
import { type AlarmStatus, type Problem, problemsOf, type Status } from "./Status.ts"

/** Asks a queue again that seems to have no consumer, once a second. */
const lookAgain = Schedule.spaced("1 second").pipe(Schedule.upTo({ times: 4 }))

export interface Asked {
  readonly zone: DateTime.TimeZone.Named
  readonly delivery: Definitions["delivery"]["by"]
}

/** A trigger receives visible messages at once. */
const isWaiting = ({ inFlight, visible }: { visible: number; inFlight: number }) =>
  visible > 0 && inFlight === 0

const queueStatus = Effect.fnUntraced(function* (queue: Queue, delivery: Asked["delivery"]) {
  const depth = yield* Effect.repeat(depthOf(queue), { schedule: lookAgain, while: isWaiting })
  const { inFlight, visible } = depth
  // between two drains they wait, and an alarm tells when it takes too long
  return { visible, inFlight, isStalled: delivery === "trigger" && isWaiting(depth) }
})

/** Ten letters each: more would take long, and tell little more. */
const batchesMax = 20

/** Older letters have been told before, by status, alarm and mail. */
const recentMs = 7 * 86_400_000

const isoOf = (ms: number): string => DateTime.formatIso(DateTime.makeUnsafe(ms))

const deadLetterStatus = Effect.fnUntraced(function* (queue: Queue, now: number) {
  const { inFlight, visible } = yield* depthOf(queue)
  const count = visible + inFlight
  if (count === 0) {
    return { count, recent: 0, unseen: 0, oldestAgeSeconds: null, byReason: {}, newest: null }
  }
  const looking = yield* look(queue)
  const byReason = new Map<string, number>()
  let [seen, recent, oldest] = [0, 0, now]
  let newest: DeadLetter | undefined
  yield* looking.batches.pipe(
    Stream.take(batchesMax),
    Stream.runForEach((batch) =>
      Effect.sync(() => {
        for (const letter of batch) {
          seen += 1
          if (letter.deadSince > now - recentMs) {
            recent += 1
            add(byReason, letter.verdict.reason)
          }
          oldest = Math.min(oldest, letter.deadSince)
          if (letter.deadSince >= (newest?.deadSince ?? 0)) newest = letter
        }
      })
    )
  )
  return {
    count,
    recent,
    unseen: Math.max(0, count - seen),
    oldestAgeSeconds: newest === undefined ? null : Math.round((now - oldest) / 1000),
    byReason: Object.fromEntries(byReason),
    newest:
      newest === undefined
        ? null
        : {
            messageId: newest.messageId,
            reason: newest.verdict.reason,
            deadSince: isoOf(newest.deadSince)
          }
  }
}, Effect.scoped)

const dayMs = 86_400_000

/** `npm start` has no alarms. */
const noAlarms: AlarmStatus = { on: [], isHistoryKnown: true, last: null }

/** Reads everything that answers: a service that does not is a problem, and no failure. */
export const readStatus = Effect.fnUntraced(function* (
  installation: Installation,
  { delivery, zone }: Asked
) {
  const { clearly, deadLetters, definitions, isLocal, queue, table } = installation
  const now = yield* Clock.currentTimeMillis
  const readTable = Effect.gen(function* () {
    yield* checkTable(table)
    const span = { startMs: now - (retentionDays + 1) * dayMs, endMs: now + 8 * dayMs }
    const newestMs = yield* newestIn(table, span)
    const { schedule } = definitions
    return {
      newest: newestMs === undefined ? null : isoOf(newestMs),
      votes: yield* recentVotes(table, now),
      ...(yield* lastReport(table, { now, schedule, zone }))
    }
  })
  const faults = new Set<string>()
  const orNull = <A, E extends { readonly message: string }, R>(part: Effect.Effect<A, E, R>) =>
    Effect.catch(part, ({ message }) =>
      Effect.as(
        Effect.sync(() => faults.add(message)),
        null
      )
    )
  const status: Status = yield* Effect.all(
    {
      queue: orNull(Effect.flatMap(queue, (found) => queueStatus(found, delivery))),
      deadLetters: orNull(Effect.flatMap(deadLetters, (found) => deadLetterStatus(found, now))),
      table: orNull(clearly(readTable)),
      alarms: isLocal ? Effect.succeed(noAlarms) : orNull(readAlarms(installation))
    },
    { concurrency: "unbounded" }
  )
  const mend = isLocal
    ? "run npm start, or give its port with --port"
    : "check that it runs, and that these credentials may use it"
  const unanswered = [...faults].map((what): Problem => ({ what, mend }))
  const where = { ...installation, tableName: table.name, region: installation.at("table").region }
  return { now, status, problems: [...unanswered, ...problemsOf(status, where)] }
})
