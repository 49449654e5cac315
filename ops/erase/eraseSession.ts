import * as Effect from "effect/Effect"
import type { SessionId } from "../../src/schema/AnalyticsEvent.ts"
import { depthOf } from "../dlq/QueueDepth.ts"
import type { Installation } from "../installation/Installation.ts"
import { checkTable } from "../installation/TableShape.ts"
import { positionOf } from "../installation/WeekIndex.ts"
import { eraseLetters, type LettersDone } from "./eraseLetters.ts"
import { type Erasing, eraseFromReports, type ReportsDone } from "./ReportWords.ts"
import { deleteItems, findItems, verifyGone } from "./SessionItems.ts"

/** What was found of a session and, but in a dry run, erased; and what may still speak of it. */
export interface Erasure {
  readonly interactions: number
  /** Still there when they were looked for again. */
  readonly left: number
  readonly deadLetters: LettersDone
  readonly reports: ReportsDone
  /** Events of anybody that are on their way to the table. */
  readonly queued: number
}

export interface Choice<E, R> extends Erasing {
  readonly session: SessionId
  /** Asked once it is known what there is; nothing was changed before. */
  readonly confirm: (interactions: number) => Effect.Effect<void, E, R>
  readonly onDeleted: (count: number, of: number) => Effect.Effect<void>
}

const both = (one: ReadonlyArray<string>, other: ReadonlyArray<string>) => [
  ...new Set([...one, ...other])
]

/**
 * Erases what is stored of a session. The interactions go last, for they alone tell which words and
 * which requests to look for: so an erasure that was interrupted is completed by the same again.
 */
export const eraseSession = Effect.fnUntraced(function* <E, R>(
  { deadLetters, queue, table }: Installation,
  { confirm, dryRun, onDeleted, onWait, session }: Choice<E, R>
) {
  yield* checkTable(table)
  const items = yield* findItems(table, session)
  if (!dryRun) yield* confirm(items.length)
  const before = yield* eraseFromReports(table, items, { dryRun, onWait })
  const requestIds = new Set(items.map((item) => positionOf(item).requestId))
  const letters = yield* eraseLetters(yield* deadLetters, { session, requestIds }, { dryRun })
  if (!dryRun) {
    yield* deleteItems(table, session, items, (count) => onDeleted(count, items.length))
  }
  const { known, left } = dryRun
    ? { known: items, left: 0 }
    : yield* verifyGone(table, session, items)
  // a report may have been begun after the first look, and before the items were gone
  const after = yield* eraseFromReports(table, known, { dryRun, onWait })
  const { inFlight, visible } = yield* depthOf(yield* queue)
  return {
    interactions: known.length,
    left,
    deadLetters: letters,
    reports: {
      rewritten: both(before.rewritten, after.rewritten),
      unreadable: after.unreadable
    },
    queued: visible + inFlight
  } satisfies Erasure
})

/** Whether all that can be reached is gone; what is on its way may still come. */
export const isComplete = ({ deadLetters, left, reports }: Erasure): boolean =>
  left + deadLetters.unseen + reports.unreadable.length === 0
