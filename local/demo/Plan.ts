/** The weeks that the demo plays: whole ones, each with its report, and the one that runs. */
import type * as Cron from "effect/Cron"
import type * as DateTime from "effect/DateTime"
import { nextAfter } from "../../infra/definitions/Schedule.ts"
import type { AnalyticsEvent } from "../../src/schema/AnalyticsEvent.ts"
import {
  type Period,
  periodOf,
  previousWeek,
  utcWeekId,
  wallClock,
  weeksBefore
} from "../../src/schema/IsoWeek.ts"

/** A week that is over, and the instant at which its report is due. */
export interface WholeWeek {
  readonly period: Period
  readonly dueMs: number
}

export interface Plan {
  /** Oldest first; the last one has just ended. */
  readonly whole: ReadonlyArray<WholeWeek>
  readonly running: Period
}

export interface PlanOptions {
  readonly nowMs: number
  readonly zone: DateTime.TimeZone.Named
  readonly cron: Cron.Cron
  /** The number of whole weeks, at least 1. */
  readonly weeks: number
}

export const planOf = ({ cron, nowMs, weeks, zone }: PlanOptions): Plan => {
  const last = previousWeek(nowMs, zone)
  return {
    whole: [...weeksBefore(last, weeks - 1), last].map((weekId) => {
      const period = periodOf(weekId, zone)
      return { period, dueMs: nextAfter(cron, period.endMs) }
    }),
    running: periodOf(utcWeekId(wallClock(nowMs, zone)), zone)
  }
}

interface Sent {
  readonly sentAt: number
}

/** The deliveries before each report, and those after the last one. */
export const stagesOf = <D extends Sent>(
  { whole }: Plan,
  deliveries: ReadonlyArray<D>
): ReadonlyArray<ReadonlyArray<D>> => {
  const bounds = [Number.NEGATIVE_INFINITY, ...whole.map(({ dueMs }) => dueMs)]
  return bounds.map((from, stage) => {
    const before = bounds[stage + 1] ?? Number.POSITIVE_INFINITY
    return deliveries.filter(({ sentAt }) => sentAt >= from && sentAt < before)
  })
}

/** The questions of a period that had been sent before its report. */
export const questionsIn = (
  { endMs, startMs }: Period,
  deliveries: ReadonlyArray<Sent & { readonly event: AnalyticsEvent }>,
  beforeMs = Number.POSITIVE_INFINITY
): number => {
  const counted = deliveries.filter(
    ({ event, sentAt }) =>
      event.eventType === "query" &&
      event.timestamp >= startMs &&
      event.timestamp < endMs &&
      sentAt < beforeMs
  )
  return new Set(counted.map(({ event }) => event.requestId)).size
}
