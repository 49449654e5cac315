import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { SessionId } from "../../../src/schema/AnalyticsEvent.ts"
import { type InteractionSummary, unreadable } from "../../../src/schema/InteractionSummary.ts"
import { byModel } from "../../../src/schema/report/ModelTally.ts"
import { addNamed, counting } from "../../../src/schema/report/Named.ts"
import { inputOf } from "../../../src/schema/report/TokenUse.ts"
import {
  bucketMs,
  combine,
  empty,
  observe,
  type WeeklyTally
} from "../../../src/schema/report/WeeklyTally.ts"
import { shuffled, summariesBetween } from "./SummaryExamples.ts"
import { asked } from "./WeeklyExamples.ts"
import { isBot, isOwn, tokensOf, visitors } from "./WeeklyNaive.ts"

const dayMs = 86_400_000
const week = summariesBetween(Date.UTC(2026, 10, 16), Date.UTC(2026, 10, 23), 30)

const tallyOf = (summaries: ReadonlyArray<InteractionSummary>): WeeklyTally =>
  summaries.reduce(observe, empty())

describe("The weekly tally is a commutative monoid:", () => {
  it.prop("combine is associative", [week, week, week], ([a, b, c]) => {
    const [x, y, z] = [tallyOf(a), tallyOf(b), tallyOf(c)]
    assert.deepStrictEqual(combine(combine(x, y), z), combine(x, combine(y, z)))
  })

  it.prop("combine is commutative", [week, week], ([a, b]) => {
    assert.deepStrictEqual(combine(tallyOf(a), tallyOf(b)), combine(tallyOf(b), tallyOf(a)))
  })

  it.prop("empty is its identity", [week], ([a]) => {
    assert.deepStrictEqual(combine(tallyOf(a), empty()), tallyOf(a))
    assert.deepStrictEqual(combine(empty(), tallyOf(a)), tallyOf(a))
  })

  it.prop("observe adds what a tally of one would add", [week], ([summaries]) => {
    const combined = summaries.reduce((tally, one) => combine(tally, tallyOf([one])), empty())
    assert.deepStrictEqual(tallyOf(summaries), combined)
  })

  it.prop("parts add up to the whole, wherever it is split", [week, Schema.Natural], ([a, n]) => {
    const cut = n % (a.length + 1)
    assert.deepStrictEqual(combine(tallyOf(a.slice(0, cut)), tallyOf(a.slice(cut))), tallyOf(a))
  })

  it.prop("the order of interactions does not show", [week, Schema.Int], ([summaries, seed]) => {
    assert.deepStrictEqual(tallyOf(shuffled(summaries, seed)), tallyOf(summaries))
  })

  it.prop("combine changes neither part, then or later", [week, week], ([a, b]) => {
    const [x, y] = [tallyOf(a), tallyOf(b)]
    const both = combine(x, y)
    for (const summary of a) observe(both, summary)
    assert.deepStrictEqual(x, tallyOf(a))
    assert.deepStrictEqual(y, tallyOf(b))
  })

  it("two different weeks differ", () => {
    const session = SessionId.make("s")
    const changes: ReadonlyArray<(tally: WeeklyTally) => unknown> = [
      (tally) => addNamed(tally.countries, "SE", 1, counting),
      (tally) => (tally.devices.others = 1),
      (tally) => tally.scores.set(5, 1),
      (tally) => tally.sessions.add("s"),
      (tally) => tally.conversations.set(session, { session, asked: 1, turns: [] }),
      (tally) => addNamed(tally.models, "m", byModel.empty(), byModel),
      (tally) => (tally.bots += 1),
      (tally) => (tally.down += 1),
      (tally) =>
        tally.ratedBadly.push({ requestId: "r", timestamp: 0, question: "?", verdict: "full" })
    ]
    for (const change of changes) {
      const one = empty()
      change(one)
      assert.notDeepEqual(one, empty())
    }
  })
})

const sum = (counts: Iterable<number>) => [...counts].reduce((a, b) => a + b, 0)

