import type * as DateTime from "effect/DateTime"
import { type Period, wallClock } from "../IsoWeek.ts"
import { ranked, total } from "./Counts.ts"
import { costOf, type ModelPrice } from "./ModelPrice.ts"
import { percentiles } from "./Percentile.ts"
import type { Pipeline } from "./Pipeline.ts"
import { questionLists } from "./QuestionLines.ts"
import {
  isWhole,
  listLengthMax,
  measuresOf,
  trendLengthMax,
  type WeeklyReport
} from "./WeeklyReport.ts"
import { bucketMs, type Usage, type WeeklyTally } from "./WeeklyTally.ts"

/** The input of a report beside its tally. */
export interface Context {
  readonly period: Period
  readonly zone: DateTime.TimeZone
  readonly generatedAt: number
  readonly prices: ReadonlyArray<ModelPrice>
  readonly deadLetters?: number
  readonly pipeline?: Pipeline
  /** Reports of earlier weeks, oldest first; that of the week just before is compared with. */
  readonly earlier: ReadonlyArray<WeeklyReport>
}

const hoursPerDay = 24
const hourMs = 3_600_000

/** Questions by day and hour of the zone; an hour that the clock repeats has both counts. */
const perHour = (
  clock: ReadonlyMap<number, number>,
  { days }: Period,
  zone: DateTime.TimeZone
): ReadonlyArray<ReadonlyArray<number>> => {
  const hours = days.map(() => new Array<number>(hoursPerDay).fill(0))
  for (const [bucket, count] of clock) {
    const wall = wallClock(bucket * bucketMs, zone)
    const date = new Date(wall).toISOString().slice(0, 10)
    const row = hours[days.indexOf(date)]
    const hour = Math.floor(wall / hourMs) % hoursPerDay
    if (row !== undefined) row[hour] = (row[hour] ?? 0) + count
  }
  return hours
}

const scoreSteps = 10

const perScore = (scores: ReadonlyMap<number, number>): ReadonlyArray<number> => {
  const steps = new Array<number>(scoreSteps).fill(0)
  for (const [hundredths, count] of scores) {
    const step = Math.min(scoreSteps - 1, Math.floor(hundredths / scoreSteps))
    steps[step] = (steps[step] ?? 0) + count
  }
  return steps
}

const listOf = (counts: ReadonlyMap<string, number>): WeeklyReport["countries"] =>
  ranked(counts)
    .filter(([name]) => name !== "")
    .slice(0, listLengthMax)
    .map(([name, questions]) => ({ name, questions }))

const tokensOf = ({ usage }: WeeklyTally): WeeklyReport["tokens"] => {
  const sum = (field: keyof Usage) => total([...usage.values()].map((used) => used[field]))
  return {
    answers: sum("answers"),
    input: sum("input"),
    cachedInput: sum("cachedInput"),
    cacheWrites: sum("cacheWrites"),
    output: sum("output"),
    reasoning: sum("reasoning")
  }
}

/** The full report of the week before, and the weeks of the trend. */
const comparison = ({ earlier, period }: Context) => {
  const whole = earlier.filter(isWhole)
  const before = whole.find((report) => report.period.endMs === period.startMs)
  return {
    before,
    previous: before === undefined ? {} : { previous: measuresOf(before) },
    trend: whole
      .filter((report) => report.period.endMs <= period.startMs)
      .slice(1 - trendLengthMax)
      .map((report) => ({
        weekId: report.period.weekId,
        questions: report.questions,
        unanswered: report.answers.none
      }))
  }
}

const answersOf = ({ failed, full, none, partial, unknown }: WeeklyTally) => ({
  full,
  partial,
  none,
  unknown,
  failed
})

/** Makes the report of a period from the tally of its interactions. */
export const summarize = (tally: WeeklyTally, context: Context): WeeklyReport => {
  const { deadLetters, generatedAt, period, pipeline, prices, zone } = context
  const { before, previous, trend } = comparison(context)
  const hours = perHour(tally.clock, period, zone)
  const lists = questionLists(tally, before?.missed)
  const latencyMs = percentiles(tally.latencies)
  return {
    period,
    generatedAt,
    questions: total(tally.clock.values()),
    sessions: tally.sessions.size,
    answers: answersOf(tally),
    status: {
      correlated: tally.correlated,
      awaitingResponse: tally.awaitingResponse,
      awaitingQuery: tally.awaitingQuery
    },
    excluded: { bots: tally.bots, own: tally.own },
    withoutText: tally.withoutText,
    unreadable: tally.unreadable,
    ...(deadLetters === undefined ? {} : { deadLetters }),
    events: tally.events,
    lost: tally.lost,
    ...(pipeline === undefined ? {} : { pipeline }),
    days: period.days.map((date, day) => ({ date, questions: total(hours[day] ?? []) })),
    hours,
    scores: perScore(tally.scores),
    ...(latencyMs === undefined ? {} : { latencyMs }),
    tokens: tokensOf(tally),
    cost: costOf(tally.usage, prices),
    countries: listOf(tally.countries),
    devices: listOf(tally.devices),
    referrers: listOf(tally.referrers),
    topQuestions: lists.top.slice(0, listLengthMax),
    unanswered: lists.unanswered.slice(0, listLengthMax),
    closed: lists.closed.slice(0, listLengthMax),
    missed: lists.missed,
    ...previous,
    trend
  }
}
