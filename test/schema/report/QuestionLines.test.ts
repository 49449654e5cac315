import { assert, describe, it } from "@effect/vitest"
import { periodOf, type WeekId, weeksBefore } from "../../../src/schema/IsoWeek.ts"
import { groupQuestions } from "../../../src/schema/questions/QuestionGroups.ts"
import { questionKey } from "../../../src/schema/report/QuestionTally.ts"
import { listLengthMax, type WeeklyReport } from "../../../src/schema/report/WeeklyReport.ts"
import { shuffled, summariesBetween } from "./SummaryExamples.ts"
import { asked, autumn, missed, reportOf, zone } from "./WeeklyExamples.ts"
import { visitors } from "./WeeklyNaive.ts"

const week = summariesBetween(autumn.startMs, autumn.endMs)

/** Questions that have no word and no letter in common to be taken for one another by. */
const topics = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].map((letter) => letter.repeat(7))

const partial = (question: string) => asked(question, { response: { matchType: "partial" } })
const failed = (question: string) => asked(question, { response: { outcome: "failed" } })

const names = (lines: ReadonlyArray<{ readonly question: string }>) =>
  lines.map(({ question }) => question)

describe("The lists of questions", () => {
  it.prop("count each question like a naive count", [week], ([summaries]) => {
    for (const line of reportOf(summaries).topQuestions) {
      const same = visitors(summaries).filter(
        ({ query }) => query && questionKey(query.question) === questionKey(line.question)
      )
      const answered = (matchType: string) =>
        same.filter(({ response: r }) => r?.outcome === "answered" && r.matchType === matchType)
          .length
      const scores = same.flatMap(({ response }) => response?.matchScore ?? [])
      assert.deepStrictEqual(line, {
        question: line.question,
        asked: same.length,
        variants: new Set(same.map(({ query }) => query?.question)).size,
        sessions: new Set(same.map(({ sessionId }) => sessionId)).size,
        full: answered("full"),
        partial: answered("partial"),
        none: answered("none"),
        unknown: answered("unknown"),
        failed: same.filter(({ response }) => response?.outcome === "failed").length,
        ...(scores.length === 0 ? {} : { scoreMax: Math.max(...scores) })
      })
    }
  })

  it.prop("hold every question that has a text once", [week], ([summaries]) => {
    const { questions, topQuestions, withoutText = 0 } = reportOf(summaries)
    assert.strictEqual(
      topQuestions.reduce((sum, line) => sum + line.asked, 0),
      questions - withoutText
    )
  })

  it("have a line for each group of similar questions, with the sum of its variants", () => {
    const questions = [
      "Do you offer training?",
      "What do you charge for training?",
      "Any training?"
    ]
    const summaries = questions.flatMap((question, n) =>
      Array.from({ length: n + 1 }, (_, m) => asked(question, { session: `s${m}` }))
    )
    const groups = groupQuestions(questions.map((question, n) => ({ question, count: n + 1 })))
    const lines = reportOf(summaries).topQuestions
    assert.sameDeepMembers(
      lines.map((line) => [line.question, line.asked, line.variants, line.full, line.sessions]),
      groups.map(({ count, members, question }) => [
        question,
        count,
        members.length,
        count,
        Math.max(...members) + 1
      ])
    )
  })

  it("start with what was asked most, and break ties by the text alone", () => {
    const [a = "", b = "", c = "", d = ""] = topics
    const questions = [b, c, a, c, d, b].map((question) => asked(question))
    for (const order of [questions, questions.toReversed(), shuffled(questions, 7)]) {
      assert.deepStrictEqual(names(reportOf(order).topQuestions), [b, c, a, d])
    }
  })

  it("name a group by its question asked most, the first in code-unit order among equals", () => {
    const linesOf = (questions: ReadonlyArray<string>) =>
      reportOf(questions.map((question) => asked(question))).topQuestions
    assert.deepStrictEqual(
      linesOf(["salary", "Salary?", "salary"]).map((l) => [l.question, l.asked, l.variants]),
      [["salary", 3, 2]]
    )
    for (const questions of [
      ["salary", "Salary?"],
      ["Salary?", "salary"]
    ]) {
      assert.strictEqual(linesOf(questions)[0]?.question, "Salary?")
    }
  })

  it("are cut at their longest length", () => {
    const many = topics.slice(0, listLengthMax + 5)
    const { topQuestions, unanswered } = reportOf(many.map(missed))
    assert.deepStrictEqual(names(topQuestions), topics.slice(0, listLengthMax))
    assert.deepStrictEqual(names(unanswered), topics.slice(0, listLengthMax))
  })

  it("do not count an answer that could not be read as missed", () => {
    const unknown = asked("Do you ski?", { response: { matchType: "unknown" } })
    const { answers, closed, missed, unanswered } = reportOf([unknown])
    assert.deepStrictEqual([closed, missed, unanswered], [[], [], []])
    assert.include(answers, { none: 0, unknown: 1 })
  })

  it("count as unanswered the questions that were never answered in full and were missed at least once", () => {
    const [never = "", once = "", twice = "", unsure = "", mixed = "", known = ""] = topics
    const { unanswered } = reportOf([
      missed(never),
      ...[missed(once), failed(once)],
      ...[failed(twice), failed(twice), missed(twice)],
      partial(unsure),
      ...[partial(mixed), missed(mixed), partial(mixed)],
      ...[missed(known), asked(known)]
    ])
    assert.deepStrictEqual(names(unanswered), [twice, once, mixed, never])
  })
})