describe("The weekly tally", () => {
  it.prop("counts every interaction and every question once", [week], ([summaries]) => {
    const tally = tallyOf(summaries)
    const seen = visitors(summaries)
    const asked = seen.filter(({ query }) => query !== undefined).length
    const answered = seen.filter(({ response }) => response !== undefined).length
    const statuses = tally.awaitingResponse + tally.awaitingQuery + tally.correlated
    assert.strictEqual(statuses + tally.bots + tally.own, summaries.length)
    const matched = tally.full + tally.partial + tally.none + tally.unknown
    assert.strictEqual(matched + tally.failed, answered)
    assert.strictEqual(sum(tally.latencies.values()), answered)
    const scored = seen.filter(({ response }) => response?.matchScore !== undefined).length
    assert.strictEqual(sum(tally.scores.values()), scored)
    assert.strictEqual(sum(tally.clock.values()), asked)
    for (const { byName } of [tally.countries, tally.devices, tally.referrers]) {
      assert.strictEqual(sum(byName.values()), asked)
    }
    const ofModels = [...tally.models.byName.values()]
    assert.strictEqual(sum(ofModels.map(({ answers }) => answers)), answered)
    assert.strictEqual(sum(ofModels.map(({ missed }) => missed)), tally.none + tally.failed)
    assert.strictEqual(sum(tally.unanswered.values()), tally.awaitingResponse)
    const listed = sum([...tally.questions.values()].map((q) => q.asked))
    assert.strictEqual(listed + tally.withoutText, asked)
  })

  it.prop("counts bots and own visits in their own numbers alone", [week], ([summaries]) => {
    const { events, ...all } = tallyOf(summaries)
    const { events: _, ...people } = tallyOf(visitors(summaries))
    const parts = summaries.flatMap(({ query, response, vote }) =>
      [query, response, vote].filter((part) => part !== undefined)
    )
    const [bots, own] = [summaries.filter(isBot).length, summaries.filter(isOwn).length]
    assert.deepStrictEqual(all, { ...people, bots, own })
    assert.strictEqual(events, parts.length)
  })

  it.prop(
    "keeps a question without text out of questions and turns alone",
    [week],
    ([summaries]) => {
      const tally = tallyOf(summaries)
      const worded = summaries.map((one) =>
        one.query?.question === "" ? { ...one, query: { ...one.query, question: "worded" } } : one
      )
      const { conversations: _, questions, ratedBadly: ___, ...rest } = tallyOf(worded)
      questions.delete("worded")
      const { conversations: __, ratedBadly: ____, ...untold } = tally
      assert.deepStrictEqual({ ...rest, questions, withoutText: tally.withoutText }, untold)
    }
  )

  it("counts an own visit as own even when its browser looks like a bot", () => {
    const query = { question: "q", agent: "bot", own: 1 } as const
    const summary = { requestId: "r", timestamp: 0, sessionId: "s", status: "awaiting_response" }
    const tally = observe(empty(), { ...summary, query } as unknown as InteractionSummary)
    assert.deepStrictEqual(tally, { ...empty(), own: 1, events: 1 })
  })

  it("counts unreadable items in one number alone", () => {
    const tally = [unreadable, unreadable].reduce(observe, empty())
    assert.deepStrictEqual(tally, { ...empty(), unreadable: 2 })
    assert.strictEqual(combine(tally, tally).unreadable, 4)
  })

  it("adds up the events that the edge lost, whoever asked", () => {
    const summary = { requestId: "r", timestamp: 0, sessionId: "s", status: "awaiting_response" }
    const queries = [
      { question: "q", lostBefore: 2 },
      { question: "q" },
      { question: "q", agent: "bot", lostBefore: 1 },
      { question: "q", own: 1, lostBefore: 4 }
    ]
    const tally = tallyOf(
      queries.map((query) => ({ ...summary, query }) as unknown as InteractionSummary)
    )
    assert.strictEqual(tally.lost, 7)
  })

  it.prop("counts a question in the quarter of an hour of its time", [week], ([summaries]) => {
    const { clock } = tallyOf(summaries)
    const expected = new Map<number, number>()
    for (const { query, timestamp } of visitors(summaries)) {
      const bucket = Math.floor(timestamp / bucketMs)
      if (query !== undefined) expected.set(bucket, (expected.get(bucket) ?? 0) + 1)
    }
    assert.deepStrictEqual(clock, expected)
  })

  it.prop("keeps tokens by model and UTC day like a naive sum", [week], ([summaries]) => {
    const { models } = tallyOf(summaries)
    const seen = visitors(summaries).filter(({ response }) => response !== undefined)
    assert.sameMembers(
      [...models.byName.keys()],
      [...new Set(seen.map(({ response }) => response?.model ?? ""))]
    )
    for (const [model, { usage }] of models.byName) {
      const ofModel = seen.filter(({ response }) => (response?.model ?? "") === model)
      for (let day = Date.UTC(2026, 10, 16); day < Date.UTC(2026, 10, 23); day += dayMs) {
        const expected = tokensOf(
          ofModel
            .filter(({ timestamp }) => timestamp >= day && timestamp < day + dayMs)
            .flatMap(({ response }) => response ?? [])
        )
        const use = usage.get(new Date(day).toISOString().slice(0, 10))
        assert.strictEqual(use?.answers ?? 0, expected.answers)
        if (use === undefined) continue
        assert.deepInclude(use, {
          cacheReads: expected.cachedInput,
          cacheWrites: expected.cacheWrites,
          output: expected.output,
          reasoning: expected.reasoning
        })
        assert.strictEqual(inputOf(use), expected.input)
      }
    }
  })

  it("counts no tokens of an answer that told a part of them alone", () => {
    for (const tokens of [{}, { input: 331 }, { output: 5, reasoning: 2 }]) {
      const tally = tallyOf([asked("q", { response: { tokens } })])
      assert.strictEqual(tally.models.byName.get("knowledge-base")?.usage.size, 0)
      assert.strictEqual(tally.full, 1)
    }
  })
})
