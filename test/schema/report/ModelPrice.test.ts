import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import type { Tokens } from "../../../src/schema/Answer.ts"
import type { InteractionSummary } from "../../../src/schema/InteractionSummary.ts"
import { total } from "../../../src/schema/report/Counts.ts"
import { knownPrices, pricesOf } from "../../../src/schema/report/KnownPrices.ts"
import { costOf, type ModelPrice, ModelPrices } from "../../../src/schema/report/ModelPrice.ts"
import { byModel } from "../../../src/schema/report/ModelTally.ts"
import { addNamed, noneNamed } from "../../../src/schema/report/Named.ts"
import { noUse, useOf } from "../../../src/schema/report/TokenUse.ts"
import { empty, observe } from "../../../src/schema/report/WeeklyTally.ts"
import { shuffled, summariesBetween } from "./SummaryExamples.ts"
import { asked, reportOf } from "./WeeklyExamples.ts"
import { visitors } from "./WeeklyNaive.ts"

const million = 1_000_000

const week = summariesBetween(Date.UTC(2026, 10, 16), Date.UTC(2026, 10, 23), 30)

/** Answers of which each took the same tokens. */
interface Used extends Tokens {
  readonly answers?: number
}

/** The tally of models with this use by `<UTC date>/<model>`. */
const modelsOf = (usage: Readonly<Record<string, Used>>) => {
  const models = noneNamed(byModel)
  for (const [key, { answers = 1, ...tokens }] of Object.entries(usage)) {
    const use = { ...noUse(), ...useOf({ input: 0, output: 0, ...tokens }), answers }
    const part = { ...byModel.empty(), answers, usage: new Map([[key.slice(0, 10), use]]) }
    addNamed(models, key.slice(11), part, byModel)
  }
  return models
}

const priced = (model: string, from: string, input: number): ModelPrice => ({
  model,
  from,
  input,
  cachedInput: input / 10,
  output: input * 8
})

const prices = [priced("m", "2026-01-01", 1), priced("m", "2026-11-19", 3)]

const usdOf = (usage: Readonly<Record<string, Used>>, of: ReadonlyArray<ModelPrice> = prices) => {
  const { unknown, usd } = costOf(modelsOf(usage), of)
  assert.deepStrictEqual(unknown, [])
  return usd
}

