import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import { expiresAtOf } from "../../src/layers/dynamodb/InteractionItem.ts"
import type { AnalyticsEvent } from "../../src/schema/AnalyticsEvent.ts"
import { encodeMessage } from "../../src/schema/EventText.ts"
import { eventKey } from "../../src/schema/Interaction.ts"
import { retentionDays } from "../../src/schema/Retention.ts"
import { answerOf } from "../../src/schema/report/QuestionTally.ts"
import type { Queue } from "../installation/Queue.ts"
import { batchMax, publish } from "./publish.ts"
import { type RowEvents, type RowRejected, reject } from "./RowRejected.ts"
import { type HistoryRow, readHistory } from "./readHistory.ts"

type Reason = RowRejected["reason"]
type Events = ReadonlyArray<AnalyticsEvent>

/** The report's word on an answer; `unanswered` has none. */
export const verdicts = ["full", "partial", "none", "unknown", "failed", "unanswered"] as const
type Verdict = (typeof verdicts)[number]

const verdictOf = (events: Events): Verdict => {
  const response = events.find((event) => event.eventType === "response")
  return response === undefined ? "unanswered" : answerOf(response)
}

const isVoteAlone = (events: Events): boolean =>
  events.every(({ eventType }) => eventType === "feedback")

export interface Imported {
  /** Rows that were sent; a dry run counts those that it would send. */
  readonly rows: number
  readonly events: number
  readonly rejected: Readonly<Record<Reason, number>>
  /** How many of these rows have which answer. */
  readonly answers: Readonly<Record<Verdict, number>>
  /** The last line that was sent. */
  readonly line: number
}

export interface RejectedRow {
  readonly line: number
  readonly reason: Reason
  readonly detail: string
}

export interface Choice {
  readonly file: string
  /** Skips the rows that start before this line. */
  readonly fromLine: number
  /** Applies to every event before it leaves this machine. */
  readonly makePrivate: (event: AnalyticsEvent) => AnalyticsEvent
  readonly secondsFor: (events: Events) => number
  readonly onRejected: (row: RejectedRow) => Effect.Effect<void>
  readonly onSent: (counts: Imported) => Effect.Effect<void>
}

const bytesOf = (events: Events): number =>
  events.reduce((sum, event) => sum + Buffer.byteLength(encodeMessage(event)), 0)

/** Rejects rows that the table would expire at once, or that the queue does not take. */
const checked = (row: RowEvents, nowMs: number): RowEvents =>
  Result.flatMap(row, (events) => {
    const [first] = events
    if (first !== undefined && expiresAtOf(eventKey(first)) * 1000 <= nowMs) {
      return reject(`older than the ${retentionDays} days that interactions are kept`, "expired")
    }
    return bytesOf(events) <= batchMax.bytes
      ? Result.succeed(events)
      : reject("larger than a queue takes at once", "too_large")
  })

interface ImportBatch {
  readonly line: number
  readonly rows: ReadonlyArray<Events>
}

/** Keeps a row whole, so that both halves of an interaction arrive together and cost one write. */
const intoBatches = (
  batch: ImportBatch,
  { events, line }: { readonly line: number; readonly events: Events }
): readonly [ImportBatch, ReadonlyArray<ImportBatch>] => {
  const rows = [...batch.rows, events]
  const all = rows.flat()
  return all.length <= batchMax.messages && bytesOf(all) <= batchMax.bytes
    ? [{ line, rows }, []]
    : [{ line, rows: [events] }, [batch]]
}

/**
 * Puts a file's rows on the queue as ordinary events, at the table's pace, or only checks them if
 * there is no queue. A second run is safe: request ids stay the same, and the store ignores
 * repeats.
 */
export const importHistory = Effect.fnUntraced(function* (
  queue: Queue | undefined,
  { file, fromLine, makePrivate, onRejected, onSent, secondsFor }: Choice
) {
  const now = yield* Clock.currentTimeMillis
  const counts = { rows: 0, events: 0, line: 0 }
  const rejected = { malformed: 0, expired: 0, without_text: 0, too_large: 0 }
  const answers = { full: 0, partial: 0, none: 0, unknown: 0, failed: 0, unanswered: 0 }

  const accepted = Effect.fnUntraced(function* ({ events, line }: HistoryRow) {
    const row = checked(events, now)
    if (Result.isSuccess(row)) return [{ line, events: row.success.map(makePrivate) }]
    const { message, reason } = row.failure
    rejected[reason] += 1
    yield* onRejected({ line, reason, detail: message })
    return []
  })

  const send = Effect.fnUntraced(function* ({ line, rows }: ImportBatch) {
    if (queue !== undefined) yield* publish(queue, rows.flat())
    counts.rows += rows.length
    counts.events += rows.flat().length
    counts.line = line
    for (const events of rows) if (!isVoteAlone(events)) answers[verdictOf(events)] += 1
    yield* onSent({ ...counts, rejected: { ...rejected }, answers: { ...answers } })
    const seconds = rows.reduce((sum, events) => sum + secondsFor(events), 0)
    if (queue !== undefined) yield* Effect.sleep(seconds * 1000)
  })

  yield* readHistory(file).pipe(
    Stream.filter(({ line }) => line >= fromLine),
    Stream.mapEffect(accepted),
    Stream.flatMap((rows) => Stream.fromIterable(rows)),
    Stream.mapAccum((): ImportBatch => ({ line: 0, rows: [] }), intoBatches, {
      onHalt: (last) => (last.rows.length === 0 ? [] : [last])
    }),
    Stream.runForEach(send)
  )
  return { ...counts, rejected, answers } satisfies Imported
})
