import { assert, describe, it } from "@effect/vitest"
import type { InteractionSummary } from "../../../src/schema/InteractionSummary.ts"
import { groupQuestions } from "../../../src/schema/questions/QuestionGroups.ts"
import { groupId } from "../../../src/schema/report/GroupId.ts"
import { questionKey } from "../../../src/schema/report/QuestionTally.ts"
import { listLengthMax } from "../../../src/schema/report/WeeklyReport.ts"
import { shuffled, summariesBetween } from "./SummaryExamples.ts"
import {
  asked,
  autumn,
  beforeAutumn,
  beforeOf,
  missed,
  reportOf,
  withoutAnswer
} from "./WeeklyExamples.ts"
import { visitors } from "./WeeklyNaive.ts"

const week = summariesBetween(autumn.startMs, autumn.endMs)

/** Questions that have no word and no letter in common to be taken for one another by. */
const topics = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].map((letter) => letter.repeat(7))

const partial = (question: string) => asked(question, { response: { matchType: "partial" } })
const failed = (question: string, when: { request: number; timestamp: number } | object = {}) =>
  asked(question, { ...when, response: { outcome: "failed" } })

const isMissed = ({ response }: InteractionSummary) =>
  response === undefined || response.outcome === "failed" || response.matchType === "none"

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
      const { id: _, ...counted } = line
      assert.deepStrictEqual(counted, {
        question: line.question,
        asked: same.length,
        variants: new Set(same.map(({ query }) => query?.question)).size,
        sessions: new Set(same.map(({ sessionId }) => sessionId)).size,
        full: answered("full"),
        partial: answered("partial"),
        none: answered("none"),
        unknown: answered("unknown"),
        failed: same.filter(({ response }) => response?.outcome === "failed").length,
        noAnswer: same.filter(({ response }) => response === undefined).length,
        missedSessions: new Set(same.filter(isMissed).map(({ sessionId }) => sessionId)).size,
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

  it("name a group by a whole question that nobody shouted, and quote up to three others", () => {
    const times = (count: number, question: string) =>
      Array.from({ length: count }, () => asked(question))
    const wordings = [
      ...times(9, "training"),
      ...times(8, "IS THERE ANY TRAINING?"),
      ...times(2, "Is there any training?"),
      ...times(4, "WHAT ABOUT THE TRAINING?"),
      ...times(3, "Training, please"),
      ...times(1, "trainings please")
    ]
    for (const seed of [1, 2, 3]) {
      const { topQuestions, unanswered } = reportOf([
        ...shuffled(wordings, seed),
        missed("some training")
      ])
      const others = ["training", "WHAT ABOUT THE TRAINING?", "Training, please"]
      for (const [line, ...more] of [topQuestions, unanswered]) {
        assert.include(line, { question: "Is there any training?", asked: 28, variants: 7 })
        assert.deepStrictEqual(
          line?.others,
          others.map((question) => ({ question }))
        )
        assert.deepStrictEqual(more, [])
      }
    }
  })

  it("quote no other wording where there is none but in case and signs", () => {
    const { topQuestions } = reportOf([asked("training"), asked("Training!"), asked("TRAINING")])
    assert.include(topQuestions[0], { question: "Training!", variants: 3 })
    assert.notProperty(topQuestions[0], "others")
  })

  it("count a wording once in both its Unicode forms", () => {
    const forms = ["NFC", "NFD"].map((form) => "Où a-t-elle étudié ?".normalize(form))
    const { topQuestions } = reportOf([...forms, forms[1]].map((form = "") => asked(form)))
    assert.include(topQuestions[0], { asked: 3, variants: 1 })
    assert.strictEqual(topQuestions.length, 1)
  })

  it("are cut at their longest length", () => {
    const many = topics.slice(0, listLengthMax + 5)
    const { topQuestions, unanswered } = reportOf(many.map((topic) => missed(topic)))
    assert.deepStrictEqual(names(topQuestions), topics.slice(0, listLengthMax))
    assert.deepStrictEqual(names(unanswered), topics.slice(0, listLengthMax))
  })

  it("do not count an answer that could not be read as missed", () => {
    const unknown = asked("Do you ski?", { response: { matchType: "unknown" } })
    const { answers, closed, unanswered } = reportOf([unknown])
    assert.deepStrictEqual([closed, unanswered], [[], []])
    assert.include(answers, { none: 0, unknown: 1 })
  })
})

