import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { pageLength, pagesOf } from "../../bench/reporter/SyntheticWeek.ts"
import { InteractionSummary } from "../../src/schema/InteractionSummary.ts"

const startMs = Date.UTC(2026, 10, 9)
const week = (interactions: number) => [...pagesOf(interactions, startMs)].flat()
const distinct = (interactions: number) =>
  new Set(week(interactions).map(({ query }) => query?.question)).size

describe("a synthetic week", () => {
  it("has as many interactions as asked for, in pages, and is the same each time", () => {
    const pages = [...pagesOf(pageLength + 1, startMs)]
    assert.deepStrictEqual(
      pages.map(({ length }) => length),
      [pageLength, 1]
    )
    assert.deepStrictEqual(week(pageLength + 1), pages.flat())
  })

  it("holds what the store yields, each under its own key, within seven days", () => {
    const summaries = week(3000)
    const isSummary = Schema.is(InteractionSummary)
    assert.isTrue(summaries.every((summary) => isSummary(summary)))
    assert.strictEqual(new Set(summaries.map(({ requestId }) => requestId)).size, 3000)
    const ages = summaries.map(({ timestamp }) => timestamp - startMs)
    assert.isTrue(ages.every((age) => age >= 0 && age < 7 * 86_400_000))
  })

  it("asks more distinct questions the longer it is, but not as many times more", () => {
    const [few, many] = [distinct(2000), distinct(20_000)]
    assert.isAbove(many, 1.5 * few)
    assert.isBelow(many, 5 * few)
  })
})
