import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { type InteractionSummary, unreadable } from "../../../src/schema/InteractionSummary.ts"
import {
  bucketMs,
  combine,
  empty,
  observe,
  type Usage,
  usageKey,
  type WeeklyTally
} from "../../../src/schema/report/WeeklyTally.ts"
import { shuffled, summariesBetween } from "./SummaryExamples.ts"
import { asked } from "./WeeklyExamples.ts"
import { isBot, isOwn, tokensOf, visitors } from "./WeeklyNaive.ts"

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
    const parts = { cachedInput: 1, cacheWrites: 1, reasoning: 1 }
    const usage: Usage = { answers: 1, input: 1, output: 1, ...parts }
    const changes: ReadonlyArray<(tally: WeeklyTally) => unknown> = [
      (tally) => tally.countries.set("SE", 1),
      (tally) => tally.scores.set(50, 1),
      (tally) => tally.sessions.add("s"),
      (tally) => tally.usage.set("2026-11-16/m", usage),
      (tally) => (tally.bots += 1)
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
    for (const counts of [tally.clock, tally.countries, tally.devices, tally.referrers]) {
      assert.strictEqual(sum(counts.values()), asked)
    }
    const listed = sum([...tally.questions.values()].map((q) => q.asked))
    assert.strictEqual(listed + tally.withoutText, asked)
  })

  it.prop("counts bots and own visits in their own numbers alone", [week], ([summaries]) => {
    const { events, ...all } = tallyOf(summaries)
    const { events: _, ...people } = tallyOf(visitors(summaries))
    const halves = summaries.flatMap(({ query, response }) => [query ?? [], response ?? []].flat())
    const [bots, own] = [summaries.filter(isBot).length, summaries.filter(isOwn).length]
    assert.deepStrictEqual(all, { ...people, bots, own })
    assert.strictEqual(events, halves.length)
  })

  it.prop("keeps a question without text out of the questions alone", [week], ([summaries]) => {
    const tally = tallyOf(summaries)
    const worded = summaries.map((one) =>
      one.query?.question === "" ? { ...one, query: { ...one.query, question: "worded" } } : one
    )
    const { questions, ...rest } = tallyOf(worded)
    questions.delete("worded")
    assert.deepStrictEqual({ ...rest, questions, withoutText: tally.withoutText }, tally)
  })

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

  it.prop("keeps tokens by UTC day and model like a naive sum", [week], ([summaries]) => {
    const { usage } = tallyOf(summaries)
    const seen = visitors(summaries).filter(
      ({ response }) => response !== undefined && tokensOf([response]).answers === 1
    )
    const keyOf = ({ response, timestamp }: InteractionSummary) =>
      usageKey(timestamp, response?.model)
    assert.sameMembers([...usage.keys()], [...new Set(seen.map(keyOf))])
    for (const [key, used] of usage) {
      const same = seen
        .filter((one) => keyOf(one) === key)
        .flatMap(({ response }) => response ?? [])
      assert.deepStrictEqual(used, tokensOf(same))
    }
  })

  it("counts no tokens of an answer that told a part of them alone", () => {
    for (const tokens of [{}, { input: 331 }, { output: 5, reasoning: 2 }]) {
      const tally = tallyOf([asked("q", { response: { tokens } })])
      assert.strictEqual(tally.usage.size, 0)
      assert.strictEqual(tally.full, 1)
    }
  })

  it("names a day's usage by the UTC date first, whatever the model is called", () => {
    assert.strictEqual(usageKey(Date.UTC(2026, 10, 16), "a/b c"), "2026-11-16/a/b c")
    assert.strictEqual(usageKey(Date.UTC(2026, 10, 17) - 1), "2026-11-16/")
  })
})
