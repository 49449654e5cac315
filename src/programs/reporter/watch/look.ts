/** Reads the last hour, and a whole day where that is due, and finds what is wrong. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import {
  type Period,
  type Span,
  utcWeekId,
  wallClock,
  weeksBefore
} from "../../../schema/IsoWeek.ts"
import { patienceMs } from "../../../schema/report/Missed.ts"
import { nothingHeld, paired, pairVotes } from "../../../schema/report/PairedVotes.ts"
import { summarize } from "../../../schema/report/summarize.ts"
import { empty, observe } from "../../../schema/report/WeeklyTally.ts"
import { type Exchange, exchangeOf } from "../../../schema/watch/Exchange.ts"
import { findingsOfDay, findingsOfHour, type Rules } from "../../../schema/watch/findings.ts"
import { maybeSilent, silence, silenceMaxMs } from "../../../schema/watch/silence.ts"
import { type Usual, usualOf, usualWeeksMax } from "../../../schema/watch/Usual.ts"
import { InteractionStore } from "../../../services/InteractionStore.ts"
import { ReportLedger } from "../../../services/ReportLedger.ts"
import type { Counting } from "../count.ts"

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** A question is overdue after its patience, so that much of the hour before is read again. */
const recentMs = hourMs + patienceMs

/** A day takes longer to show what is wrong, and more to read, so it is read every six hours. */
const dayEveryHours = 6

/** Events take a moment to the store, and a minute where a schedule drains the queue. */
const wayMs = 120_000

export interface Looking extends Counting, Pick<Rules, "dailyBudgetUsd"> {}

export interface Look {
  readonly nowMs: number
  /** Events may wait so long for the next drain. */
  readonly lagMs: number
  /** Reads the day too, whatever the hour is. */
  readonly wholeDay?: boolean
}

/** The last drain may have brought what an earlier run could not see. */
const recentFrom = ({ lagMs, nowMs }: Look): number => nowMs - lagMs - recentMs

/** The store reads a period by its span alone. */
const periodIn = (span: Span): Period => ({
  ...span,
  weekId: utcWeekId(span.startMs),
  timeZone: "UTC",
  days: []
})

const readSpan = Effect.fnUntraced(function* (span: Span) {
  const { summaries } = yield* InteractionStore
  return yield* summaries(periodIn(span)).pipe(
    Stream.mapAccumArray(() => nothingHeld, pairVotes, { onHalt: paired }),
    Stream.runCollect
  )
})

const exchangesIn = Effect.fnUntraced(function* (span: Span, nowMs: number) {
  const entries = yield* readSpan(span)
  return entries.flatMap((entry) => exchangeOf(entry, nowMs) ?? [])
})

/** The day is counted as a report's week is, without comparing it with another. */
const readDay = Effect.fnUntraced(function* (nowMs: number, { prices, zone }: Counting) {
  const span = { startMs: nowMs - dayMs, endMs: nowMs }
  const entries = yield* readSpan(span)
  const tally = empty()
  for (const entry of entries) observe(tally, entry)
  const period = periodIn(span)
  return {
    exchanges: entries.flatMap((entry) => exchangeOf(entry, nowMs) ?? []),
    counted: summarize(tally, { period, generatedAt: nowMs, prices, zone, earlier: [] })
  }
})

/** Nothing is known of a site without any event in all that time. */
const lastBefore = Effect.fnUntraced(function* (endMs: number) {
  const { newest } = yield* InteractionStore
  return Option.getOrUndefined(yield* newest({ startMs: endMs - silenceMaxMs, endMs }))
})

const silenceNow = Effect.fnUntraced(function* (
  recent: ReadonlyArray<Exchange>,
  usual: Usual,
  at: Look,
  zone: Counting["zone"]
) {
  const { lagMs, nowMs } = at
  const sinceMs = recent.at(-1)?.at ?? (yield* lastBefore(recentFrom(at)))
  if (sinceMs === undefined) return []
  const silent = { startMs: sinceMs, endMs: nowMs - lagMs - wayMs }
  if (!maybeSilent(silent, usual, zone)) return []
  const before = yield* exchangesIn({ startMs: sinceMs - dayMs, endMs: sinceMs + 1 }, nowMs)
  return [silence(silent, before, usual, zone)].filter((found) => found !== undefined)
})

const readUsual = Effect.fnUntraced(function* (nowMs: number, zone: Counting["zone"]) {
  const ledger = yield* ReportLedger
  const thisWeek = utcWeekId(wallClock(nowMs, zone))
  return usualOf(yield* ledger.reports(weeksBefore(thisWeek, usualWeeksMax)))
})

/** What is wrong at this moment; it writes nothing. */
export const look = Effect.fn("Reporter.look")(function* (at: Look, options: Looking) {
  const { nowMs, wholeDay = new Date(nowMs).getUTCHours() % dayEveryHours === 0 } = at
  const usual = yield* readUsual(nowMs, options.zone)
  const recent = yield* exchangesIn({ startMs: recentFrom(at), endMs: nowMs }, nowMs)
  const ofHour = findingsOfHour(recent, usual, options)
  const silent = yield* silenceNow(recent, usual, at, options.zone)
  const ofDay = wholeDay ? findingsOfDay(yield* readDay(nowMs, options), usual, options) : []
  // the last hour says more precisely since when
  const kinds = new Set([...ofHour, ...silent].map(({ kind }) => kind))
  return [...ofHour, ...silent, ...ofDay.filter(({ kind }) => !kinds.has(kind))]
})
