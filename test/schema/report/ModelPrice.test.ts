import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import type { InteractionSummary } from "../../../src/schema/InteractionSummary.ts"
import { total } from "../../../src/schema/report/Counts.ts"
import { costOf, knownPrices, ModelPrice, pricesOf } from "../../../src/schema/report/ModelPrice.ts"
import { empty, observe, type Usage } from "../../../src/schema/report/WeeklyTally.ts"
import { shuffled, summariesBetween } from "./SummaryExamples.ts"
import { visitors } from "./WeeklyNaive.ts"

const million = 1_000_000

const used = (changes: Partial<Usage>): Usage => ({
  answers: 1,
  input: 0,
  cachedInput: 0,
  cacheWrites: 0,
  output: 0,
  reasoning: 0,
  ...changes
})

const priced = (model: string, from: string, input: number): ModelPrice => ({
  model,
  from,
  input,
  cachedInput: input / 10,
  output: input * 8
})

const prices = [priced("m", "2026-01-01", 1), priced("m", "2026-11-19", 3)]

const usdOf = (
  usage: Readonly<Record<string, Partial<Usage>>>,
  of: ReadonlyArray<ModelPrice> = prices
) => {
  const entries = Object.entries(usage).map(([key, one]) => [key, used(one)] as const)
  const { unknown, usd } = costOf(new Map(entries), of)
  assert.deepStrictEqual(unknown, [])
  return usd
}

const unknownIn = (
  usage: Readonly<Record<string, Partial<Usage>>>,
  of: ReadonlyArray<ModelPrice> = prices
) => costOf(new Map(Object.entries(usage).map(([key, one]) => [key, used(one)])), of).unknown

describe("The price of an answer", () => {
  it("is that of its tokens, input and output apart", () => {
    assert.strictEqual(usdOf({ "2026-11-16/m": { input: million } }), 1)
    assert.strictEqual(usdOf({ "2026-11-16/m": { output: million } }), 8)
    assert.strictEqual(usdOf({ "2026-11-16/m": { input: 500_000, output: 250_000 } }), 2.5)
  })

  it("is that of its day, when the price changes in mid-week", () => {
    assert.strictEqual(usdOf({ "2026-11-18/m": { input: million } }), 1)
    assert.strictEqual(usdOf({ "2026-11-19/m": { input: million } }), 3)
    assert.strictEqual(
      usdOf({ "2026-11-18/m": { input: million }, "2026-11-19/m": { input: million } }),
      4
    )
  })

  it("is unknown before the model's first price", () => {
    const usage = { "2025-12-31/m": { input: 1 } }
    assert.deepStrictEqual(unknownIn(usage), [{ model: "m", answers: 1 }])
  })

  it("is the model's for its dated snapshots, but not for similar names", () => {
    const input = million
    assert.strictEqual(usdOf({ "2026-11-16/m-2025-08-07": { input } }), 1)
    assert.strictEqual(usdOf({ "2026-11-16/m-20250807": { input } }), 1)
    assert.strictEqual(usdOf({ "2026-11-16/gpt-5-2025-08-07": { input } }, knownPrices), 1.25)
    for (const model of [
      "m-mini",
      "m-5",
      "m2025-08-07",
      "m-2025-08",
      "m-2025-08-07-x",
      "M",
      "x-m"
    ]) {
      const unknown = unknownIn({ [`2026-11-16/${model}`]: { input } })
      assert.deepStrictEqual(unknown, [{ model, answers: 1 }], model)
    }
    const mini = unknownIn({ "2026-11-16/gpt-5-mini-2025-08-07": { input } }, knownPrices)
    assert.deepStrictEqual(mini, [{ model: "gpt-5-mini-2025-08-07", answers: 1 }])
  })

  it("is the owner's, whether it is older or newer than the known one or of the same day", () => {
    const usage = { "2026-11-16/gpt-5": { input: million } }
    assert.strictEqual(usdOf(usage, pricesOf([])), 1.25)
    for (const from of ["2024-01-01", "2025-08-07", "2026-11-01"]) {
      assert.strictEqual(usdOf(usage, pricesOf([priced("gpt-5", from, 99)])), 99, from)
    }
  })

  it("is the owner's from their first day on, and the known one until then", () => {
    const own = priced("gpt-5", "2026-11-17", 7)
    const usage = { "2026-11-16/gpt-5": { input: million }, "2026-11-17/gpt-5": { input: million } }
    assert.strictEqual(usdOf(usage, pricesOf([own])), 8.25)
  })

  it("is that of the snapshot where one is named, however old it is", () => {
    const own = priced("gpt-5-2025-08-07", "2024-01-01", 3)
    const usage = { "2026-11-16/gpt-5-2025-08-07": { input: million } }
    assert.strictEqual(usdOf(usage, pricesOf([own])), 3)
    assert.strictEqual(usdOf({ "2026-11-16/gpt-5": { input: million } }, pricesOf([own])), 1.25)
  })
})

