import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import { SessionId } from "../../src/schema/AnalyticsEvent.ts"
import type { InteractionSummary } from "../../src/schema/InteractionSummary.ts"
import { periodOf, WeekId } from "../../src/schema/IsoWeek.ts"
import { listLengthMax, summarize, WeeklyReport } from "../../src/schema/WeeklyReport.ts"
import { empty, observe, questionKey } from "../../src/schema/WeeklyTally.ts"
import { requestIdOf } from "./EventExamples.ts"
import { shuffled, summariesBetween } from "./SummaryExamples.ts"

const zone = DateTime.zoneMakeNamedUnsafe("Europe/London")
/** 169 hours: the clocks go back on its Sunday. */
const period = periodOf(WeekId.make("2026-W43"), zone)
const generatedAt = period.endMs + 7 * 3_600_000
const week = summariesBetween(period.startMs, period.endMs)

const reportOf = (summaries: ReadonlyArray<InteractionSummary>): WeeklyReport =>
  summarize(summaries.reduce(observe, empty()), { period, zone, generatedAt })

const asked = (
  question: string,
  changes: Partial<NonNullable<InteractionSummary["response"]>> & { country?: string } = {}
): InteractionSummary => {
  const { country, ...answer } = changes
  return {
    requestId: requestIdOf(1),
    timestamp: period.startMs,
    sessionId: SessionId.make("s"),
    status: "correlated",
    query: { question, ...(country === undefined ? {} : { country }) },
    response: {
      matchType: "full",
      matchScore: 0.5,
      processingTimeMs: 10,
      outcome: "answered",
      model: "m",
      inputTokens: 1,
      outputTokens: 2,
      ...answer
    }
  }
}

const londonDay = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/London" })

/** Nearest rank, in whole numbers. */
const nearestRank = (values: ReadonlyArray<number>, percent: number): number =>
  [...values].sort((a, b) => a - b)[
    Math.max(1, Math.floor((percent * values.length + 99) / 100)) - 1
  ]!

/** The same numbers, each counted by itself with a filter over the week. */
const naive = (summaries: ReadonlyArray<InteractionSummary>) => {
  const responses = summaries.flatMap(({ response }) => response ?? [])
  const questions = summaries.filter(({ query }) => query !== undefined)
  const answered = (matchType: string) =>
    responses.filter((r) => r.outcome === "answered" && r.matchType === matchType).length
  const having = (status: string) => summaries.filter((s) => s.status === status).length
  const latencies = responses.map(({ processingTimeMs }) => processingTimeMs)
  return {
    period,
    generatedAt,
    questions: questions.length,
    sessions: new Set(summaries.map(({ sessionId }) => sessionId)).size,
    answers: {
      full: answered("full"),
      partial: answered("partial"),
      none: answered("none"),
      failed: responses.filter(({ outcome }) => outcome === "failed").length
    },
    status: {
      correlated: having("correlated"),
      awaitingResponse: having("awaiting_response"),
      awaitingQuery: having("awaiting_query")
    },
    days: period.days.map((date) => ({
      date,
      questions: questions.filter(({ timestamp }) => londonDay.format(timestamp) === date).length
    })),
    ...(latencies.length === 0
      ? {}
      : {
          latencyMs: {
            p50: nearestRank(latencies, 50),
            p95: nearestRank(latencies, 95),
            p99: nearestRank(latencies, 99)
          }
        }),
    tokens: {
      input: responses.reduce((sum, { inputTokens }) => sum + inputTokens, 0),
      output: responses.reduce((sum, { outputTokens }) => sum + outputTokens, 0)
    }
  }
}

