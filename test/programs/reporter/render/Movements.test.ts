import { assert, describe, it } from "@effect/vitest"
import {
  comparedWith,
  isCompared,
  movementsOf,
  whatChanged
} from "../../../../src/programs/reporter/render/Movements.ts"
import { english } from "../../../../src/programs/reporter/words/English.ts"
import { measuresOf, type WeeklyReport } from "../../../../src/schema/report/WeeklyReport.ts"
import { oneQuestion, typicalWeek } from "./reports.ts"

const everythingGrew: WeeklyReport = {
  ...typicalWeek,
  cost: { usd: 90, unknown: [] },
  tokens: { ...typicalWeek.tokens, answers: 124 },
  answers: { full: 60, partial: 0, none: 24, failed: 40 },
  noAnswer: 0,
  questions: 124,
  sessions: 90,
  latencyMs: { p50: 1, p95: 4000, p99: 5000 },
  previous: {
    questions: 62,
    sessions: 45,
    answered: 30,
    missed: 32,
    failed: 20,
    p95Ms: 2000,
    usd: 45
  }
}

describe("the measures of a week", () => {
  it("say which of them are good news when they rise, and which are bad", () => {
    const moved = movementsOf(everythingGrew, english)
    assert.deepStrictEqual(
      Object.values(moved).map(({ name, words }) => `${name} ${words}`),
      [
        "questions +100%",
        "sessions +100%",
        "share answered no change",
        "missed questions +100%, worse",
        "failed answers +100%, worse",
        "answer time +100%, worse",
        "cost +100%, worse"
      ]
    )
  })

  it("have no cost to compare when a price or an answer's tokens are unknown", () => {
    const cost = { usd: 1, unknown: [{ model: "m", answers: 1 }] }
    const tokens = { ...everythingGrew.tokens, answers: 123 }
    for (const [part, now] of [
      [{ cost }, "at least $1.00"],
      [{ tokens }, "at least $90.00"],
      [{ cost: { ...cost, usd: 0 } }, "unknown"]
    ] as const) {
      const moved = movementsOf({ ...everythingGrew, ...part }, english).cost
      assert.deepInclude(moved, { words: "n/a", size: 0, before: "$45.00", now })
    }
  })

  it("have a cost without a change when the one of the week before is not whole", () => {
    const { usd: usdAtLeast, ...previous } = everythingGrew.previous!
    const before = { ...previous, usdAtLeast: usdAtLeast! }
    assert.deepInclude(movementsOf({ ...everythingGrew, previous: before }, english).cost, {
      words: "n/a",
      before: "at least $45.00",
      now: "$90.00"
    })
  })

  it("have no base before the week is over", () => {
    const early = { ...typicalWeek, generatedAt: typicalWeek.period.endMs - 1 }
    assert.isFalse(isCompared(early))
    assert.strictEqual(movementsOf(early, english).questions.words, "n/a")
    assert.strictEqual(
      comparedWith(early, english),
      "Changes are not shown because the week is not over."
    )
    assert.deepStrictEqual(whatChanged(early, english), [])
  })

  it("have no base when nothing is known of the week before, and say why", () => {
    const why = { expired: /have expired\.$/, unread: /could not be read in time\.$/ } as const
    assert.match(comparedWith(oneQuestion, english), /nothing was recorded in the week before\.$/)
    assert.match(comparedWith({ ...oneQuestion, notCompared: "expired" }, english), why.expired)
    assert.match(comparedWith({ ...oneQuestion, notCompared: "unread" }, english), why.unread)
    assert.deepStrictEqual(whatChanged(oneQuestion, english), [])
  })
})

describe("what changed", () => {
  it("is the largest change, with both amounts", () => {
    assert.deepStrictEqual(whatChanged(typicalWeek, english), [
      "missed questions, from 12 to 7 (-42%, better)"
    ])
  })

  it("is reported as below 10% when all changes are small", () => {
    const same = { ...typicalWeek, previous: measuresOf(typicalWeek) }
    assert.deepStrictEqual(whatChanged(same, english), ["nothing by 10% or more"])
  })
})
