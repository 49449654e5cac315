import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import { expiresAtOf } from "../../src/layers/dynamodb/InteractionItem.ts"
import { type AnalyticsEvent, encodeMessage } from "../../src/schema/AnalyticsEvent.ts"
import { eventKey } from "../../src/schema/Interaction.ts"
import { retentionDays } from "../../src/schema/Retention.ts"
import type { Queue } from "../installation/Queue.ts"
import { batchMax, publish } from "./publish.ts"
import { RowRejected } from "./RowRejected.ts"
import { type HistoryRow, readHistory } from "./readHistory.ts"

type Reason = RowRejected["reason"]

export interface Imported {
  /** Rows whose events are on the queue, or in a dry run would be. */
  readonly rows: number
  readonly events: number
  readonly refused: Readonly<Record<Reason, number>>
  /** Line up to which the file is done with. */
  readonly line: number
}

export interface Choice {
  readonly file: string
  /** Rows that start before this line are passed over. */
  readonly fromLine: number
  readonly dryRun: boolean
  /** What becomes of every event before it leaves this machine. */
  readonly discretion: (event: AnalyticsEvent) => AnalyticsEvent
  readonly secondsFor: (events: ReadonlyArray<AnalyticsEvent>) => number
}

export interface Refusal {
  readonly line: number
  readonly reason: Reason
  readonly detail: string
}

interface Following {
  readonly onRefused: (refusal: Refusal) => Effect.Effect<void>
  readonly onSent: (counts: Imported) => Effect.Effect<void>
}

const bytesOf = (events: ReadonlyArray<AnalyticsEvent>): number =>
  events.reduce((sum, event) => sum + Buffer.byteLength(encodeMessage(event)), 0)

/** What a row that can be read must still be, to be stored and to be kept. */
const checked = ({ events }: HistoryRow, nowMs: number): HistoryRow["events"] =>
  Result.flatMap(events, (found) => {
    const [first] = found
    if (first !== undefined && expiresAtOf(eventKey(first)) * 1000 <= nowMs) {
      const detail = `older than the ${retentionDays} days that interactions are kept`
      return Result.fail(new RowRejected({ reason: "expired", detail }))
    }
    return bytesOf(found) <= batchMax.bytes
      ? Result.succeed(found)
      : Result.fail(
          new RowRejected({ reason: "too_large", detail: "larger than a queue takes at once" })
        )
  })

interface ImportBatch {
  readonly line: number
  readonly rows: ReadonlyArray<ReadonlyArray<AnalyticsEvent>>
}

const emptyBatch: ImportBatch = { line: 0, rows: [] }

/** Whole rows, so that both halves of an interaction come together and cost one write. */
const intoBatches = (
  batch: ImportBatch,
  row: { readonly line: number; readonly events: ReadonlyArray<AnalyticsEvent> }
): readonly [ImportBatch, ReadonlyArray<ImportBatch>] => {
  const rows = [...batch.rows, row.events]
  const events = rows.flat()
  return events.length <= batchMax.messages && bytesOf(events) <= batchMax.bytes
    ? [{ line: row.line, rows }, []]
    : [{ line: row.line, rows: [row.events] }, [batch]]
}

/**
 * Puts a file's rows on the queue as ordinary events, at the pace that the table stands. Run again
 * it changes nothing: the ids are the same, and the store keeps what it has.
 */
export const importHistory = Effect.fnUntraced(function* (
  queue: Queue | undefined,
  { discretion, dryRun, file, fromLine, secondsFor }: Choice,
  { onRefused, onSent }: Following
) {
  const now = yield* Clock.currentTimeMillis
  const counts = { rows: 0, events: 0, line: 0 }
  const refused = { malformed: 0, expired: 0, without_text: 0, too_large: 0 }

  const accepted = Effect.fnUntraced(function* (row: HistoryRow) {
    const events = checked(row, now)
    if (Result.isSuccess(events)) {
      return [{ line: row.line, events: events.success.map(discretion) }]
    }
    const { detail, reason } = events.failure
    refused[reason] += 1
    yield* onRefused({ line: row.line, reason, detail })
    return []
  })

  const send = Effect.fnUntraced(function* ({ line, rows }: ImportBatch) {
    if (queue !== undefined && !dryRun) yield* publish(queue, rows.flat())
    counts.rows += rows.length
    counts.events += rows.flat().length
    counts.line = line
    yield* onSent({ ...counts, refused: { ...refused } })
    const seconds = rows.reduce((sum, events) => sum + secondsFor(events), 0)
    if (!dryRun) yield* Effect.sleep(seconds * 1000)
  })

  yield* readHistory(file).pipe(
    Stream.filter(({ line }) => line >= fromLine),
    Stream.mapEffect(accepted),
    Stream.flatMap((rows) => Stream.fromIterable(rows)),
    Stream.mapAccum(() => emptyBatch, intoBatches, {
      onHalt: (last) => (last.rows.length === 0 ? [] : [last])
    }),
    Stream.runForEach(send)
  )
  return { ...counts, refused } satisfies Imported
})
