import * as Effect from "effect/Effect"
import type { Item } from "../../src/layers/DynamoDb.ts"
import type { SessionId } from "../../src/schema/AnalyticsEvent.ts"
import { depthOf } from "../dlq/QueueDepth.ts"
import type { Installation } from "../installation/Installation.ts"
import { checkTable } from "../installation/TableShape.ts"
import { positionOf, type Span } from "../installation/WeekIndex.ts"
import { eraseLetters, type LettersDone } from "./eraseLetters.ts"
import { eraseFromReports, type ReportsDone } from "./ReportWords.ts"
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

export interface Choice<E, R> {
  readonly session: SessionId
  readonly dryRun: boolean
  /** Asked once it is known what there is; nothing was changed before. */
  readonly confirm: (interactions: number) => Effect.Effect<void, E, R>
  readonly onDeleted: (count: number, of: number) => Effect.Effect<void>
}

const spanOf = (items: ReadonlyArray<Item>): Span => {
  const times = items.map((item) => positionOf(item).timestamp)
  return {
    startMs: times.reduce((first, time) => Math.min(first, time), Number.POSITIVE_INFINITY),
    endMs: times.reduce((last, time) => Math.max(last, time), 0)
  }
}

const noReports: ReportsDone = { rewritten: [], unreadable: [], inProgress: [] }

/**
 * Erases what is stored of a session. Reports come first, because only the interactions tell which
 * words to look for: so an erasure that was interrupted is completed by the same one again.
 */
export const eraseSession = Effect.fnUntraced(function* <E, R>(
  { deadLetters, queue, table }: Installation,
  { confirm, dryRun, onDeleted, session }: Choice<E, R>
) {
  yield* checkTable(table)
  const items = yield* findItems(table, session)
  if (!dryRun) yield* confirm(items.length)
  const questions = new Set(items.flatMap(({ question }) => question?.S || []))
  const reports =
    items.length === 0
      ? noReports
      : yield* eraseFromReports(table, spanOf(items), questions, { dryRun })
  if (!dryRun) {
    yield* deleteItems(table, session, items, (count) => onDeleted(count, items.length))
  }
  const requestIds = new Set(items.map((item) => positionOf(item).requestId))
  const letters = yield* eraseLetters(yield* deadLetters, { session, requestIds }, { dryRun })
  const { extra, left } = dryRun ? { extra: 0, left: 0 } : yield* verifyGone(table, session, items)
  const { inFlight, visible } = yield* depthOf(yield* queue)
  return {
    interactions: items.length + extra,
    left,
    deadLetters: letters,
    reports,
    queued: visible + inFlight
  } satisfies Erasure
})

/** Whether all that can be reached is gone; what is on its way may still come. */
export const isComplete = ({ deadLetters, left, reports }: Erasure): boolean =>
  left + deadLetters.unseen + reports.unreadable.length + reports.inProgress.length === 0