describe("The list of missed questions", () => {
  const [fees = "", visa = "", dogs = "", cats = ""] = topics

  it("has every group with a miss, however often it was answered well", () => {
    const well = Array.from({ length: 99 }, () => missed(fees))
    const { unanswered } = reportOf([...well, asked(fees), asked(visa)])
    assert.strictEqual(unanswered.length, 1)
    assert.include(unanswered[0], { question: fees, asked: 100, none: 99, full: 1 })
  })

  it("starts with what was missed most often, then in most sessions, then asked most", () => {
    const { unanswered } = reportOf([
      ...[missed(fees, { session: "a" }), missed(fees, { session: "a" }), asked(fees)],
      ...[missed(visa, { session: "a" }), missed(visa, { session: "b" })],
      ...[failed(dogs), withoutAnswer(dogs), missed(dogs)],
      ...[failed(cats), missed(cats)]
    ])
    assert.deepStrictEqual(
      unanswered.map((line) => [line.question, line.missedSessions]),
      [
        [dogs, 1],
        [visa, 2],
        [fees, 1],
        [cats, 1]
      ]
    )
  })

  it("counts a question that waits for its answer as missed after ten minutes, and not before", () => {
    const madeAt = autumn.startMs + 3_600_000
    const waiting = [599_999, 600_000].map((ms, n) =>
      withoutAnswer(fees, { timestamp: madeAt - ms, session: `s${n}`, request: n + 1 })
    )
    const { topQuestions, unanswered } = reportOf(waiting, { generatedAt: madeAt })
    assert.include(topQuestions[0], { asked: 2, noAnswer: 1, missedSessions: 1 })
    assert.include(unanswered[0]?.lastMiss, { kind: "noAnswer", timestamp: madeAt - 600_000 })
    const later = reportOf(waiting, { generatedAt: madeAt + 1 })
    assert.include(later.unanswered[0], { noAnswer: 2, missedSessions: 2 })
    assert.deepStrictEqual(reportOf([waiting[0]!], { generatedAt: madeAt }).unanswered, [])
  })

  it("names the last exchange in which a question was missed, in any order of arrival", () => {
    const at = (request: number, minute: number) => ({
      request,
      timestamp: autumn.startMs + minute * 60_000
    })
    const exchanges = [
      missed(fees, at(1, 1)),
      failed(fees, at(2, 3)),
      missed(fees, at(3, 3)),
      withoutAnswer(fees, at(4, 2)),
      asked(fees, at(5, 4))
    ]
    for (const seed of [1, 2, 3, 4]) {
      const [line] = reportOf(shuffled(exchanges, seed)).unanswered
      assert.deepStrictEqual(line?.lastMiss, {
        requestId: exchanges[2]!.requestId,
        timestamp: exchanges[2]!.timestamp,
        kind: "none"
      })
    }
  })

  it("leaves out greetings and thanks, which are questions like others everywhere else", () => {
    const report = reportOf([
      ...["hi", "Thanks!", "hola", "👍"].map((text) => missed(text)),
      missed("hi, what do you charge for training?")
    ])
    assert.deepStrictEqual(names(report.unanswered), ["hi, what do you charge for training?"])
    assert.strictEqual(report.questions, 5)
    assert.strictEqual(report.topQuestions.length, 5)
    assert.include(report.answers, { none: 5 })
  })
})

