import { assert, describe, it } from "@effect/vitest"
import type { InteractionSummary } from "../../../src/schema/InteractionSummary.ts"
import { periodOf, WeekId } from "../../../src/schema/IsoWeek.ts"
import { asked, autumn, beforeOf, missed, reportOf, withoutAnswer, zone } from "./WeeklyExamples.ts"

const minuteMs = 60_000

type Ask = (question: string, changes?: Parameters<typeof asked>[1]) => InteractionSummary

let requests = 0

/** A conversation in which each question comes so many minutes after the first. */
const conversation = (
  session: string,
  ...turns: ReadonlyArray<readonly [minutes: number, ask: Ask, question: string]>
): ReadonlyArray<InteractionSummary> =>
  turns.map(([minutes, ask, question]) =>
    ask(question, {
      session,
      request: ++requests,
      timestamp: autumn.startMs + 3_600_000 + minutes * minuteMs
    })
  )

const again = conversation(
  "a",
  [0, missed, "Do you deliver to Iceland?"],
  [2, missed, "delivery iceland"],
  [3, asked, "What are your opening hours?"]
)

describe("The conversations of a report", () => {
  it("tell their length, what was asked again, and how they ended", () => {
    const { conversations, unanswered } = reportOf([
      ...again,
      ...conversation("b", [0, asked, "Any tests?"]),
      ...conversation("c", [0, asked, "Any tests?"], [1, missed, "Which ones?"])
    ])
    assert.deepStrictEqual(conversations, {
      count: 3,
      questions: 6,
      single: 1,
      median: 2,
      missed: 3,
      askedAgain: 1,
      ended: 3,
      endedOnMiss: 1
    })
    const lines = unanswered.map(({ askedAgain, question }) => [question, askedAgain])
    assert.deepInclude(lines, ["Do you deliver to Iceland?", 1])
    assert.deepInclude(lines, ["Which ones?", 0])
  })

  it("are the same in every order of the questions", () => {
    const [first, ...rest] = again
    assert.deepStrictEqual(
      reportOf([...rest.toReversed(), first!]).conversations,
      reportOf(again).conversations
    )
  })

  it("are absent where no session has a second question", () => {
    const { conversations, unanswered } = reportOf([
      ...conversation("a", [0, missed, "Any tests?"]),
      ...conversation("b", [1, missed, "Any tests?"])
    ])
    assert.isUndefined(conversations)
    assert.strictEqual(unanswered.length, 1)
    assert.notProperty(unanswered[0], "askedAgain")
  })

  it("are absent where each request forms a session by itself", () => {
    const alone = again.map((one) => ({ ...one, sessionId: one.requestId as never }))
    assert.isUndefined(reportOf(alone).conversations)
  })

  it("leave out bots and own visits", () => {
    for (const query of [{ agent: "bot" as const }, { own: 1 as const }]) {
      const left = again.map((one) => ({ ...one, query: { ...one.query!, ...query } }))
      assert.isUndefined(reportOf(left).conversations)
    }
  })
})

const figures = (
  ...turns: Parameters<typeof conversation> extends [string, ...infer T] ? T : never
) => reportOf(conversation("s", ...turns)).conversations

