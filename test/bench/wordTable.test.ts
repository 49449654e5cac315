import { assert, describe, it } from "@effect/vitest"
import { wordTable } from "../../bench/grouping/wordTable.ts"
import {
  decodeWordVectors,
  encodeWordVectors,
  vectorOf
} from "../../src/layers/meaning/WordVectors.ts"
import { dotDense, unitDense } from "../../src/schema/questions/DenseVector.ts"

const size = 104

/** Vectors along three directions, each of them with a little of its own. */
const words = Array.from({ length: 60 }, (_, index) => ({
  word: `word${"abcdefghij"[index % 10]}${index}`,
  rank: 1_000 + index,
  vector: Float32Array.from({ length: size }, (__, at) =>
    at === index % 3 ? 1 : at === 3 + index ? 0.2 : 0
  )
}))

describe("A table made of other vectors", () => {
  const table = wordTable(words)
  const similarity = (one: number, other: number) => {
    const [a, b] = [one, other].map((at) =>
      unitDense(vectorOf(words[at]?.word ?? "", table) ?? new Float32Array())
    )
    return a && b ? dotDense(a, b) : Number.NaN
  }

  it("keeps which words are near", () => {
    assert.isAbove(similarity(0, 3), 0.9)
    assert.isBelow(similarity(0, 1), 0.1)
  })

  it("is read from its file as it was written", () => {
    assert.deepStrictEqual(decodeWordVectors(encodeWordVectors(table)), table)
  })

  it("gives a common word a shorter vector", () => {
    const again = wordTable([
      ...words,
      { word: "the", rank: 0, vector: words[0]?.vector ?? new Float32Array() }
    ])
    const length = (word: string) => Math.hypot(...(vectorOf(word, again) ?? []))
    assert.isBelow(length("the"), length(words[0]?.word ?? "") / 5)
  })
})