describe("A question that was missed in the week before", () => {
  const [fees = "", visa = "", dogs = ""] = topics
  const then = (questions: ReadonlyArray<string>) => ({
    before: beforeOf(
      questions.map((question) => missed(question, { timestamp: beforeAutumn.startMs }))
    )
  })

  it("shows its count when it comes back, and 0 for one that was not missed", () => {
    const { topQuestions } = reportOf(
      [missed(fees), missed(fees), asked(visa)],
      then([fees, fees, dogs, fees])
    )
    assert.deepStrictEqual(
      topQuestions.map(({ missedBefore, question }) => [question, missedBefore]),
      [
        [fees, 3],
        [visa, 0]
      ]
    )
  })

  it("is known in other words, and in other spelling", () => {
    const [words, others] = ["Is there any training?", "Training, please"]
    const grouped = groupQuestions([words, others].map((question) => ({ question, count: 1 })))
    assert.strictEqual(grouped.length, 1)
    const { unanswered } = reportOf([missed(others)], then([words, "TRAINING please"]))
    assert.strictEqual(unanswered[0]?.missedBefore, 2)
  })

  it("adds no line, count or variant unless it is asked again", () => {
    const { closed, topQuestions, unanswered } = reportOf([missed(fees)], then([dogs, dogs]))
    assert.deepStrictEqual(names(topQuestions), [fees])
    assert.include(topQuestions[0], { asked: 1, variants: 1, sessions: 1, missedBefore: 0 })
    assert.deepStrictEqual(names(unanswered), [fees])
    assert.deepStrictEqual(closed, [])
  })

  it("is closed when it was answered in full this week and never missed", () => {
    const { closed, unanswered } = reportOf(
      [asked(fees), asked(fees), partial(fees)],
      then([fees, fees])
    )
    const id = groupId(autumn.weekId, 1)
    assert.deepStrictEqual(closed, [{ question: fees, id, asked: 3, missedBefore: 2 }])
    assert.deepStrictEqual(unanswered, [])
  })

  it("is closed in other words", () => {
    const { closed } = reportOf(
      [asked("Training, please")],
      then(["Is there any training?", "Any training?"])
    )
    assert.include(closed[0], { question: "Training, please", missedBefore: 2 })
  })

  it("is not closed while it is missed or has failed once, or was answered in part only", () => {
    const now = [asked(fees), missed(fees), asked(visa), failed(visa), partial(dogs)]
    assert.deepStrictEqual(reportOf(now, then([fees, visa, dogs])).closed, [])
  })

  it("is not closed when that week is not known", () => {
    for (const before of [undefined, "expired", "unread"] as const) {
      const { closed, topQuestions } = reportOf(
        [asked(fees)],
        before === undefined ? {} : { before }
      )
      assert.deepStrictEqual(closed, [])
      assert.notProperty(topQuestions[0], "missedBefore")
    }
  })

  it("is found among any number of others", () => {
    const letters = [..."ABCDEFGHIJKLMNOPQ"]
    const pairs = letters.flatMap((one, n) => letters.slice(n + 1).map((two) => `${one}${two}`))
    const words = pairs.map((pair) => pair.repeat(6))
    assert.isAbove(words.length, 100)
    const report = reportOf([asked(words.at(-1) ?? "")], then(words))
    assert.deepStrictEqual(names(report.closed), [words.at(-1) ?? ""])
  })

  it("is among the ten most asked of the closed questions", () => {
    const now = [...topics, ...topics.slice(3, 5), topics[4]].map((topic = "") => asked(topic))
    const { closed } = reportOf(now, then(topics))
    const [a, b, c, d, e, ...others] = topics
    assert.deepStrictEqual(names(closed), [e, d, a, b, c, ...others].slice(0, listLengthMax))
  })

  it("counts visitors alone, with a text", () => {
    const { questions, report } = beforeOf([
      missed(fees),
      asked(fees.toLowerCase()),
      missed(visa, { query: { agent: "bot" } }),
      missed(dogs, { query: { own: 1 } }),
      missed(""),
      withoutAnswer(fees, { timestamp: autumn.endMs + 7 * 3_600_000 - 1 })
    ])
    assert.deepStrictEqual([...questions.values()], [{ question: fees, asked: 3, missed: 1 }])
    assert.include(report, { questions: 4 })
  })

  it("is no greeting, which was missed as well", () => {
    const { closed, unanswered } = reportOf([asked("thanks")], then(["thanks", "Thanks!"]))
    assert.deepStrictEqual([closed, unanswered], [[], []])
  })
})
