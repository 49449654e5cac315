import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { priceNames, readPrices } from "../../../ops/cost/Prices.ts"
import table from "../../../ops/cost/prices.json" with { type: "json" }
import { knownTimings, processorMs } from "../../../ops/cost/Timings.ts"

const isDate = /^\d{4}-\d{2}-\d{2}$/

describe("The price table", () => {
  it.effect("knows every price in Ireland, where the definitions are, and in Virginia", () =>
    Effect.gen(function* () {
      for (const region of ["eu-west-1", "us-east-1"]) {
        const { of } = yield* readPrices(region)
        assert.sameMembers(Object.keys(of), [...priceNames])
        for (const { source } of Object.values(of)) assert.isTrue(URL.canParse(source), source)
      }
    })
  )

  it("says where each price is from, and when it was read", () => {
    assert.match(table.readOn, isDate)
    for (const { source } of Object.values(table.prices)) assert.property(table.sources, source)
    for (const { source } of Object.values(table.limits)) assert.isTrue(URL.canParse(source))
    for (const source of Object.values(table.sources)) {
      if ("published" in source) assert.match(source.published, isDate)
    }
  })

  it("says of every price that was read elsewhere that it was", () => {
    for (const name of ["scheduledInvocations", "mails"] as const) {
      assert.match(table.prices[name].note, /Virginia/)
    }
  })

  it.effect("refuses a region that it does not know, or knows in part", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(readPrices("mars-north-1"))
      const known = "no prices of the region mars-north-1: known are eu-west-1, us-east-1"
      assert.strictEqual(error.message, known)
      const { queueRequests } = table.prices
      const usd = { ...queueRequests.usd, "eu-west-2": 5e-7 }
      const prices = { ...table.prices, queueRequests: { ...queueRequests, usd } }
      const partly = { ...table, prices }
      assert.include((yield* Effect.flip(readPrices("eu-west-2", partly))).message, "eu-west-2")
    })
  )

  it.effect("refuses to be what it must not be", () =>
    Effect.gen(function* () {
      const { alarms: _, ...prices } = table.prices
      const negative = { ...table.prices.alarms, free: -1 }
      for (const broken of [
        { ...table, prices },
        { ...table, prices: { ...table.prices, alarms: negative } },
        { ...table, prices: { ...table.prices, alarms: { ...negative, free: Number.NaN } } },
        "nothing"
      ]) {
        const error = yield* Effect.flip(readPrices("eu-west-1", broken))
        assert.match(error.message, /^ops\/cost\/prices\.json: /)
      }
    })
  )
})

describe("The measured times", () => {
  const timings = {
    ...knownTimings,
    pairs: [
      { eventKb: 1, ours: 2, original: 1 },
      { eventKb: 11, ours: 12, original: 1 },
      { eventKb: 21, ours: 11, original: 2 }
    ]
  }

  it("are met where they were measured, and lie between them elsewhere", () => {
    const at = (eventKb: number) => processorMs(timings, "ours", eventKb)
    assert.deepStrictEqual([1, 6, 11].map(at), [2, 7, 12])
    assert.deepStrictEqual([0.5, 16, 100].map(at), [2, 12, 12])
    assert.strictEqual(processorMs(timings, "original", 31), 3)
  })

  it("were measured at rising sizes, on the Node.js that the functions run on", () => {
    const sizes = knownTimings.pairs.map(({ eventKb }) => eventKb)
    assert.deepStrictEqual(
      sizes,
      [...sizes].sort((one, other) => one - other)
    )
    assert.match(knownTimings.measuredOn, isDate)
    assert.strictEqual(knownTimings.node.split(".")[0], process.version.split(".")[0])
  })
})
