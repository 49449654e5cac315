/** Makes the table of word vectors from those of two sources, in fewer dimensions and bytes. */
import type { WordVectors } from "../../src/layers/meaning/WordVectors.ts"

/** A word of the vocabulary with the vectors of both sources side by side. */
export interface SourceWord {
  readonly word: string
  /** Its place among all words by frequency, from 0. */
  readonly rank: number
  readonly vector: Float32Array
}

const dimensions = 128

/** Rounds of orthogonal iteration, after which the directions stand still. */
const rounds = 25

/** Of smooth inverse frequency (Arora and others, 2017): a rarer word says more. */
const smoothing = 1e-3

/** The share of a word in a text by Zipf's law, for some hundred thousand words. */
const shareOf = (rank: number): number => 1 / ((rank + 1) * 11.5)

const weightOf = (rank: number): number => smoothing / (smoothing + shareOf(rank))

/** The square matrix of sums of products, row by row. */
const products = (words: ReadonlyArray<SourceWord>, size: number): Float64Array => {
  const sums = new Float64Array(size * size)
  for (const { rank, vector } of words) {
    const importance = 1 / (rank + 1_000)
    for (let row = 0; row < size; row++) {
      const weight = importance * (vector[row] ?? 0)
      if (weight === 0) continue
      for (let at = 0; at < size; at++) {
        const place = row * size + at
        sums[place] = (sums[place] ?? 0) + weight * (vector[at] ?? 0)
      }
    }
  }
  return sums
}

const times = (matrix: Float64Array, vector: Float64Array): Float64Array =>
  vector.map((_, row) => {
    let sum = 0
    const start = row * vector.length
    for (let at = 0; at < vector.length; at++) sum += (matrix[start + at] ?? 0) * (vector[at] ?? 0)
    return sum
  })

const dot = (one: Float64Array | Float32Array, other: Float64Array): number => {
  let sum = 0
  for (let at = 0; at < one.length; at++) sum += (one[at] ?? 0) * (other[at] ?? 0)
  return sum
}

/** Makes the vectors perpendicular to each other and of length 1, in their order. */
const orthonormal = (vectors: ReadonlyArray<Float64Array>): ReadonlyArray<Float64Array> => {
  const done: Array<Float64Array> = []
  for (const vector of vectors) {
    const rest = Float64Array.from(vector)
    for (const other of done) {
      const share = dot(rest, other)
      for (let at = 0; at < rest.length; at++) rest[at] = (rest[at] ?? 0) - share * (other[at] ?? 0)
    }
    const length = Math.sqrt(dot(rest, rest))
    done.push(rest.map((weight) => weight / length))
  }
  return done
}

/** The directions that keep most of all products, by orthogonal iteration from a fixed start. */
const mainDirections = (words: ReadonlyArray<SourceWord>): ReadonlyArray<Float64Array> => {
  const size = words[0]?.vector.length ?? 0
  const matrix = products(words, size)
  let directions = orthonormal(
    Array.from({ length: dimensions }, (_, index) =>
      Float64Array.from({ length: size }, (_, at) => (((at + 1) * (index * 31 + 7)) % 101) - 50)
    )
  )
  for (let round = 0; round < rounds; round++) {
    directions = orthonormal(directions.map((direction) => times(matrix, direction)))
  }
  return directions
}

/** Each weight is a whole number of 1/127 of the largest. */
export const wordTable = (words: ReadonlyArray<SourceWord>): WordVectors => {
  const directions = mainDirections(words)
  const exact = new Float32Array(words.length * dimensions)
  for (const [row, { rank, vector }] of words.entries()) {
    const weight = weightOf(rank)
    for (const [at, direction] of directions.entries()) {
      exact[row * dimensions + at] = weight * dot(vector, direction)
    }
  }
  const largest = exact.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return {
    dimensions,
    rows: new Map(words.map(({ word }, row) => [word, row])),
    weights: Int8Array.from(exact, (value) => Math.round((127 * value) / largest))
  }
}
