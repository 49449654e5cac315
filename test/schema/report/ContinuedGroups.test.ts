import { assert, describe, it } from "@effect/vitest"
import type { InteractionSummary } from "../../../src/schema/InteractionSummary.ts"
import { periodOf, weeksBefore } from "../../../src/schema/IsoWeek.ts"
import { type GroupId, groupId } from "../../../src/schema/report/GroupId.ts"
import type { WeeklyReport } from "../../../src/schema/report/WeeklyReport.ts"
import { shuffled, summariesBetween } from "./SummaryExamples.ts"
import {
  asked,
  autumn,
  beforeAutumn,
  beforeOf,
  missed,
  reportOf,
  withoutAnswer,
  zone
} from "./WeeklyExamples.ts"

const week = summariesBetween(autumn.startMs, autumn.endMs)

/** One group in four wordings, and two groups that have no word in common with it. */
const [any, please, bare, anew] = [
  "Is there any training?",
  "Training, please",
  "training",
  "Any training?"
]
const [fees, visa] = ["FFFFFFF", "VVVVVVV"]

const then = (question: string, make = asked) => make(question, { timestamp: beforeAutumn.startMs })

const lists = ({ closed, topQuestions, unanswered }: WeeklyReport) => [
  ...topQuestions,
  ...unanswered,
  ...closed
]

const idOf = (report: WeeklyReport, question: string): GroupId | undefined =>
  lists(report).find((line) => line.question === question)?.id

const [first, second] = [groupId(beforeAutumn.weekId, 1), groupId(beforeAutumn.weekId, 2)]

/** The report of the week before, as if it had listed these groups. */
const listing = (...groups: ReadonlyArray<readonly [GroupId, ...ReadonlyArray<string>]>) => {
  const report = reportOf(
    groups.flatMap((group) => then(group[1] ?? "")),
    { period: beforeAutumn }
  )
  const [line] = report.topQuestions
  return {
    ...report,
    topQuestions: groups.map(([id, question = "", ...others]) => ({
      ...line!,
      question,
      others: others.map((other) => ({ question: other })),
      id
    }))
  }
}

/** The week's report after one that listed these groups, with both weeks read. */
const reportAfter = (last: WeeklyReport, summaries: ReadonlyArray<InteractionSummary>) => {
  const wordings = last.topQuestions.flatMap(({ others = [], question }) => [
    question,
    ...others.map((other) => other.question)
  ])
  return reportOf(summaries, { earlier: [last], before: beforeOf(wordings.map((q) => then(q))) })
}

