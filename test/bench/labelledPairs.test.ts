import { assert, describe, it } from "@effect/vitest"
import { conversationRows, judgedPairs } from "../../bench/conversations/conversationRows.ts"
import {
  type LabelledPair,
  labelledPairs,
  trainPairs,
  unseenPairs
} from "../../bench/conversations/LabelledPairs.ts"

const nearness = { vectorOf: () => undefined, similarityMin: 1 }

const pair = (previous: string, next: string, changes: Partial<LabelledPair>): LabelledPair => ({
  kind: "shop",
  language: "en",
  previous,
  verdict: "none",
  next,
  seconds: 20,
  again: "yes",
  ...changes
})

describe("The labelled pairs", () => {
  const [train, unseen] = [trainPairs(), unseenPairs()]
  const all = [...train, ...unseen]

  it("are 300 at least, of ten kinds of site, and a fifth of them not in English", () => {
    assert.isAtLeast(all.length, 300)
    assert.isAtLeast(new Set(all.map(({ kind }) => kind)).size, 10)
    for (const half of [train, unseen]) {
      const foreign = half.filter(({ language }) => language !== "en").length
      assert.isAtLeast(foreign / half.length, 0.2)
    }
  })

  it("share no first question between both halves", () => {
    const seen = new Set(train.map(({ kind, previous }) => `${kind} ${previous}`))
    const both = unseen.filter(({ kind, previous }) => seen.has(`${kind} ${previous}`))
    assert.deepStrictEqual(both, [])
  })

  it("are refused with the fault of a file in one sentence", () => {
    const head = "kind,language,previous,verdict,next,seconds,again\n"
    assert.strictEqual(
      labelledPairs("kind,next\n"),
      "The first line must name the column language."
    )
    assert.strictEqual(labelledPairs(head), "There is no row below the first line.")
    const row = "shop,en,a,none,b,20,perhaps\n"
    assert.strictEqual(labelledPairs(head + row), "Line 2 is no labelled pair.")
    assert.strictEqual(labelledPairs(head + row.replace("perhaps", "yes")).length, 1)
  })
})

describe("A judged pair", () => {
  it("counts as the report counts it: after a miss, within ten minutes, and no thanks", () => {
    const judged = judgedPairs(
      [
        pair("Where is my order?", "order where", {}),
        pair("Where is my order?", "order where", { verdict: "full" }),
        pair("Where is my order?", "order where", { seconds: 601 }),
        pair("Where is my order?", "thanks", { again: "no" }),
        pair("Where is my order?", "order where", { verdict: "noAnswer", again: "no" })
      ],
      nearness
    )
    assert.deepStrictEqual(
      judged.map(({ counted }) => counted),
      [true, false, false, false, true]
    )
    const rows = conversationRows(judged, true)
    const precision = rows.find(({ measure }) => measure.includes("precision"))
    assert.deepInclude(precision, { ours: 0.5, ok: false })
    const recall = rows.find(({ measure }) => measure.includes("recall"))
    assert.strictEqual(recall?.ours, 1 / 3)
  })
})
