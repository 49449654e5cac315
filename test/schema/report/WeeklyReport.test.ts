import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { type WeekId, weeksBefore } from "../../../src/schema/IsoWeek.ts"
import { knownPrices } from "../../../src/schema/report/KnownPrices.ts"
import { costOf } from "../../../src/schema/report/ModelPrice.ts"
import {
  listLengthMax,
  measuresOf,
  newDeadLetters,
  WeeklyReport
} from "../../../src/schema/report/WeeklyReport.ts"
import { empty, observe } from "../../../src/schema/report/WeeklyTally.ts"
import { shuffled, summariesBetween } from "./SummaryExamples.ts"
import { asked, autumn, beforeOf, missed, reportOf, spring } from "./WeeklyExamples.ts"
import { naive, visitors } from "./WeeklyNaive.ts"

const week = summariesBetween(autumn.startMs, autumn.endMs)
const springWeek = summariesBetween(spring.startMs, spring.endMs)

const sum = (counts: ReadonlyArray<number>) => counts.reduce((a, b) => a + b, 0)

describe("The report of a week", () => {
  it.prop("has the numbers of a naive count", [week], ([summaries]) => {
    assert.deepInclude(reportOf(summaries), naive(summaries, autumn))
  })

  it.prop("has them in a week of 167 hours too", [springWeek], ([summaries]) => {
    assert.deepInclude(reportOf(summaries, { period: spring }), naive(summaries, spring))
  })

  it.prop("is the same for any order of the interactions", [week, Schema.Int], ([all, seed]) => {
    assert.deepStrictEqual(reportOf(shuffled(all, seed)), reportOf(all))
  })

  it.prop("survives being frozen as JSON", [week], ([summaries]) => {
    const before = beforeOf([missed("Any tests?")])
    const report = reportOf(summaries, { deadLetters: 3, before })
    const json = Schema.fromJsonString(WeeklyReport)
    const frozen = Schema.encodeSync(json)(report)
    assert.deepStrictEqual(Schema.decodeUnknownSync(json)(frozen), report)
  })

  it.prop("has days and hours that add up to its questions", [week], ([summaries]) => {
    const { days, hours, questions } = reportOf(summaries)
    assert.strictEqual(sum(days.map((day) => day.questions)), questions)
    assert.strictEqual(sum(hours.flat()), questions)
  })

  it.prop("has scores that add up to the answers that tell one", [week], ([summaries]) => {
    const told = visitors(summaries).filter(({ response }) => response?.matchScore !== undefined)
    assert.strictEqual(sum(reportOf(summaries).scores), told.length)
  })

  it.prop("shows only the number of bots' and the owner's interactions", [week], ([summaries]) => {
    const { events, excluded, ...rest } = reportOf(summaries)
    const { events: ofPeople, excluded: none, ...withoutThem } = reportOf(visitors(summaries))
    assert.isAtLeast(events!, ofPeople!)
    assert.deepStrictEqual(rest, withoutThem)
    assert.deepStrictEqual(none, { bots: 0, own: 0 })
    assert.strictEqual(excluded.bots + excluded.own, summaries.length - visitors(summaries).length)
  })

  it.prop("has the cost of its tally", [week], ([summaries]) => {
    const { models } = summaries.reduce(observe, empty())
    assert.deepStrictEqual(reportOf(summaries).cost, costOf(models, knownPrices))
  })

  it.prop("lists no question without its text", [week], ([summaries]) => {
    const report = reportOf(summaries)
    for (const { question } of [...report.topQuestions, ...report.unanswered]) {
      assert.notStrictEqual(question, "")
    }
  })

  it("made before texts could be withheld still decodes", () => {
    const { withoutText: _, ...earlier } = reportOf([asked("Any tests?")])
    assert.deepStrictEqual(Schema.decodeUnknownSync(WeeklyReport)(earlier), earlier)
  })

  it("of an empty week is all zeros, and has no latency", () => {
    const report = reportOf([])
    assert.strictEqual(report.questions, 0)
    assert.strictEqual(report.sessions, 0)
    assert.deepStrictEqual(
      report.days.map(({ questions }) => questions),
      [0, 0, 0, 0, 0, 0, 0]
    )
    assert.deepStrictEqual(report.hours, new Array(7).fill(new Array(24).fill(0)))
    assert.deepStrictEqual(report.scores, new Array(10).fill(0))
    assert.deepStrictEqual(report.cost, { usd: 0, unknown: [] })
    assert.doesNotHaveAnyKeys(report, [
      "latencyMs",
      "previous",
      "deadLetters",
      "capped",
      "unlistedNames"
    ])
    for (const key of ["countries", "devices", "referrers", "languages", "topQuestions"] as const) {
      assert.deepStrictEqual<unknown>(report[key], [], key)
    }
    for (const key of ["unanswered", "closed", "trend", "models"] as const) {
      assert.deepStrictEqual<unknown>(report[key], [], key)
    }
  })

  it("knows how many dead letters the week before had, if its report tells", () => {
    const [weekBefore] = weeksBefore(reportOf([]).period.weekId, 1)
    const earlier = (weekId: WeekId, deadLetters?: number) => {
      const report = reportOf([], deadLetters === undefined ? {} : { deadLetters })
      return [{ ...report, period: { ...report.period, weekId } }]
    }
    const told = (reports: ReadonlyArray<WeeklyReport>) =>
      reportOf([], { deadLetters: 7, earlier: reports }).deadLettersBefore
    assert.strictEqual(told(earlier(weekBefore!, 5)), 5)
    assert.isUndefined(told(earlier(weekBefore!)))
    assert.isUndefined(told(earlier(weeksBefore(weekBefore!, 1)[0]!, 5)))
  })

  it("counts the dead letters since then, or all where some were put away", () => {
    const cases = [
      [7, 5, 2],
      [5, 5, 0],
      [2, 5, 2],
      [7, undefined, 7],
      [undefined, 5, undefined]
    ] as const
    for (const [now, before, added] of cases) {
      const given = {
        ...(now === undefined ? {} : { deadLetters: now }),
        ...(before === undefined ? {} : { deadLettersBefore: before })
      }
      assert.strictEqual(newDeadLetters(given), added)
    }
  })

  it("has the number of dead letters, or leaves it out when it is unknown", () => {
    assert.strictEqual(reportOf([], { deadLetters: 0 }).deadLetters, 0)
    assert.strictEqual(reportOf([], { deadLetters: 7 }).deadLetters, 7)
    assert.notProperty(reportOf([]), "deadLetters")
  })
})

