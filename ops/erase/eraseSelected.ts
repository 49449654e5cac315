import * as Effect from "effect/Effect"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"
import { emptyCaches } from "../console/Cache.ts"
import type { Installation } from "../installation/Installation.ts"
import { depthOf } from "../installation/Queue.ts"
import { checkTable } from "../installation/TableShape.ts"
import { positionOf } from "../installation/WeekIndex.ts"
import { eraseLetters, type LettersDone } from "./eraseLetters.ts"
import { type Erasing, eraseFromReports, type ReportsDone, textsOf } from "./ReportQuestions.ts"
import type { SessionTexts } from "./reportWithout.ts"
import { findSelected, type Selection } from "./Selection.ts"
import { countVotes, deleteItems, verifyGone } from "./SessionItems.ts"

/** The counts of an erasure; a dry run counts what it would erase. */
export interface Erasure {
  readonly interactions: number
  readonly votes: number
  /** Interactions that were still there at the second look. */
  readonly left: number
  readonly deadLetters: LettersDone
  readonly reports: ReportsDone
  /** Gaps in the owner's file that had words of the interactions. */
  readonly gaps: number
  /** Events of all sessions that are on their way to the table. */
  readonly queued: number
}

export interface Choice<E, R, E2, R2> extends Erasing {
  readonly selection: Selection
  /** Runs once the interactions are known, before anything is erased; also in a dry run. */
  readonly onFound: (items: ReadonlyArray<Item>) => Effect.Effect<void, E, R>
  readonly onDeleted: (count: number, of: number) => Effect.Effect<void>
  /** Takes the texts out of what else the owner keeps, and returns how many places had some. */
  readonly eraseElsewhere: (texts: SessionTexts) => Effect.Effect<number, E2, R2>
}

/**
 * Erases what is selected. The interactions go last, because they alone tell which questions and
 * requests to look for: the same command again completes an erasure that was interrupted.
 */
export const eraseSelected = Effect.fnUntraced(function* <E, R, E2, R2>(
  { deadLetters, queue, table }: Installation,
  { dryRun, eraseElsewhere, onDeleted, onFound, onWait, selection }: Choice<E, R, E2, R2>
) {
  const { identity } = yield* checkTable(table)
  const find = findSelected(table, selection)
  const items = yield* find
  yield* onFound(items)
  const gaps = yield* eraseElsewhere(textsOf(items))
  const votes = yield* countVotes(table, items)
  const before = yield* eraseFromReports(table, items, { dryRun, onWait })
  const requestIds = new Set(items.map((item) => positionOf(item).requestId))
  const letters = yield* eraseLetters(yield* deadLetters, selection, { dryRun, requestIds })
  if (!dryRun) {
    yield* deleteItems(table, items, (count) => onDeleted(count, items.length))
  }
  const { known, left } = dryRun ? { known: items, left: 0 } : yield* verifyGone(table, find, items)
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