describe("The report of a week", () => {
  it.prop("has the numbers of a naive count", [week], ([summaries]) => {
    const { countries, topQuestions, unanswered, ...numbers } = reportOf(summaries)
    assert.deepStrictEqual(numbers, naive(summaries))
  })

  it.prop("is the same for any order of the interactions", [week, Schema.Int], ([all, seed]) => {
    assert.deepStrictEqual(reportOf(shuffled(all, seed)), reportOf(all))
  })

  it.prop("survives being frozen as JSON", [week], ([summaries]) => {
    const report = reportOf(summaries)
    const json = Schema.fromJsonString(WeeklyReport)
    const frozen = Schema.encodeSync(json)(report)
    assert.deepStrictEqual(Schema.decodeUnknownSync(json)(frozen), report)
  })

  it.prop("has days that add up to its questions", [week], ([summaries]) => {
    const { days, questions } = reportOf(summaries)
    assert.strictEqual(
      days.reduce((sum, day) => sum + day.questions, 0),
      questions
    )
  })

  it("of nothing is all zeros, and has no latency", () => {
    const report = reportOf([])
    assert.strictEqual(report.questions, 0)
    assert.strictEqual(report.sessions, 0)
    assert.deepStrictEqual(
      report.days.map(({ questions }) => questions),
      [0, 0, 0, 0, 0, 0, 0]
    )
    assert.doesNotHaveAnyKeys(report, ["latencyMs"])
    assert.deepStrictEqual([report.topQuestions, report.unanswered, report.countries], [[], [], []])
  })

  it("puts a question into the local day, on the day that has 25 hours too", () => {
    const at = (iso: string) => ({ ...asked("q"), timestamp: Date.parse(iso) })
    const { days } = reportOf([
      at("2026-10-18T23:00:00Z"),
      at("2026-10-24T22:59:59.999Z"),
      at("2026-10-24T23:00:00Z"),
      at("2026-10-25T00:30:00Z"),
      at("2026-10-25T01:30:00Z"),
      at("2026-10-25T23:59:59.999Z")
    ])
    assert.deepStrictEqual(
      days.map(({ questions }) => questions),
      [1, 0, 0, 0, 0, 1, 4]
    )
  })

  it("gives latencies by nearest rank", () => {
    const reportOfLatencies = (count: number) =>
      reportOf(Array.from({ length: count }, (_, n) => asked("q", { processingTimeMs: n + 1 })))
        .latencyMs
    assert.deepStrictEqual(reportOfLatencies(1), { p50: 1, p95: 1, p99: 1 })
    assert.deepStrictEqual(reportOfLatencies(2), { p50: 1, p95: 2, p99: 2 })
    assert.deepStrictEqual(reportOfLatencies(20), { p50: 10, p95: 19, p99: 20 })
    assert.deepStrictEqual(reportOfLatencies(100), { p50: 50, p95: 95, p99: 99 })
  })
})

describe("The ranked lists of the report", () => {
  it.prop("count each question like a naive count", [week], ([summaries]) => {
    for (const line of reportOf(summaries).topQuestions) {
      const same = summaries.filter(
        ({ query }) => query && questionKey(query.question) === questionKey(line.question)
      )
      const answered = (matchType: string) =>
        same.filter(({ response: r }) => r?.outcome === "answered" && r.matchType === matchType)
          .length
      assert.deepStrictEqual(line, {
        question: line.question,
        asked: same.length,
        sessions: new Set(same.map(({ sessionId }) => sessionId)).size,
        full: answered("full"),
        partial: answered("partial"),
        none: answered("none"),
        failed: same.filter(({ response }) => response?.outcome === "failed").length,
        scoreMax: Math.max(0, ...same.map(({ response }) => response?.matchScore ?? 0))
      })
    }
  })

  it("start with what was asked most, and break ties by the text alone", () => {
    const questions = ["b", "c", "a", "c", "d", "b"].map((question) => asked(question))
    for (const order of [questions, questions.toReversed(), shuffled(questions, 7)]) {
      assert.deepStrictEqual(
        reportOf(order).topQuestions.map(({ question }) => question),
        ["b", "c", "a", "d"]
      )
    }
  })

  it("show a question in its most frequent wording, and the first in code-unit order of equals", () => {
    const lineOf = (wordings: ReadonlyArray<string>) =>
      reportOf(wordings.map((wording) => asked(wording))).topQuestions
    assert.deepStrictEqual(
      lineOf(["salary", "Salary?", "salary"]).map((l) => [l.question, l.asked]),
      [["salary", 3]]
    )
    for (const wordings of [
      ["salary", "Salary?"],
      ["Salary?", "salary"]
    ]) {
      assert.strictEqual(lineOf(wordings)[0]?.question, "Salary?")
    }
  })

  it("are cut at their longest length", () => {
    const many = Array.from({ length: listLengthMax + 5 }, (_, n) =>
      asked(`question ${n}`, { matchType: "none", country: `C${n}` })
    )
    const { countries, topQuestions, unanswered } = reportOf(many)
    for (const list of [countries, topQuestions, unanswered]) {
      assert.strictEqual(list.length, listLengthMax)
    }
  })

  it("have as unanswered what was never answered in full and at least once not at all", () => {
    const { unanswered } = reportOf([
      asked("never known", { matchType: "none" }),
      asked("failed once", { outcome: "failed" }),
      asked("failed twice", { outcome: "failed" }),
      asked("failed twice", { matchType: "none" }),
      asked("unsure", { matchType: "partial" }),
      asked("unsure, then unknown", { matchType: "partial" }),
      asked("unsure, then unknown", { matchType: "none" }),
      asked("known by now", { matchType: "none" }),
      asked("known by now", { matchType: "full" })
    ])
    assert.deepStrictEqual(
      unanswered.map(({ question }) => question),
      ["failed twice", "failed once", "never known", "unsure, then unknown"]
    )
  })

  it("leave out visits without a country, and break ties of countries by their code", () => {
    const { countries } = reportOf([
      asked("q"),
      asked("q"),
      asked("q", { country: "SE" }),
      asked("q", { country: "DE" }),
      asked("q", { country: "GB" }),
      asked("q", { country: "GB" })
    ])
    assert.deepStrictEqual(countries, [
      { country: "GB", questions: 2 },
      { country: "DE", questions: 1 },
      { country: "SE", questions: 1 }
    ])
  })
})