describe("The six ways to be wrong about cost:", () => {
  it("cached tokens are not paid twice, because they are part of the input", () => {
    const usage = { input: million, cachedInput: 400_000 }
    assert.closeTo(usdOf({ "2026-11-16/m": usage }), 0.6 + 0.04, 1e-12)
    assert.strictEqual(usdOf({ "2026-11-16/m": { input: 10, cachedInput: 10 } }), 1e-6)
  })

  it("tokens that a cache keeps have their own price, and are not paid as input again", () => {
    const price = { ...priced("m", "2026-01-01", 1), cacheWrites: 1.25 }
    const usage = { input: million, cachedInput: 400_000, cacheWrites: 200_000 }
    assert.closeTo(usdOf({ "2026-11-16/m": usage }, [price]), 0.4 + 0.04 + 0.25, 1e-12)
    assert.closeTo(usdOf({ "2026-11-16/m": usage }), 0.6 + 0.04, 1e-12)
    const tooMany = { input: 10, cachedInput: 8, cacheWrites: 8 }
    assert.closeTo(usdOf({ "2026-11-16/m": tooMany }, [price]), (0.8 + 2.5) / million, 1e-12)
  })

  it("reasoning tokens are paid once, because they are part of the output", () => {
    const output = { output: million }
    const reasoning = { output: million, reasoning: 900_000 }
    assert.strictEqual(usdOf({ "2026-11-16/m": reasoning }), usdOf({ "2026-11-16/m": output }))
    assert.strictEqual(usdOf({ "2026-11-16/m": reasoning }), 8)
  })

  it("an unknown model is named with its answers, and never counted as free", () => {
    const usage = new Map([
      ["2026-11-16/m", used({ input: million })],
      ["2026-11-16/new/model", used({ answers: 2, output: 5 })],
      ["2026-11-17/new/model", used({ answers: 3, input: 5 })],
      ["2026-11-18/other", used({ input: 1 })]
    ])
    assert.deepStrictEqual(costOf(usage, prices), {
      usd: 1,
      unknown: [
        { model: "new/model", answers: 5 },
        { model: "other", answers: 1 }
      ]
    })
  })

  it("the ten unknown models with the most answers are named", () => {
    const usage = new Map(
      Array.from({ length: 12 }, (_, n) => [
        `2026-11-16/model ${n}`,
        used({ answers: n, input: 1 })
      ])
    )
    const { unknown } = costOf(usage, prices)
    assert.lengthOf(unknown, 10)
    assert.deepStrictEqual(unknown.slice(0, 2), [
      { model: "model 11", answers: 11 },
      { model: "model 10", answers: 10 }
    ])
  })

  it("an owner's free model costs 0, by a price of 0 or without tokens", () => {
    const free = { ...priced("my-model", "2026-01-01", 0) }
    const usage = { "2026-11-16/my-model": { input: million, output: million } }
    assert.strictEqual(usdOf(usage, [free]), 0)
    assert.strictEqual(usdOf({ "2026-11-16/unheard-of": { answers: 9 } }, []), 0)
    assert.strictEqual(usdOf({ "2026-11-16/knowledge-base": { input: 5 } }, knownPrices), 0)
  })

  it("an answer out of a cache costs the cached price alone, which may be 0", () => {
    const price = { ...priced("m", "2026-01-01", 5), cachedInput: 0 }
    const usage = { "2026-11-16/m": { input: million, cachedInput: million } }
    assert.strictEqual(usdOf(usage, [price]), 0)
    assert.strictEqual(usdOf(usage), 0.1)
  })

  it("a price that changed leaves the answers before it at the old one", () => {
    const usage = { "2026-11-16/m": { input: million } }
    assert.strictEqual(usdOf(usage), usdOf(usage, prices.slice(0, 1)))
  })
})

