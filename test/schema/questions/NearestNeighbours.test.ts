import { assert, describe, it } from "@effect/vitest"
import { manyQuestions } from "../../../bench/grouping/manyQuestions.ts"
import { corpus } from "../../../local/demo/corpus.ts"
import { nearestNeighbours } from "../../../src/schema/questions/NearestNeighbours.ts"
import { questionTerms } from "../../../src/schema/questions/QuestionTerms.ts"
import { questionUnits, rarity, vectorsOf } from "../../../src/schema/questions/QuestionUnits.ts"
import { dot, type SparseVector, sparse, unit } from "../../../src/schema/questions/SparseVector.ts"

const length = 10

/** The nearest neighbours by comparing each vector with every other one. */
const exactNeighbours = (vectors: ReadonlyArray<SparseVector>) =>
  vectors.map((vector, self) =>
    vectors
      .map((other, index) => ({ index, similarity: index === self ? 0 : dot(vector, other) }))
      .filter(({ similarity }) => similarity > 0)
      .sort((a, b) => b.similarity - a.similarity || a.index - b.index)
      .slice(0, length)
  )

describe("The nearest neighbours", () => {
  it("are nine in ten of those that comparing all pairs finds, among hundreds of questions", () => {
    const questions = manyQuestions(
      corpus.flatMap(({ questions }) => questions),
      500
    )
    const read = questions
      .toSorted()
      .map((question) => [question, questionTerms(question)] as const)
    const units = questionUnits(read)
    const vectors = vectorsOf(
      units.map(({ terms }) => terms),
      rarity.question
    )
    const found = nearestNeighbours(vectors, length)
    const exact = exactNeighbours(vectors)
    const missed = exact.map((near, at) =>
      near.filter(({ index }) => !found[at]?.some((neighbour) => neighbour.index === index))
    )
    assert.isAtMost(missed.flat().length / exact.flat().length, 0.1)
  })

  it("include a twin at the other end of a thousand that shares only common dimensions", () => {
    const [python, docker, firstOther] = [0, 1, 2]
    const twin = unit(
      sparse([
        [python, 1],
        [docker, 1]
      ])
    )
    const others = Array.from({ length: 1000 }, (_, n) =>
      unit(
        sparse([
          [n % 2 === 0 ? python : docker, 1],
          [firstOther + n, 1]
        ])
      )
    )
    const vectors = [twin, ...others, twin]
    const found = nearestNeighbours(vectors, length)
    assert.strictEqual(found[0]?.[0]?.index, vectors.length - 1)
    assert.strictEqual(found.at(-1)?.[0]?.index, 0)
  })
})