describe("A listed group", () => {
  it("is named by the week that listed it first, and a number", () => {
    const report = reportOf([asked(fees), asked(fees), missed(visa)])
    assert.strictEqual(idOf(report, fees), groupId(autumn.weekId, 1))
    assert.strictEqual(idOf(report, visa), groupId(autumn.weekId, 2))
  })

  it.prop("has an id of its own, and the same in every list", [week], ([summaries]) => {
    const lines = lists(reportOf(summaries))
    const byQuestion = new Map(lines.map(({ id, question }) => [question, id]))
    for (const { id, question } of lines) assert.strictEqual(byQuestion.get(question), id)
    assert.strictEqual(new Set(byQuestion.values()).size, byQuestion.size)
    assert.notInclude([...byQuestion.values()], undefined)
  })

  it("keeps its id from week to week while its words change", () => {
    const weeks = weeksBefore(autumn.weekId, 3).map((weekId) => periodOf(weekId, zone))
    const words = [[any], [any, please], [bare]]
    const report = weeks.reduce<WeeklyReport | undefined>((last, period, n) => {
      const at = (questions: ReadonlyArray<string> = [], { startMs: timestamp } = period) =>
        questions.map((question) => missed(question, { timestamp }))
      const before = beforeOf(at(words[n - 1], weeks[n - 1]), weeks[n - 1])
      return reportOf([...at(words[n]), ...at([fees])], {
        period,
        ...(last === undefined ? {} : { before, earlier: [last] })
      })
    }, undefined)
    assert.strictEqual(idOf(report!, bare), groupId(weeks[0]!.weekId, 2))
  })

  it("keeps its id when no wording is the same, also where it is now answered", () => {
    const last = reportOf([then(any, missed)], { period: beforeAutumn })
    const before = beforeOf([then(any, missed)])
    for (const make of [asked, missed]) {
      const report = reportOf([make(please)], { earlier: [last], before })
      assert.deepStrictEqual(
        lists(report).map(({ id }) => id),
        [first, first]
      )
    }
  })

  it("keeps its id by its listed words, where the week before could not be read", () => {
    for (const before of ["unread", "expired"] as const) {
      const report = reportOf([asked(please)], { earlier: [listing([first, any, please])], before })
      assert.strictEqual(idOf(report, please), first)
    }
  })

  it("has a new id where no whole report of the week before listed it", () => {
    const interim = { ...listing([first, fees]), generatedAt: beforeAutumn.endMs - 1 }
    const older = {
      ...listing([first, fees]),
      period: periodOf(weeksBefore(autumn.weekId, 2)[0]!, zone)
    }
    const { id: _, ...line } = listing([first, fees]).topQuestions[0]!
    const without = { ...listing([first, fees]), topQuestions: [line] }
    for (const last of [interim, older, without, listing([first, visa])]) {
      assert.strictEqual(idOf(reportAfter(last, [asked(fees)]), fees), groupId(autumn.weekId, 1))
    }
  })

  it("that split gives its id to the part with more of its wordings", () => {
    const last = listing([first, any, please, fees])
    const report = reportAfter(last, [asked(any), ...[1, 2, 3].map(() => asked(fees))])
    assert.deepStrictEqual(
      [idOf(report, any), idOf(report, fees)],
      [first, groupId(autumn.weekId, 1)]
    )
  })

  it("that split in equal parts gives its id to the part asked most", () => {
    const last = listing([first, any, fees])
    for (const [question, other] of [
      [any, fees],
      [fees, any]
    ] as const) {
      const report = reportAfter(last, [asked(question), asked(question), asked(other)])
      assert.strictEqual(idOf(report, question), first)
      assert.notStrictEqual(idOf(report, other), first)
    }
  })

  it("that merged with another has the id of which it has more wordings", () => {
    const merged = [asked(any), asked(please), asked(bare)]
    const lost = reportAfter(listing([first, bare], [second, any, please]), merged)
    assert.deepStrictEqual(
      lost.topQuestions.map(({ id }) => id),
      [second]
    )
    const same = reportAfter(listing([second, bare], [first, please]), merged)
    assert.deepStrictEqual(
      same.topQuestions.map(({ id }) => id),
      [second]
    )
  })

  it("that lost a part to another keeps its id with the rest", () => {
    const last = listing([first, any, fees], [second, please, bare])
    const report = reportAfter(last, [asked(anew), asked(fees)])
    assert.deepStrictEqual([idOf(report, anew), idOf(report, fees)], [second, first])
  })

  it("has the same id in every order of the questions", () => {
    const last = listing([first, any, fees], [second, please, visa])
    const questions = [any, please, bare, fees, fees, visa].map((question) => asked(question))
    const expected = reportAfter(last, questions)
    for (const seed of [1, 2, 3]) {
      assert.deepStrictEqual(reportAfter(last, shuffled(questions, seed)), expected)
    }
  })
})

describe("A group that was asked in the week before", () => {
  const lineOf = (
    now: InteractionSummary,
    before: ReadonlyArray<InteractionSummary>
  ): WeeklyReport["topQuestions"][number] | undefined =>
    reportOf([now], { before: beforeOf(before) }).topQuestions[0]

  it("counts how often, in all its words, and how often it was missed", () => {
    const before = [then(any), then(please, missed), then(bare, withoutAnswer), then(fees)]
    assert.include(lineOf(asked(anew), before), { askedBefore: 3, missedBefore: 2, variants: 1 })
  })

  it("is new when nobody asked it then, and only then", () => {
    assert.include(lineOf(asked(visa), [then(fees)]), { askedBefore: 0, missedBefore: 0 })
    assert.include(lineOf(missed(visa), [then(visa)]), { askedBefore: 1, missedBefore: 0 })
  })

  it("may be a greeting", () => {
    assert.include(lineOf(asked("hi"), [then("Hi!"), then("hello")]), { askedBefore: 1 })
  })

  it("is named and quoted in the words of this week alone", () => {
    const before = [any, any, any, anew].map((question) => then(question))
    assert.include(lineOf(asked(bare), before), { question: bare, askedBefore: 4 })
    assert.notProperty(lineOf(asked(bare), before), "others")
  })
})
