import * as DateTime from "effect/DateTime"
import { SessionId } from "../../../src/schema/AnalyticsEvent.ts"
import type { InteractionSummary } from "../../../src/schema/InteractionSummary.ts"
import { type Period, periodOf, WeekId, weeksBefore } from "../../../src/schema/IsoWeek.ts"
import { knownPrices } from "../../../src/schema/report/KnownPrices.ts"
import { type Context, summarize } from "../../../src/schema/report/summarize.ts"
import {
  emptyBefore,
  observeBefore,
  type WeekBefore
} from "../../../src/schema/report/WeekBefore.ts"
import type { WeeklyReport } from "../../../src/schema/report/WeeklyReport.ts"
import { empty, observe } from "../../../src/schema/report/WeeklyTally.ts"
import { requestIdOf } from "../EventExamples.ts"

export const zone = DateTime.zoneMakeNamedUnsafe("Europe/London")

/** 169 hours: the clocks go back on its Sunday. */
export const autumn = periodOf(WeekId.make("2026-W43"), zone)

/** 167 hours: the clocks go forward on its Sunday. */
export const spring = periodOf(WeekId.make("2026-W13"), zone)

/** The report of interactions, by default of the autumn week, made on the morning after it. */
export const reportOf = (
  summaries: ReadonlyArray<InteractionSummary>,
  changes: Partial<Context> = {}
): WeeklyReport => {
  const { period = autumn } = changes
  const generatedAt = period.endMs + 7 * 3_600_000
  const tally = summaries.reduce(observe, empty())
  return summarize(tally, {
    period,
    zone,
    generatedAt,
    prices: knownPrices,
    earlier: [],
    ...changes
  })
}

const [weekBefore = autumn.weekId] = weeksBefore(autumn.weekId, 1)

/** The week before the autumn week. */
export const beforeAutumn = periodOf(weekBefore, zone)

/** The week before as it is read again, by default when the report of the autumn week is made. */
export const beforeOf = (
  summaries: ReadonlyArray<InteractionSummary>,
  period: Period = beforeAutumn,
  generatedAt = autumn.endMs + 7 * 3_600_000
): WeekBefore => {
  const tally = summaries.reduce((sum, one) => observeBefore(generatedAt)(sum, one), emptyBefore())
  const context = { period, zone, generatedAt, prices: knownPrices, earlier: [] }
  return { questions: tally.questions, report: summarize(tally.totals, context) }
}

type Response = NonNullable<InteractionSummary["response"]>

interface Changes {
  readonly timestamp?: number
  readonly session?: string
  readonly request?: number
  readonly query?: Partial<NonNullable<InteractionSummary["query"]>>
  readonly response?: Partial<Response>
}

/** One question with its answer, at the start of the autumn week unless told otherwise. */
export const asked = (
  question: string,
  {
    query = {},
    request = 1,
    response = {},
    session = "s",
    timestamp = autumn.startMs
  }: Changes = {}
): InteractionSummary => ({
  requestId: requestIdOf(request),
  timestamp,
  sessionId: SessionId.make(session),
  status: "correlated",
  query: { question, ...query },
  response: {
    matchType: "full",
    matchScore: 0.5,
    processingTimeMs: 10,
    outcome: "answered",
    model: "knowledge-base",
    tokens: { input: 1, output: 2 },
    ...response
  }
})

/** A question that the bot had no answer to. */
export const missed = (question: string, { response = {}, ...changes }: Changes = {}) =>
  asked(question, { ...changes, response: { ...response, matchType: "none" } })

/** A question whose answer has not come. */
export const withoutAnswer = (question: string, changes: Changes = {}): InteractionSummary => {
  const { response: _, ...summary } = asked(question, changes)
  return { ...summary, status: "awaiting_response" }
}
