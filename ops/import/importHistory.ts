import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import type { FileRejected } from "../../cli/FileRejected.ts"
import { expiresAtOf } from "../../src/layers/dynamodb/InteractionItem.ts"
import type { AnalyticsEvent } from "../../src/schema/AnalyticsEvent.ts"
import { encodeMessage } from "../../src/schema/EventText.ts"
import { eventKey } from "../../src/schema/Interaction.ts"
import { retentionDays } from "../../src/schema/Retention.ts"
import { answerOf } from "../../src/schema/report/QuestionTally.ts"
import { batchMax } from "./publish.ts"
import { type RowEvents, type RowRejected, reject } from "./RowRejected.ts"
import type { History, HistoryRow } from "./readHistory.ts"

type Reason = RowRejected["reason"]
export type Events = ReadonlyArray<AnalyticsEvent>

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
  /** Rows that were sent, or would be. */
  readonly rows: number
  readonly events: number
  /** Rows among them that the table has already. */
  readonly repeats: number
  readonly rejected: Readonly<Record<Reason, number>>
  /** How many of these rows have which answer. */
  readonly answers: Readonly<Record<Verdict, number>>
  /** The times of the first and the last question among all rows. */
  readonly firstMs: number | undefined
  readonly lastMs: number | undefined
  /** The last line that was sent. */
  readonly line: number
}

export interface RejectedRow {
  readonly line: number
  readonly reason: Reason
  readonly detail: string
}

export interface Choice {
  readonly rows: History["rows"]
  /** Takes rows of any age. */
  readonly isOfAnyAge?: boolean
  /** Applies to every event before it leaves this machine. */
  readonly makePrivate: (event: AnalyticsEvent) => AnalyticsEvent
  readonly onRejected?: (row: RejectedRow) => void
  readonly onSent?: (counts: Imported) => Effect.Effect<void>
  /** Is told where the file cannot be read on; the rows before it are taken. */
  readonly onFault?: (fault: FileRejected) => void
}

const bytesOf = (events: Events): number =>
  events.reduce((sum, event) => sum + Buffer.byteLength(encodeMessage(event)), 0)

/** Rejects rows of the future, and those that the table would expire or the queue not take. */
const checked = (row: RowEvents, nowMs: number, isOfAnyAge: boolean): RowEvents =>
  Result.flatMap(row, (events) => {
    const [first] = events
    if (first === undefined) return row
    const key = eventKey(first)
    if (key.timestamp > nowMs) return reject("lies in the future", "future")
    if (!isOfAnyAge && expiresAtOf(key) * 1000 <= nowMs) {
      return reject(`older than the ${retentionDays} days that interactions are kept`, "expired")
    }
    return bytesOf(events) <= batchMax.bytes
      ? row
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

/** Takes a batch of rows, and returns those that are new. */
type Send<E, R> = (rows: ReadonlyArray<Events>) => Effect.Effect<ReadonlyArray<Events>, E, R>

/** Checks a file's rows, and hands those that can be stored over in batches. */
export const importHistory = Effect.fnUntraced(function* <E = never, R = never>(
  { isOfAnyAge = false, makePrivate, rows: history, ...on }: Choice,
  send: Send<E, R>
) {
  const now = yield* Clock.currentTimeMillis
  const counts = { rows: 0, events: 0, repeats: 0, line: 0 }
  let [firstMs, lastMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const rejected = {
    malformed: 0,
    ambiguous_time: 0,
    future: 0,
    expired: 0,
    without_text: 0,
    too_large: 0
  }
  const answers = { full: 0, partial: 0, none: 0, unknown: 0, failed: 0, unanswered: 0 }
  const imported = (): Imported => ({
    ...counts,
    rejected: { ...rejected },
    answers: { ...answers },
    ...(firstMs <= lastMs ? { firstMs, lastMs } : { firstMs: undefined, lastMs: undefined })
  })

  const accepted = ({ events, line }: HistoryRow) => {
    const [first] = Result.getOrElse(events, (): Events => [])
    const row = checked(events, now, isOfAnyAge)
    const reason = Result.isFailure(row) ? row.failure.reason : undefined
    if (first !== undefined && reason !== "future") {
      const { timestamp } = eventKey(first)
      firstMs = Math.min(firstMs, timestamp)
      lastMs = Math.max(lastMs, timestamp)
    }
    if (Result.isSuccess(row)) return [{ line, events: row.success.map(makePrivate) }]
    const { message, reason: why } = row.failure
    rejected[why] += 1
    on.onRejected?.({ line, reason: why, detail: message })
    return []
  }

  const take = Effect.fnUntraced(function* ({ line, rows }: ImportBatch) {
    const fresh = yield* send(rows)
    counts.repeats += rows.length - fresh.length
    counts.rows += rows.length
    counts.events += fresh.flat().length
    counts.line = line
    for (const events of rows) if (!isVoteAlone(events)) answers[verdictOf(events)] += 1
    if (on.onSent !== undefined) yield* on.onSent(imported())
  })

  yield* history.pipe(
    Stream.catch((fault) => Stream.drain(Stream.sync(() => on.onFault?.(fault)))),
    Stream.flatMap((row) => Stream.fromIterable(accepted(row))),
    Stream.mapAccum((): ImportBatch => ({ line: 0, rows: [] }), intoBatches, {
      onHalt: (last) => (last.rows.length === 0 ? [] : [last])
    }),
    Stream.runForEach(take)
  )
  return imported()
})
