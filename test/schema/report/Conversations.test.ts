import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import type { InteractionSummary } from "../../../src/schema/InteractionSummary.ts"
import {
  addConversations,
  addTurn,
  type Conversations,
  noConversations,
  questionMark,
  turnsOf
} from "../../../src/schema/report/Conversations.ts"
import { questionKey } from "../../../src/schema/report/QuestionTally.ts"
import { shuffled } from "./SummaryExamples.ts"
import { asked, autumn, missed, withoutAnswer } from "./WeeklyExamples.ts"

const between = (minimum: number, maximum: number) =>
  Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum, maximum })))

/** Few sessions and instants, so that turns meet, share an instant and come out of order. */
const talk = Arbitrary.array(
  Arbitrary.all({
    at: between(0, 4),
    kind: between(0, 3),
    session: between(1, 3),
    text: Arbitrary.schema(Schema.Literals(["Any tests?", "Salary?", ""]))
  }),
  { maxLength: 40 }
).pipe(
  Arbitrary.map((turns) =>
    turns.map(({ at, kind, session, text }): InteractionSummary => {
      const changes = { session: `s${session}`, timestamp: autumn.startMs + at * 1000 }
      if (kind === 0) return missed(text, changes)
      if (kind === 1) return withoutAnswer(text, changes)
      return asked(text, { ...changes, response: kind === 2 ? { matchType: "unknown" } : {} })
    })
  )
)

const talksOf = (summaries: ReadonlyArray<InteractionSummary>): Conversations => {
  const conversations = noConversations()
  for (const one of summaries) {
    addTurn(conversations, one, questionKey(one.query?.question ?? ""))
  }
  return conversations
}

const combined = (...parts: ReadonlyArray<Conversations>): Conversations => {
  const all = noConversations()
  for (const part of parts) addConversations(all, part)
  return all
}

const flood = (length: number) =>
  Array.from({ length }, (_, n) =>
    asked(`Question ${n}?`, { timestamp: autumn.startMs + n * 1000, request: n + 1 })
  )

describe("The conversations of a week are a commutative monoid:", () => {
  it.prop("addition is associative and commutative", [talk, talk, talk], ([a, b, c]) => {
    const [x, y, z] = [talksOf(a), talksOf(b), talksOf(c)]
    assert.deepStrictEqual(combined(combined(x, y), z), combined(x, combined(y, z)))
    assert.deepStrictEqual(combined(x, y), combined(y, x))
  })

  it.prop("none is its identity", [talk], ([a]) => {
    assert.deepStrictEqual(combined(talksOf(a), noConversations()), talksOf(a))
    assert.deepStrictEqual(combined(noConversations(), talksOf(a)), talksOf(a))
  })

  it.prop("neither order nor pages of turns show", [talk, Schema.Natural], ([turns, seed]) => {
    const cut = seed % (turns.length + 1)
    const parts = combined(talksOf(turns.slice(cut)), talksOf(turns.slice(0, cut)))
    assert.deepStrictEqual(parts, talksOf(turns))
    assert.deepStrictEqual(talksOf(shuffled(turns, seed)), talksOf(turns))
  })

  it.prop("addition changes neither part", [talk, talk], ([a, b]) => {
    const [x, y] = [talksOf(a), talksOf(b)]
    const both = combined(x, y)
    addConversations(both, y)
    assert.deepStrictEqual([x, y], [talksOf(a), talksOf(b)])
  })

  it.prop("the latest turns stay of a flood, in every order", [Schema.Int], ([seed]) => {
    const turns = flood(130)
    const whole = talksOf(turns)
    assert.deepStrictEqual(talksOf(shuffled(turns, seed)), whole)
    const parts = [turns.slice(0, 20), turns.slice(20, 125), turns.slice(125)].map(talksOf)
    assert.deepStrictEqual(combined(...parts.toReversed()), whole)
    const [conversation] = whole.values()
    assert.strictEqual(conversation?.asked, 130)
    const kept = turnsOf(conversation!)
    assert.deepStrictEqual(
      kept.map(({ askedAt }) => askedAt),
      turns.slice(30).map(({ timestamp }) => timestamp)
    )
  })
})

describe("A conversation", () => {
  it("keeps the time, the fate and the mark of each turn", () => {
    const at = autumn.startMs + 123
    const conversations = talksOf([
      asked("Bike?", { timestamp: at + 4, response: { matchType: "unknown" } }),
      withoutAnswer("", { timestamp: at + 3 }),
      missed("Any tests?", { timestamp: at }),
      asked("Any TESTS", { timestamp: at + 1, response: { outcome: "failed" } }),
      asked("Car?", { timestamp: at + 2, response: { matchType: "partial" } })
    ])
    const [tests, car, bike] = ["any tests", "car", "bike"].map(questionMark)
    assert.deepStrictEqual([...conversations.values()].flatMap(turnsOf), [
      { askedAt: at, fate: "missed", question: tests! },
      { askedAt: at + 1, fate: "missed", question: tests! },
      { askedAt: at + 2, fate: "good", question: car! },
      { askedAt: at + 3, fate: "waiting", question: 0 },
      { askedAt: at + 4, fate: "unread", question: bike! }
    ])
  })

  it("is none where a request forms a session by itself", () => {
    const one = asked("Any tests?")
    assert.strictEqual(talksOf([{ ...one, sessionId: one.requestId as never }]).size, 0)
  })

  it("has marks that are exact numbers, and tells texts apart", () => {
    const marks = Array.from({ length: 5000 }, (_, n) => questionMark(`question ${n}`))
    assert.isTrue(marks.every(Number.isSafeInteger))
    assert.strictEqual(new Set(marks).size, 5000)
  })
})
