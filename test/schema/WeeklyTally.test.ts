import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import type { InteractionSummary } from "../../src/schema/InteractionSummary.ts"
import {
  bucketMs,
  combine,
  empty,
  observe,
  questionKey,
  type WeeklyTally
} from "../../src/schema/WeeklyTally.ts"
import { shuffled, summariesBetween } from "./SummaryExamples.ts"

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
    const one = tallyOf([])
    one.countries.set("SE", 1)
    assert.notDeepEqual(one, empty())
  })
})

describe("The weekly tally", () => {
  it.prop("counts every interaction and every question once", [week], ([summaries]) => {
    const tally = tallyOf(summaries)
    const sum = (counts: Iterable<number>) => [...counts].reduce((a, b) => a + b, 0)
    const asked = summaries.filter(({ query }) => query !== undefined).length
    const answered = summaries.filter(({ response }) => response !== undefined).length
    assert.strictEqual(
      tally.awaitingResponse + tally.awaitingQuery + tally.correlated,
      summaries.length
    )
    assert.strictEqual(tally.full + tally.partial + tally.none + tally.failed, answered)
    assert.strictEqual(sum(tally.latencies.values()), answered)
    assert.strictEqual(sum(tally.clock.values()), asked)
    assert.strictEqual(sum(tally.countries.values()), asked)
    assert.strictEqual(sum([...tally.questions.values()].map((q) => q.asked)), asked)
  })

  it.prop("counts a question in the quarter of an hour of its time", [week], ([summaries]) => {
    const { clock } = tallyOf(summaries)
    for (const { query, timestamp } of summaries) {
      if (query === undefined) continue
      assert.isAtLeast(clock.get(Math.floor(timestamp / bucketMs)) ?? 0, 1)
    }
  })
})

describe("questionKey", () => {
  it("is one for wordings that differ in case, punctuation, spacing or Unicode form", () => {
    for (const wording of ["caf\u00e9 or tea", "CAFÉ, or tea?!", " cafe\u0301\tor\n tea "]) {
      assert.strictEqual(questionKey(wording), "caf\u00e9 or tea")
    }
    assert.strictEqual(questionKey("ＳＱＬ？"), "sql")
    assert.strictEqual(questionKey("日本語？"), questionKey("日本語"))
  })

  it("differs for different words", () => {
    assert.notStrictEqual(questionKey("tea or coffee"), questionKey("coffee or tea"))
    assert.notStrictEqual(questionKey("years 2"), questionKey("years 20"))
  })

  it("keeps questions without a word apart", () => {
    assert.deepStrictEqual(["?", " ? ", "👍", ""].map(questionKey), ["?", "?", "👍", ""])
  })

  it.prop("is its own key", [Schema.String], ([text]) => {
    assert.strictEqual(questionKey(questionKey(text)), questionKey(text))
  })
})