describe("A question is asked again", () => {
  const first = [0, missed, "Do you deliver to Iceland?"] as const

  it("after a miss alone, whatever kind of miss it is", () => {
    const failing: Ask = (question, changes) =>
      asked(question, { ...changes, response: { outcome: "failed" } })
    for (const ask of [missed, failing, withoutAnswer]) {
      const found = figures([0, ask, "Do you deliver to Iceland?"], [2, asked, "iceland delivery"])
      assert.deepInclude(found, { missed: 1, askedAgain: 1 })
    }
    const good = figures([0, asked, "Do you deliver to Iceland?"], [2, asked, "iceland delivery"])
    assert.deepInclude(good, { missed: 0, askedAgain: 0 })
  })

  it("after an answer that was voted down, which is no miss of its group", () => {
    const voted: Ask = (question, changes) => ({
      ...asked(question, changes),
      vote: { votedAt: autumn.startMs, voteId: "v", rating: "down" } as never
    })
    const turns = conversation(
      "s",
      [0, voted, "Do you deliver to Iceland?"],
      [2, voted, "iceland delivery"]
    )
    const { conversations, unanswered } = reportOf(turns)
    assert.deepInclude(conversations, { missed: 2, askedAgain: 1, ended: 1, endedOnMiss: 0 })
    assert.deepStrictEqual(unanswered, [])
  })

  it("within ten minutes", () => {
    assert.deepInclude(figures(first, [10, asked, "iceland delivery"]), { askedAgain: 1 })
    assert.deepInclude(figures(first, [10.1, asked, "iceland delivery"]), { askedAgain: 0 })
  })

  it("past thanks and greetings, which ask nothing", () => {
    const found = figures(first, [1, asked, "hello?"], [2, asked, "iceland delivery"])
    assert.deepInclude(found, { missed: 1, askedAgain: 1 })
  })

  it("not by the next step, and not past another question", () => {
    assert.deepInclude(figures(first, [1, asked, "Do you deliver to Norway?"]), { askedAgain: 0 })
    const later = figures(first, [1, asked, "Any sale?"], [2, asked, "iceland delivery"])
    assert.deepInclude(later, { askedAgain: 0 })
  })

  it("not where a text was withheld, which tells nothing", () => {
    assert.deepInclude(figures(first, [1, asked, ""]), { missed: 1, askedAgain: 0 })
    assert.deepInclude(figures([0, missed, ""], [1, missed, ""]), { missed: 0, askedAgain: 0 })
  })
})

describe("A conversation ends on a miss", () => {
  it("where the last question was missed, with thanks after it or not", () => {
    const last = [1, missed, "Which ones?"] as const
    const found = figures([0, asked, "Any tests?"], last, [2, asked, "thanks anyway"])
    assert.deepInclude(found, { ended: 1, endedOnMiss: 0 })
    const thanked = figures([0, asked, "Any tests?"], last, [2, missed, "thank you"])
    assert.deepInclude(thanked, { ended: 1, endedOnMiss: 1 })
  })

  it("or has an unknown end, where the last answer could not be read", () => {
    const unread: Ask = (question, changes) =>
      asked(question, { ...changes, response: { matchType: "unknown" } })
    const found = figures([0, missed, "Any tests?"], [1, unread, "Which ones?"])
    assert.deepInclude(found, { ended: 0, endedOnMiss: 0 })
  })

  it("not while it is younger than ten minutes", () => {
    const turns = conversation("s", [0, missed, "Any tests?"], [1, missed, "Which ones?"])
    const at = turns[1]!.timestamp
    const young = reportOf(turns, { generatedAt: at + 9 * minuteMs }).conversations
    assert.deepInclude(young, { ended: 0, endedOnMiss: 0 })
    const old = reportOf(turns, { generatedAt: at + 10 * minuteMs }).conversations
    assert.deepInclude(old, { ended: 1, endedOnMiss: 1 })
    const cut = reportOf(turns, { readUntil: at }).conversations
    assert.deepInclude(cut, { ended: 0, endedOnMiss: 0 })
  })
})

describe("A conversation over midnight of two weeks", () => {
  const next = periodOf(WeekId.make("2026-W44"), zone)
  const at = (minutes: number, ask: Ask, question: string) =>
    ask(question, {
      session: "over",
      request: ++requests,
      timestamp: next.startMs + minutes * minuteMs
    })
  const sunday = [at(-4, asked, "Any tests?"), at(-2, missed, "Do you deliver to Iceland?")]
  const monday = [at(1, missed, "iceland delivery"), at(2, missed, "Do you deliver to Iceland")]

  it("counts in both weeks with the questions of each, and ends in the second alone", () => {
    const first = reportOf(sunday).conversations
    assert.deepInclude(first, { count: 1, questions: 2, ended: 0, endedOnMiss: 0 })
    const second = reportOf(monday, { period: next }).conversations
    assert.deepInclude(second, { count: 1, questions: 2, ended: 1, endedOnMiss: 1 })
  })

  it("has nothing asked again across midnight, in neither week", () => {
    assert.deepInclude(reportOf(sunday).conversations, { missed: 1, askedAgain: 0 })
    const second = reportOf(monday, { period: next }).conversations
    assert.deepInclude(second, { missed: 2, askedAgain: 1 })
  })

  it("does not count in the week before that a report compares with", () => {
    const before = beforeOf(sunday, autumn, next.endMs + 1)
    const { conversations } = reportOf(monday, { period: next, before })
    assert.deepStrictEqual(conversations, reportOf(monday, { period: next }).conversations)
    assert.isUndefined(before.report.conversations)
  })
})
