/**
 * The report of one period as the owner reads it: plain numbers and ranked lists, ready to be
 * frozen as JSON and rendered. `summarize` makes it; the same tally and context give the same one.
 */
import * as Schema from "effect/Schema"
import { Period, WeekId } from "../IsoWeek.ts"
import { keptUntil } from "../Retention.ts"
import { Cost } from "./ModelPrice.ts"
import { Pipeline } from "./Pipeline.ts"

const Count = Schema.Natural

/** Longest ranked list of the report. */
export const listLengthMax = 10

/** Weeks of the trend, the reported one included. */
export const trendLengthMax = 8

/** A group of similar questions, named by the one asked most; `variants` counts them. */
export const QuestionLine = Schema.Struct({
  question: Schema.String,
  asked: Count,
  variants: Count,
  sessions: Count,
  full: Count,
  partial: Count,
  none: Count,
  failed: Count,
  scoreMax: Schema.Finite,
  /** How often it was missed in the previous week, when that week was reported. */
  missedBefore: Schema.optionalKey(Count)
})
export type QuestionLine = typeof QuestionLine.Type

/** A question that went unanswered in the previous week, and never in this one. */
export const ClosedQuestion = Schema.Struct({
  question: Schema.String,
  asked: Count,
  missedBefore: Count
})

const Ranked = Schema.Array(Schema.Struct({ name: Schema.String, questions: Count }))

/** The numbers that one week is compared with another by. */
export const Measures = Schema.Struct({
  questions: Count,
  sessions: Count,
  /** Full and partial matches. */
  answered: Count,
  unanswered: Count,
  failed: Count,
  p95Ms: Schema.optionalKey(Schema.Finite),
  /** Absent when a price is unknown, for a part of a sum compares with nothing. */
  usd: Schema.optionalKey(Schema.Finite)
})
export type Measures = typeof Measures.Type

export const WeeklyReport = Schema.Struct({
  period: Period,
  generatedAt: Schema.Int,
  questions: Count,
  sessions: Count,
  answers: Schema.Struct({ full: Count, partial: Count, none: Count, failed: Count }),
  status: Schema.Struct({ correlated: Count, awaitingResponse: Count, awaitingQuery: Count }),
  excluded: Schema.Struct({ bots: Count, own: Count }),
  /** Questions that are in no list below, because their text was withheld. */
  withoutText: Schema.optionalKey(Count),
  /** Stored items that could not be read, and are in no other number. */
  unreadable: Schema.optionalKey(Count),
  /** Messages in the dead-letter queue when the report was made; absent when nobody could tell. */
  deadLetters: Schema.optionalKey(Count),
  /** Stored events of the week, bots and own visits included. */
  events: Schema.optionalKey(Count),
  /** Lost events that the edge has told of: at least so many were. */
  lost: Schema.optionalKey(Count),
  pipeline: Schema.optionalKey(Pipeline),
  days: Schema.Array(Schema.Struct({ date: Schema.String, questions: Count })),
  /** Questions by weekday (Monday first) and hour of the zone. */
  hours: Schema.Array(Schema.Array(Count)),
  /** Answers by match score, in ten equal steps from 0 to 1. */
  scores: Schema.Array(Count),
  latencyMs: Schema.optionalKey(
    Schema.Struct({ p50: Schema.Finite, p95: Schema.Finite, p99: Schema.Finite })
  ),
  tokens: Schema.Struct({ input: Count, cachedInput: Count, output: Count, reasoning: Count }),
  cost: Cost,
  countries: Ranked,
  devices: Ranked,
  referrers: Ranked,
  topQuestions: Schema.Array(QuestionLine),
  unanswered: Schema.Array(QuestionLine),
  closed: Schema.Array(ClosedQuestion),
  /** All that was missed, for the next week to look for. */
  missed: Schema.Array(Schema.Struct({ question: Schema.String, missed: Count })),
  /** Absent unless the previous week was reported after its end. */
  previous: Schema.optionalKey(Measures),
  /** Earlier weeks that were reported after their end, oldest first. */
  trend: Schema.Array(Schema.Struct({ weekId: WeekId, questions: Count, unanswered: Count }))
})
export type WeeklyReport = typeof WeeklyReport.Type

/** A report quotes questions, and so is kept no longer than the first that it may quote. */
export const reportKeptUntil = ({ period }: WeeklyReport): number => keptUntil(period.startMs)

export const measuresOf = (report: WeeklyReport): Measures => ({
  questions: report.questions,
  sessions: report.sessions,
  answered: report.answers.full + report.answers.partial,
  unanswered: report.answers.none,
  failed: report.answers.failed,
  ...(report.latencyMs === undefined ? {} : { p95Ms: report.latencyMs.p95 }),
  ...(report.cost.unknown.length > 0 ? {} : { usd: report.cost.usd })
})

/** Nothing at all arrived from a person; a lone answer without its question is no quiet week. */
export const isQuiet = ({ questions, status }: WeeklyReport): boolean =>
  questions + status.awaitingQuery === 0

/** Events are known to have come that are not in the numbers, so that a quiet week may be none. */
export const isDoubtful = ({
  deadLetters = 0,
  events = 0,
  lost = 0,
  pipeline,
  unreadable = 0
}: WeeklyReport): boolean =>
  deadLetters + lost + unreadable > 0 || (events === 0 && (pipeline?.accepted ?? 0) > 0)

/** A report made before its week was over says how things stood, and is no base to compare with. */
export const isWhole = ({ generatedAt, period }: WeeklyReport): boolean =>
  generatedAt >= period.endMs