describe("The clock of the report", () => {
  const at = (iso: string) => asked("q", { timestamp: Date.parse(iso) })

  it("is local, on the day that has 25 hours too", () => {
    const { days, hours } = reportOf([
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
    assert.strictEqual(hours[0]?.[0], 1)
    assert.strictEqual(hours[5]?.[23], 1)
    assert.deepStrictEqual(hours[6]?.slice(0, 3), [1, 2, 0])
    assert.strictEqual(hours[6]?.[23], 1)
  })

  it("leaves out the hour that a spring day does not have", () => {
    const { hours } = reportOf(
      [at("2026-03-29T00:59:59.999Z"), at("2026-03-29T01:00:00Z"), at("2026-03-29T22:59:59Z")],
      { period: spring }
    )
    assert.deepStrictEqual(hours[6]?.slice(0, 4), [1, 0, 1, 0])
    assert.strictEqual(hours[6]?.[23], 1)
  })
})

describe("The scores of the report", () => {
  it("are ten steps, of which the last holds the perfect score too", () => {
    const scores = [0, 0.09, 0.1, 0.195, 0.29, 0.3, 0.55, 0.57, 0.58, 0.899, 0.9, 1]
    const report = reportOf(scores.map((matchScore) => asked("q", { response: { matchScore } })))
    assert.deepStrictEqual(report.scores, [2, 2, 1, 1, 0, 3, 0, 0, 1, 2])
  })
})

describe("Countries, devices and referrers of the report", () => {
  it.prop("are ranked like a naive count", [week], ([summaries]) => {
    const report = reportOf(summaries)
    const queries = visitors(summaries).flatMap(({ query }) => query ?? [])
    const expected = (field: "country" | "device" | "referrerHost" | "askedIn") => {
      const names = queries.flatMap((query) => query[field] ?? [])
      const questions = (name: string) => names.filter((other) => other === name).length
      return [...new Set(names)]
        .sort()
        .map((name) => ({ name, questions: questions(name) }))
        .sort((a, b) => b.questions - a.questions)
    }
    assert.deepStrictEqual(report.countries, expected("country"))
    assert.deepStrictEqual(report.devices, expected("device"))
    assert.deepStrictEqual(report.referrers, expected("referrerHost"))
    assert.deepStrictEqual(report.languages, expected("askedIn"))
  })

  it("leave out visits that do not say, and break ties by the name", () => {
    const from = (country: string) => asked("q", { query: { country } })
    const { countries } = reportOf([
      ...[asked("q"), asked("q"), from("SE"), from("DE"), from("GB"), from("GB")]
    ])
    assert.deepStrictEqual(countries, [
      { name: "GB", questions: 2 },
      { name: "DE", questions: 1 },
      { name: "SE", questions: 1 }
    ])
  })

  it("are cut at their longest length", () => {
    const many = Array.from({ length: listLengthMax + 5 }, (_, n) =>
      asked("q", { query: { country: `C${n}`, device: `D${n}`, referrerHost: `r${n}.example` } })
    )
    const { countries, devices, referrers } = reportOf(many)
    for (const list of [countries, devices, referrers]) {
      assert.strictEqual(list.length, listLengthMax)
    }
  })
})

describe("The measures of a report", () => {
  it("are its totals; answered are full and partial matches together", () => {
    const report = reportOf([
      asked("a", { session: "one", response: { processingTimeMs: 30 } }),
      asked("b", { response: { matchType: "partial" } }),
      missed("c"),
      asked("d", { response: { outcome: "failed" } })
    ])
    assert.deepStrictEqual(measuresOf(report), {
      questions: 4,
      sessions: 2,
      answered: 2,
      missed: 2,
      failed: 1,
      p95Ms: 30,
      usd: 0
    })
  })

  it("have no cost when a price or a count is unknown, and no time when nothing was answered", () => {
    for (const response of [{ model: "unheard-of" }, { tokens: {} }, { tokens: { input: 9 } }]) {
      const measures = measuresOf(reportOf([asked("q"), asked("r", { response })]))
      assert.notProperty(measures, "usd")
      assert.strictEqual(measures.usdAtLeast, 0)
    }
    assert.notProperty(measuresOf(reportOf([])), "p95Ms")
    assert.strictEqual(measuresOf(reportOf([])).usd, 0)
  })
})