describe("The cost of a week", () => {
  const week = summariesBetween(Date.UTC(2026, 10, 16), Date.UTC(2026, 10, 23), 30)
  const mine: ReadonlyArray<ModelPrice> = [
    priced("a/model of my own", "2026-11-18", 2),
    priced("a/model of my own", "2026-11-20", 4),
    ...knownPrices
  ]

  it.prop("is that of a naive sum over its answers", [week], ([summaries]) => {
    let usd = 0
    let unknown = 0
    for (const { response, timestamp } of visitors(summaries)) {
      const { cachedInput = 0, input, output } = response?.tokens ?? {}
      if (input === undefined || output === undefined) continue
      if (response?.model === "knowledge-base") continue
      const own = timestamp < Date.UTC(2026, 10, 20) ? mine[0] : mine[1]
      const price = response?.model?.startsWith("gpt") ? knownPrices[2] : own
      if (response?.model === undefined || (price === own && timestamp < Date.UTC(2026, 10, 18))) {
        unknown += input + output > 0 ? 1 : 0
        continue
      }
      usd += ((input - cachedInput) * price!.input) / million
      usd += (cachedInput * price!.cachedInput + output * price!.output) / million
    }
    const cost = costOf(summaries.reduce(observe, empty()).usage, mine)
    assert.closeTo(cost.usd, usd, 1e-9)
    assert.strictEqual(total(cost.unknown.map(({ answers }) => answers)) > 0, unknown > 0)
    for (const { model } of cost.unknown) assert.include(["a/model of my own", ""], model)
  })

  it.prop("is the same to the last bit in any order", [week, Schema.Int], ([summaries, seed]) => {
    const cost = (of: ReadonlyArray<InteractionSummary>) =>
      costOf(of.reduce(observe, empty()).usage, mine)
    assert.deepStrictEqual(cost(shuffled(summaries, seed)), cost(summaries))
  })

  it.prop("depends on no order of prices of different dates", [week, Schema.Int], ([all, seed]) => {
    const { usage } = all.reduce(observe, empty())
    assert.deepStrictEqual(costOf(usage, shuffled(mine, seed)), costOf(usage, mine))
  })
})

describe("A list of prices", () => {
  const decode = Schema.decodeUnknownSync(Schema.Array(ModelPrice))
  const good = priced("m", "2026-01-01", 1)

  it("is read, and the known ones are such a list", () => {
    assert.deepStrictEqual(decode([good]), [good])
    assert.deepStrictEqual(decode(knownPrices), knownPrices)
  })

  it("with a price below 0, a date that is none, or a field missing is refused", () => {
    for (const bad of [
      { ...good, input: -1 },
      { ...good, output: Number.POSITIVE_INFINITY },
      { ...good, from: "January" },
      { ...good, from: "2026-1-1" },
      { ...good, model: "" },
      { model: "m", from: "2026-01-01", input: 1, output: 1 }
    ]) {
      assert.throws(() => decode([bad]))
    }
  })
})
