/**
 * The report of one period as the owner reads it: plain numbers and ranked lists, ready to be
 * frozen as JSON and rendered. `summarize` makes it from a tally; the same tally gives the same
 * report.
 */
import type * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import { Period, wallClock } from "./IsoWeek.ts"
import { bucketMs, type QuestionTally, type WeeklyTally } from "./WeeklyTally.ts"

const Count = Schema.Natural

export const QuestionLine = Schema.Struct({
  question: Schema.String,
  asked: Count,
  sessions: Count,
  full: Count,
  partial: Count,
  none: Count,
  failed: Count,
  scoreMax: Schema.Finite
})
export type QuestionLine = typeof QuestionLine.Type

export const WeeklyReport = Schema.Struct({
  period: Period,
  generatedAt: Schema.Int,
  questions: Count,
  sessions: Count,
  answers: Schema.Struct({ full: Count, partial: Count, none: Count, failed: Count }),
  status: Schema.Struct({ correlated: Count, awaitingResponse: Count, awaitingQuery: Count }),
  days: Schema.Array(Schema.Struct({ date: Schema.String, questions: Count })),
  latencyMs: Schema.optionalKey(
    Schema.Struct({ p50: Schema.Finite, p95: Schema.Finite, p99: Schema.Finite })
  ),
  tokens: Schema.Struct({ input: Count, output: Count }),
  countries: Schema.Array(Schema.Struct({ country: Schema.String, questions: Count })),
  topQuestions: Schema.Array(QuestionLine),
  unanswered: Schema.Array(QuestionLine)
})
export type WeeklyReport = typeof WeeklyReport.Type

/** Longest ranked list of the report. */
export const listLengthMax = 10

const total = (counts: Iterable<number>): number => {
  let sum = 0
  for (const count of counts) sum += count
  return sum
}

/** Smallest value at or below which the share `p` of all counted values lies (nearest rank). */
const percentile = (sorted: ReadonlyArray<readonly [number, number]>, p: number): number => {
  const rank = Math.max(1, Math.ceil(p * total(sorted.map(([, count]) => count))))
  let seen = 0
  for (const [value, count] of sorted) {
    seen += count
    if (seen >= rank) return value
  }
  return 0
}

const latency = (latencies: ReadonlyMap<number, number>) => {
  if (latencies.size === 0) return {}
  const sorted = [...latencies].sort(([a], [b]) => a - b)
  const at = (p: number) => percentile(sorted, p)
  return { latencyMs: { p50: at(0.5), p95: at(0.95), p99: at(0.99) } }
}

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Most frequent first; equal counts in code-unit order, so that no order of arrival shows. */
const ranked = (counts: ReadonlyMap<string, number>): ReadonlyArray<readonly [string, number]> =>
  [...counts].sort(([a, m], [b, n]) => n - m || byCodeUnits(a, b))

const questionLine = ({ sessions, wordings, ...counts }: QuestionTally): QuestionLine => ({
  question: ranked(wordings)[0]?.[0] ?? "",
  sessions: sessions.size,
  ...counts
})

const withoutAnswer = (line: QuestionLine): number => line.none + line.failed

const perDay = (clock: ReadonlyMap<number, number>, period: Period, zone: DateTime.TimeZone) => {
  const days = new Map(period.days.map((date) => [date, 0]))
  for (const [bucket, count] of clock) {
    const date = new Date(wallClock(bucket * bucketMs, zone)).toISOString().slice(0, 10)
    const known = days.get(date)
    if (known !== undefined) days.set(date, known + count)
  }
  return [...days].map(([date, questions]) => ({ date, questions }))
}

/** The report of a period, given that the tally holds just the interactions of that period. */
export const summarize = (
  tally: WeeklyTally,
  { generatedAt, period, zone }: { period: Period; zone: DateTime.TimeZone; generatedAt: number }
): WeeklyReport => {
  const lines = [...tally.questions.values()]
    .map(questionLine)
    .sort((a, b) => b.asked - a.asked || byCodeUnits(a.question, b.question))
  return {
    period,
    generatedAt,
    questions: total(tally.clock.values()),
    sessions: tally.sessions.size,
    answers: { full: tally.full, partial: tally.partial, none: tally.none, failed: tally.failed },
    status: {
      correlated: tally.correlated,
      awaitingResponse: tally.awaitingResponse,
      awaitingQuery: tally.awaitingQuery
    },
    days: perDay(tally.clock, period, zone),
    ...latency(tally.latencies),
    tokens: { input: tally.inputTokens, output: tally.outputTokens },
    countries: ranked(tally.countries)
      .filter(([country]) => country !== "")
      .slice(0, listLengthMax)
      .map(([country, questions]) => ({ country, questions })),
    topQuestions: lines.slice(0, listLengthMax),
    unanswered: lines
      .filter((line) => withoutAnswer(line) > 0 && line.full === 0)
      .sort((a, b) => withoutAnswer(b) - withoutAnswer(a) || byCodeUnits(a.question, b.question))
      .slice(0, listLengthMax)
  }
}
