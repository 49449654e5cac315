import * as Effect from "effect/Effect"
import type { SessionId } from "../../src/schema/AnalyticsEvent.ts"
import { emptyCaches } from "../console/Cache.ts"
import type { Installation } from "../installation/Installation.ts"
import { depthOf } from "../installation/Queue.ts"
import { checkTable } from "../installation/TableShape.ts"
import { positionOf } from "../installation/WeekIndex.ts"
import { eraseLetters, type LettersDone } from "./eraseLetters.ts"
import { type Erasing, eraseFromReports, type ReportsDone, textsOf } from "./ReportQuestions.ts"
import type { SessionTexts } from "./reportWithout.ts"
import { countVotes, deleteItems, findItems, verifyGone } from "./SessionItems.ts"

/** The counts of an erasure; a dry run counts what it would erase. */
export interface Erasure {
  readonly interactions: number
  readonly votes: number
  /** Interactions that were still there at the second look. */
  readonly left: number
  readonly deadLetters: LettersDone
  readonly reports: ReportsDone
  /** Gaps in the owner's file that had words of the session. */
  readonly gaps: number
  /** Events of all sessions that are on their way to the table. */
  readonly queued: number
}

export interface Choice<E, R, E2, R2> extends Erasing {
  readonly session: SessionId
  /** Runs once the number of interactions is known, before anything is erased. */
  readonly confirm: (interactions: number) => Effect.Effect<void, E, R>
  readonly onDeleted: (count: number, of: number) => Effect.Effect<void>
  /** Takes the texts out of what else the owner keeps, and returns how many places had some. */
  readonly eraseElsewhere: (texts: SessionTexts) => Effect.Effect<number, E2, R2>
}

/**
 * Erases a session. The interactions go last, because they alone tell which questions and requests
 * to look for: the same command again completes an erasure that was interrupted.
 */
export const eraseSession = Effect.fnUntraced(function* <E, R, E2, R2>(
  { deadLetters, queue, table }: Installation,
  { confirm, dryRun, eraseElsewhere, onDeleted, onWait, session }: Choice<E, R, E2, R2>
) {
  const { identity } = yield* checkTable(table)
  const items = yield* findItems(table, session)
  if (!dryRun) yield* confirm(items.length)
  const gaps = yield* eraseElsewhere(textsOf(items))
  const votes = yield* countVotes(table, items)
  const before = yield* eraseFromReports(table, items, { dryRun, onWait })
  const requestIds = new Set(items.map((item) => positionOf(item).requestId))
  const letters = yield* eraseLetters(yield* deadLetters, { session, requestIds }, { dryRun })
  if (!dryRun) {
    yield* deleteItems(table, session, items, (count) => onDeleted(count, items.length))
  }
  const { known, left } = dryRun
    ? { known: items, left: 0 }
    : yield* verifyGone(table, session, items)
  // rows that a console has read are no longer wanted, and it reads the others again
  if (!dryRun) yield* emptyCaches(identity)
  // a reporter may have started after the first look, and before the items were gone
  const after = yield* eraseFromReports(table, known, { dryRun, onWait })
  const { inFlight, visible } = yield* depthOf(yield* queue)
  return {
    interactions: known.length,
    votes,
    left,
    deadLetters: letters,
    reports: {
      rewritten: [...new Set([...before.rewritten, ...after.rewritten])],
      unreadable: after.unreadable
    },
    gaps,
    queued: visible + inFlight
  } satisfies Erasure
})

/** True when everything within reach is gone; events on their way may still come. */
export const isComplete = ({ deadLetters, left, reports }: Erasure): boolean =>
  left + deadLetters.unseen + reports.unreadable.length === 0
