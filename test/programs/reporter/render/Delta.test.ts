import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import {
  type Delta,
  delta,
  type Rise,
  shareDelta
} from "../../../../src/programs/reporter/render/Delta.ts"
import { english } from "../../../../src/programs/reporter/words/English.ts"
import { duration, usd } from "../../../../src/programs/reporter/words/english/locale.ts"

const said = ({ arrow, words }: Delta): string => `${arrow} ${words}`.trim()

const verdict = ({ better, worse }: Delta): Rise =>
  better ? "better" : worse ? "worse" : "neutral"

describe("the change of an amount", () => {
  it.each<[now: number | undefined, base: number | undefined, rise: Rise, said: string, Rise]>([
    // no base
    [5, undefined, "worse", "n/a", "neutral"],
    [undefined, 5, "worse", "n/a", "neutral"],
    [0, undefined, "neutral", "n/a", "neutral"],
    // the same
    [0, 0, "worse", "no change", "neutral"],
    [42, 42, "neutral", "no change", "neutral"],
    // from zero
    [3, 0, "neutral", "▲ new", "neutral"],
    [3, 0, "worse", "▲ new, worse", "worse"],
    [3, 0, "better", "▲ new, better", "better"],
    // from a small base
    [4, 1, "neutral", "▲ +3", "neutral"],
    [4, 1, "worse", "▲ +3, worse", "worse"],
    [7, 9, "neutral", "▼ -2", "neutral"],
    [7, 9, "worse", "▼ -2, better", "better"],
    [0, 9, "better", "▼ -9, worse", "worse"],
    [5000, 9, "neutral", "▲ +4,991", "neutral"],
    // from any other base
    [11, 10, "neutral", "▲ +10%", "neutral"],
    [42, 37, "neutral", "▲ +14%", "neutral"],
    [5, 12, "worse", "▼ -58%, better", "better"],
    [0, 12, "neutral", "▼ -100%", "neutral"],
    [1, 1000, "worse", "▼ -99%, better", "better"],
    [1005, 1000, "worse", "▲ +1%, worse", "worse"],
    [109.9, 10, "neutral", "▲ +999%", "neutral"],
    [1100, 10, "worse", "▲ over +999%, worse", "worse"],
    // too little for a verdict
    [1004, 1000, "worse", "▲ up by less than 1%", "neutral"],
    [996, 1000, "worse", "▼ down by less than 1%", "neutral"]
  ])("to %s from %s, where a rise is %s, is %s", (now, base, rise, words, meaning) => {
    const change = delta(now, base, rise, english)
    assert.strictEqual(said(change), words)
    assert.strictEqual(verdict(change), meaning)
  })

  it("is written in the unit of its measure when the base is small", () => {
    const [ms, dollars] = [
      { write: duration, least: 1 },
      { write: usd, least: 0.01 }
    ]
    assert.strictEqual(delta(8, 5, "worse", english, ms).words, "+3 ms, worse")
    assert.strictEqual(delta(0.41, 0.5, "worse", english, dollars).words, "-$0.09, better")
    const slight = delta(0.412, 0.41, "worse", english, dollars)
    assert.deepStrictEqual([slight.words, verdict(slight)], ["up by less than $0.01", "neutral"])
    assert.strictEqual(
      delta(0.0041, 0.0042, "worse", english, dollars).words,
      "down by less than $0.01"
    )
  })

  it("weighs a movement by its base, and a small base like ten", () => {
    assert.strictEqual(delta(150, 100, "neutral", english).size, 0.5)
    assert.strictEqual(delta(1, 0, "neutral", english).size, 0.1)
    assert.strictEqual(delta(3, 3, "neutral", english).size, 0)
  })

  it.prop(
    "has an arrow, a sign or `new` whenever it moved, and is never better and worse at once",
    [Schema.Natural, Schema.Natural, Schema.Literals(["neutral", "better", "worse"])],
    ([now, base, rise]) => {
      const change = delta(now, base, rise, english)
      assert.strictEqual(change.arrow, now > base ? "▲" : now < base ? "▼" : "")
      assert.match(change.words, now > base ? /\+|^new/ : now < base ? /-/ : /^no change$/)
      assert.isFalse(change.better && change.worse)
    }
  )
})

describe("the change of a share", () => {
  it.each<[now: [number, number], base: [number, number], said: string, Rise]>([
    [[35, 41], [24, 36], "▲ +19 points, better", "better"],
    [[24, 36], [35, 41], "▼ -19 points, worse", "worse"],
    [[1, 2], [2, 4], "no change", "neutral"],
    [[51, 100], [50, 100], "▲ +1 point, better", "better"],
    [[501, 1000], [500, 1000], "▲ up by less than 1 point", "neutral"],
    [[0, 0], [1, 2], "n/a", "neutral"],
    [[1, 2], [0, 0], "n/a", "neutral"]
  ])("to %j from %j is %s", ([part, whole], [partBefore, wholeBefore], words, meaning) => {
    const before = { part: partBefore, whole: wholeBefore }
    const change = shareDelta({ part, whole }, before, "better", english)
    assert.strictEqual(said(change), words)
    assert.strictEqual(verdict(change), meaning)
  })

  it("is n/a without a week before", () => {
    assert.strictEqual(shareDelta({ part: 1, whole: 2 }, undefined, "better", english).words, "n/a")
  })
})
