/** Makes the table of word vectors from GloVe's, in fewer bytes. */
import type { WordVectors } from "../../src/layers/meaning/WordVectors.ts"
import { unitDense } from "../../src/schema/questions/DenseVector.ts"

export interface SourceWord {
  readonly word: string
  /** Its place among all words by frequency, from 0. */
  readonly rank: number
  readonly vector: Float32Array
}

/** Smooth inverse frequency, of Arora and others (2017): a rarer word says more. */
const smoothing = 1e-3

/** The share of a word in a text by Zipf's law, if there are some hundred thousand words. */
const shareOf = (rank: number): number => 1 / ((rank + 1) * 11.5)

const weightOf = (rank: number): number => smoothing / (smoothing + shareOf(rank))

/** Each weight is a whole number of 1/127 of the largest. */
export const wordTable = (words: ReadonlyArray<SourceWord>): WordVectors => {
  const vectors = words.map(({ rank, vector }) =>
    (unitDense(vector) ?? vector).map((weight) => weightOf(rank) * weight)
  )
  const largest = vectors.reduce(
    (most, vector) => vector.reduce((more, weight) => Math.max(more, Math.abs(weight)), most),
    0
  )
  return {
    dimensions: vectors[0]?.length ?? 0,
    rows: new Map(words.map(({ word }, row) => [word, row])),
    weights: Int8Array.from(
      vectors.flatMap((vector) =>
        Array.from(vector, (weight) => Math.round((127 * weight) / largest))
      )
    )
  }
}