const unknownIn = (usage: Readonly<Record<string, Used>>, of: ReadonlyArray<ModelPrice> = prices) =>
  costOf(modelsOf(usage), of).unknown

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
    const codex = unknownIn({ "2026-11-16/gpt-5-codex-2025-08-07": { input } }, knownPrices)
    assert.deepStrictEqual(codex, [{ model: "gpt-5-codex-2025-08-07", answers: 1 }])
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
    assert.closeTo(usdOf({ "2026-11-16/m": usage }, [price]), 0.4 + 0.04 + 0.25, 1e-12)
  })

  it("tokens that a cache keeps for an hour cost more than those that it keeps for minutes", () => {
    const price = { ...priced("m", "2026-01-01", 1), cacheWrites: 1.25, hourCacheWrites: 1.9 }
    const usage = { input: million, cacheWrites: 400_000, hourCacheWrites: 100_000 }
    const of = { "2026-11-16/m": usage }
    assert.closeTo(usdOf(of, [price]), 0.6 + 0.375 + 0.19, 1e-12)
    assert.closeTo(usdOf(of), 0.6 + 0.3 + 0.2, 1e-12)
    const hourAlone = { input: million, hourCacheWrites: 100_000 }
    assert.closeTo(usdOf({ "2026-11-16/m": hourAlone }, [price]), 0.9 + 0.19, 1e-12)
  })

  it("reasoning tokens are paid once, because they are part of the output", () => {
    const output = { output: million }
    const reasoning = { output: million, reasoning: 900_000 }
    assert.strictEqual(usdOf({ "2026-11-16/m": reasoning }), usdOf({ "2026-11-16/m": output }))
    assert.strictEqual(usdOf({ "2026-11-16/m": reasoning }), 8)
  })

  it("an unknown model is named with its answers, and never counted as free", () => {
    const usage = {
      "2026-11-16/m": { input: million },
      "2026-11-16/new/model": { answers: 2, output: 5 },
      "2026-11-17/new/model": { answers: 3, input: 5 },
      "2026-11-18/other": { input: 1 }
    }
    assert.deepStrictEqual(costOf(modelsOf(usage), prices), {
      usd: 1,
      unknown: [
        { model: "new/model", answers: 5 },
        { model: "other", answers: 1 }
      ]
    })
  })

  it("the ten unknown models with the most answers are named", () => {
    const usage = Object.fromEntries(
      Array.from({ length: 12 }, (_, n) => [`2026-11-16/model ${n}`, { answers: n, input: 1 }])
    )
    const { unknown } = costOf(modelsOf(usage), prices)
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

describe("An answer is priced by itself:", () => {
  const haiku = "claude-haiku-4-5"
  const costs = (...all: ReadonlyArray<Tokens>) =>
    reportOf(all.map((tokens) => asked("q", { response: { model: haiku, tokens } }))).cost.usd

  it("counts beside the input, as Anthropic's are, lose no token", () => {
    const apart = { input: 8_000, cachedInput: 10_000, cacheWrites: 9_600, output: 0 }
    assert.closeTo(costs(...Array.from({ length: 100 }, () => apart)), 0.8 + 0.1 + 1.2, 1e-9)
    const within = { ...apart, input: 27_600 }
    assert.closeTo(costs(within), costs(apart), 1e-12)
  })

  it("the parts of one answer are never taken from another's whole", () => {
    const plain = { input: million, output: 0 }
    const apart = { input: 10, cachedInput: million, output: 0 }
    assert.closeTo(costs(plain, apart), 1 + 0.1 + 10 / million, 1e-9)
  })

  it.prop("a day costs what its answers cost one by one", [week], ([summaries]) => {
    const each = summaries.map((one) => reportOf([one]).cost.usd)
    assert.closeTo(
      reportOf(summaries).cost.usd,
      each.reduce((a, b) => a + b, 0),
      1e-9
    )
  })
})

describe("The cost of a week", () => {
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
      const gpt = knownPrices.find(({ model }) => model === "gpt-5")
      const price = response?.model?.startsWith("gpt") ? gpt : own
      if (response?.model === undefined || (price === own && timestamp < Date.UTC(2026, 10, 18))) {
        unknown += input + output > 0 ? 1 : 0
        continue
      }
      usd += ((input - cachedInput) * price!.input) / million
      usd += (cachedInput * price!.cachedInput + output * price!.output) / million
    }
    const cost = costOf(summaries.reduce(observe, empty()).models, mine)
    assert.closeTo(cost.usd, usd, 1e-9)
    assert.strictEqual(total(cost.unknown.map(({ answers }) => answers)) > 0, unknown > 0)
    for (const { model } of cost.unknown) assert.include(["a/model of my own", ""], model)
  })

  it.prop("is the same to the last bit in any order", [week, Schema.Int], ([summaries, seed]) => {
    const cost = (of: ReadonlyArray<InteractionSummary>) =>
      costOf(of.reduce(observe, empty()).models, mine)
    assert.deepStrictEqual(cost(shuffled(summaries, seed)), cost(summaries))
  })

  it.prop("depends on no order of prices of different dates", [week, Schema.Int], ([all, seed]) => {
    const { models } = all.reduce(observe, empty())
    assert.deepStrictEqual(costOf(models, shuffled(mine, seed)), costOf(models, mine))
  })
})

describe("A list of prices", () => {
  const decode = Schema.decodeUnknownSync(ModelPrices)
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
      { ...good, from: "2026-02-30" },
      { ...good, model: "" },
      { model: "m", from: "2026-01-01", input: 1, output: 1 }
    ]) {
      assert.throws(() => decode([bad]))
    }
  })

  it("with two prices of one model from the same day is refused", () => {
    const later = { ...good, from: "2026-02-01" }
    assert.lengthOf(decode([good, later, { ...good, model: "n" }]), 3)
    assert.throws(() => decode([good, later, { ...good, input: 2 }]), /the only price of its model/)
  })
})