const [weekBefore] = weeksBefore(autumn.weekId, 1) as [WeekId]

/** The whole report of the week before, in which these questions were missed so often. */
const lastWeek = (missedThen: WeeklyReport["missed"]): { readonly earlier: [WeeklyReport] } => ({
  earlier: [{ ...reportOf([], { period: periodOf(weekBefore, zone) }), missed: missedThen }]
})

describe("A question that was missed in the week before", () => {
  const [fees = "", visa = "", dogs = ""] = topics

  it("shows its count when it comes back, and 0 for one that was not missed", () => {
    const { topQuestions } = reportOf(
      [missed(fees), missed(fees), asked(visa)],
      lastWeek([
        { question: fees, missed: 4 },
        { question: dogs, missed: 2 }
      ])
    )
    assert.deepStrictEqual(
      topQuestions.map(({ missedBefore, question }) => [question, missedBefore]),
      [
        [fees, 4],
        [visa, 0]
      ]
    )
  })

  it("adds no line, count or variant unless it is asked again", () => {
    const then = lastWeek([{ question: dogs, missed: 9 }])
    const { closed, topQuestions, unanswered } = reportOf([missed(fees)], then)
    assert.deepStrictEqual(names(topQuestions), [fees])
    assert.include(topQuestions[0], { asked: 1, variants: 1, sessions: 1, missedBefore: 0 })
    assert.deepStrictEqual(names(unanswered), [fees])
    assert.deepStrictEqual(closed, [])
  })

  it("is closed when it was answered in full this week and never missed", () => {
    const { closed, unanswered } = reportOf(
      [asked(fees), asked(fees), partial(fees)],
      lastWeek([{ question: fees, missed: 4 }])
    )
    assert.deepStrictEqual(closed, [{ question: fees, asked: 3, missedBefore: 4 }])
    assert.deepStrictEqual(unanswered, [])
  })

  it("is not closed while it is missed or has failed once, or was answered in part only", () => {
    const then = lastWeek([fees, visa, dogs].map((question) => ({ question, missed: 1 })))
    const now = [asked(fees), missed(fees), asked(visa), failed(visa), partial(dogs)]
    assert.deepStrictEqual(reportOf(now, then).closed, [])
  })

  it("is not closed without the report of that week", () => {
    const { closed, topQuestions } = reportOf([asked(fees)])
    assert.deepStrictEqual(closed, [])
    assert.notProperty(topQuestions[0], "missedBefore")
  })

  it("is among the ten most asked of the closed questions", () => {
    const then = lastWeek(topics.map((question) => ({ question, missed: 1 })))
    const now = [...topics, ...topics.slice(3, 5), topics[4]].map((topic = "") => asked(topic))
    const { closed } = reportOf(now, then)
    const [a, b, c, d, e, ...others] = topics
    assert.deepStrictEqual(names(closed), [e, d, a, b, c, ...others].slice(0, listLengthMax))
  })
})

describe("The questions that a report remembers as missed", () => {
  const [fees = "", visa = "", dogs = "", cats = ""] = topics

  it("is all that was not answered or failed, most missed first, answered before or not", () => {
    const { missed: remembered } = reportOf([
      missed(fees),
      ...[missed(visa), failed(visa), asked(visa)],
      asked(dogs),
      partial(cats)
    ])
    assert.deepStrictEqual(remembered, [
      { question: visa, missed: 2 },
      { question: fees, missed: 1 }
    ])
  })

  it("is longer than the report's list, and no longer than a hundred", () => {
    const letters = [..."ABCDEFGHIJKLMNOPQ"]
    const pairs = letters.flatMap((one, n) => letters.slice(n + 1).map((two) => `${one}${two}`))
    const words = pairs.map((pair) => pair.repeat(6))
    const { missed: remembered, topQuestions } = reportOf(words.map(missed))
    const groups = groupQuestions(words.map((question) => ({ question, count: 1 })))
    assert.isAbove(groups.length, 100)
    assert.strictEqual(remembered.length, 100)
    assert.strictEqual(topQuestions.length, listLengthMax)
  })

  it("makes the next week see its own questions again", () => {
    const first = reportOf([missed(fees), missed(visa)], { period: periodOf(weekBefore, zone) })
    const second = reportOf([asked(fees), missed(visa)], { earlier: [first] })
    assert.deepStrictEqual(names(second.closed), [fees])
    assert.deepStrictEqual(second.unanswered[0]?.missedBefore, 1)
  })
})
