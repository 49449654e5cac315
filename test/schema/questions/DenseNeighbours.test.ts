import { assert, describe, it } from "@effect/vitest"
import { sequence } from "../../../bench/sequence.ts"
import { denseNeighbours } from "../../../src/schema/questions/DenseNeighbours.ts"
import { dotDense, unitDense } from "../../../src/schema/questions/DenseVector.ts"

const dimensions = 16

/** Unit vectors around a few hundred middles, as questions lie around subjects. */
const around = (length: number): ReadonlyArray<Float32Array> => {
  const next = sequence(7)
  const random = (size: number) =>
    Float32Array.from({ length: dimensions }, () => size * (next() - 0.5))
  const middles = Array.from({ length: length / 10 }, () => random(2))
  return Array.from({ length }, (_, index) => {
    const own = random(0.5)
    const middle = middles[index % middles.length] ?? own
    return unitDense(own.map((weight, at) => weight + (middle[at] ?? 0))) ?? own
  })
}

const exactNearest = (vectors: ReadonlyArray<Float32Array>, self: number): number => {
  let [found, highest] = [-1, Number.NEGATIVE_INFINITY]
  for (const [index, vector] of vectors.entries()) {
    const similarity = index === self ? -2 : dotDense(vector, vectors[self] ?? vector)
    if (similarity > highest) [found, highest] = [index, similarity]
  }
  return found
}

/** The share of some of the vectors whose nearest other is the first that is found. */
const shareFound = (vectors: ReadonlyArray<Float32Array>): number => {
  const near = denseNeighbours(vectors, 10)
  const looked = [...vectors.keys()].filter((index) => index % 23 === 0)
  const right = looked.filter((self) => near[self]?.[0]?.index === exactNearest(vectors, self))
  return right.length / looked.length
}

describe("The neighbours of dense vectors", () => {
  it("are exact among a thousand", () => {
    assert.strictEqual(shareFound(around(1_000)), 1)
  })

  it("are the exact ones for nine of ten among more than are all compared", () => {
    assert.isAtLeast(shareFound(around(6_000)), 0.9)
  })

  it("never include the vector itself, and are most similar first", () => {
    for (const [self, near] of denseNeighbours(around(300), 5).entries()) {
      assert.isFalse(near.some(({ index }) => index === self))
      const similarities = near.map(({ similarity }) => similarity)
      assert.deepStrictEqual(
        similarities,
        similarities.toSorted((a, b) => b - a)
      )
    }
  })

  it("are none of no vectors", () => {
    assert.deepStrictEqual(denseNeighbours([], 10), [])
  })
})
