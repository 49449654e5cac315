import { assert, describe, it } from "@effect/vitest"
import { alone, compared, figure, median, quantile, tableOf } from "../../bench/Measure.ts"

describe("a measure", () => {
  it("counts how many times less ours uses, or how many times more it does", () => {
    const sides = { ours: 20, reference: 120 }
    assert.strictEqual(compared("units", { ...sides, better: "less" }).ratio, 6)
    assert.strictEqual(compared("per second", { ...sides, better: "more" }).ratio, 20 / 120)
  })

  it("is not ok beyond its target, and says nothing of a target that it has not", () => {
    const at = (ours: number) =>
      compared("units", { ours, reference: 120, better: "less" }, { atMost: 18 })
    assert.deepInclude(at(18), { ok: true, target: "≤ 18" })
    assert.deepInclude(at(18.2), { ok: false })
    assert.notProperty(compared("units", { ours: 1, reference: 2, better: "less" }), "ok")
  })

  it("is not ok below the ratio that is asked for", () => {
    const times = (ours: number) =>
      compared("per second", { ours, reference: 10, better: "more" }, { timesAtLeast: 5 }).ok
    assert.isTrue(times(50))
    assert.isFalse(times(49))
  })

  it("is not ok where ours is more times the reference than is allowed", () => {
    const times = (ours: number) =>
      compared("ms", { ours, reference: 100, better: "less" }, { timesReferenceAtMost: 1.03 })
    assert.deepInclude(times(103), { ok: true, target: "≤ 1.03 × reference" })
    assert.deepInclude(times(104), { ok: false })
  })

  it("may have a target without a reference", () => {
    assert.deepInclude(alone("requests", 1, 1), { ok: true, target: "≤ 1" })
    assert.deepInclude(alone("requests", 2, 1), { ok: false })
    assert.notProperty(alone("requests", 2), "ok")
  })

  it("has no ratio to nothing at all, so that JSON can hold it", () => {
    const measure = compared("reads", { ours: 0, reference: 5, better: "less" })
    assert.notProperty(measure, "ratio")
    assert.deepStrictEqual(JSON.parse(JSON.stringify(measure)), measure)
  })
})

describe("a table", () => {
  it("says that the reference ran out of memory where it has no number", () => {
    const [, died] = tableOf([{ measure: "a", ours: 3, referenceFailed: "out of memory" }]).split(
      "\n"
    )
    assert.match(died ?? "", /^a +3 +out of memory$/)
  })

  it("shows a missed target in its row, and three digits of a number", () => {
    const missed = compared("x", { ours: 3, reference: 1, better: "less" }, { timesAtLeast: 1 })
    const [, row, other] = tableOf([missed, alone("y", 2.345)]).split("\n")
    assert.match(row ?? "", /3 +1 +0\.33 × +≥ 1 × +MISSED$/)
    assert.match(other ?? "", /y +2\.35$/)
    assert.deepStrictEqual([0.1234, 12.34, 123.4, 5].map(figure), ["0.12", "12.3", "123", "5"])
  })
})

describe("the median", () => {
  it("is the middle value, or the mean of the two in the middle", () => {
    assert.strictEqual(median([9, 1, 5]), 5)
    assert.strictEqual(median([4, 1, 9, 6]), 5)
  })
})

describe("a quantile", () => {
  it("is the value that such a share does not exceed", () => {
    const values = [30, 10, 20, 40]
    assert.deepStrictEqual(
      [0.25, 0.5, 0.99, 1].map((share) => quantile(values, share)),
      [10, 20, 40, 40]
    )
    assert.isNaN(quantile([], 0.5))
  })
})
