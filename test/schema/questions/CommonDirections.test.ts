import { assert, describe, it } from "@effect/vitest"
import { withoutCommonDirections } from "../../../src/schema/questions/CommonDirections.ts"
import { dotDense } from "../../../src/schema/questions/DenseVector.ts"

const vectors = (length: number): ReadonlyArray<Float32Array> =>
  Array.from({ length }, (_, index) =>
    Float32Array.from([5, Math.cos(index), Math.sin(index), (index % 2) - 0.5])
  )

describe("Without what all vectors share", () => {
  it("two vectors that differ only in the rest point away from each other", () => {
    const all = [Float32Array.from([5, 1]), Float32Array.from([5, -1])]
    const [one, other] = all.map(withoutCommonDirections(all))
    assert.isDefined(one)
    assert.isDefined(other)
    assert.closeTo(dotDense(one ?? new Float32Array(), other ?? new Float32Array()), -1, 1e-6)
  })

  it("every vector keeps length 1, whatever was taken out", () => {
    const all = vectors(1_300)
    for (const own of all.map(withoutCommonDirections(all))) {
      assert.closeTo(
        Math.sqrt(dotDense(own ?? new Float32Array(), own ?? new Float32Array())),
        1,
        1e-5
      )
    }
  })

  it("a vector has nothing of its own if all are the same", () => {
    const all = [1, 2, 3].map(() => Float32Array.from([1, 2, 2]))
    assert.deepStrictEqual(all.map(withoutCommonDirections(all)), [undefined, undefined, undefined])
  })

  it("no vectors have no middle", () => {
    assert.isUndefined(withoutCommonDirections([])(Float32Array.from([1, 0])))
  })
})
