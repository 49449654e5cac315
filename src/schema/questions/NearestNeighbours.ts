/** Finds each vector's most similar others by cosine, with an index by dimension. */
import { dot, type SparseVector } from "./SparseVector.ts"

export interface Neighbour {
  readonly index: number
  readonly similarity: number
}

/** Limits the vectors looked at for each vector, so that time grows almost linearly. */
const looksMax = 12_000

/** Limits the vectors that are compared in full. */
const comparedMax = 64

/** The vectors of each dimension in their order, one after the other in one array. */
interface Postings {
  /** The first vector of each dimension; those of the next dimension follow its last. */
  readonly starts: Int32Array
  readonly vectors: Int32Array
}

const byDimension = (vectors: ReadonlyArray<SparseVector>): Postings => {
  let [dimensionsMax, length] = [0, 0]
  for (const { dimensions } of vectors) {
    dimensionsMax = Math.max(dimensionsMax, 1 + (dimensions.at(-1) ?? 0))
    length += dimensions.length
  }
  const starts = new Int32Array(dimensionsMax + 2)
  for (const { dimensions } of vectors) {
    for (const dimension of dimensions) starts[dimension + 2] = (starts[dimension + 2] ?? 0) + 1
  }
  for (let at = 2; at < starts.length; at++) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0)
  const all = new Int32Array(length)
  // each start moves to its end, which is the start of the next dimension
  for (const [index, { dimensions }] of vectors.entries()) {
    for (const dimension of dimensions) {
      const at = starts[dimension + 1] ?? 0
      all[at] = index
      starts[dimension + 1] = at + 1
    }
  }
  return { starts, vectors: all }
}

interface Posting {
  readonly start: number
  readonly end: number
}

const postingOf = ({ starts }: Postings, dimension: number): Posting => ({
  start: starts[dimension] ?? 0,
  end: starts[dimension + 1] ?? 0
})

/** The part of a long posting around the vector, where similar ones stand. */
const around = (all: Int32Array, { end, start }: Posting, index: number, length: number) => {
  if (end - start <= length) return all.subarray(start, end)
  let [low, high] = [start, end]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((all[middle] ?? 0) < index) low = middle + 1
    else high = middle
  }
  const from = Math.min(Math.max(start, low - (length >> 1)), end - length)
  return all.subarray(from, from + length)
}

/** Looks at rare dimensions first, because a common one says little. */
const candidatesOf = (
  vector: SparseVector,
  self: number,
  postings: Postings,
  scores: Float64Array
): ReadonlyArray<number> => {
  const rarest = [...vector.dimensions.entries()]
    .map(([at, dimension]) => ({ ...postingOf(postings, dimension), at }))
    .sort((a, b) => a.end - a.start - (b.end - b.start) || a.at - b.at)
  const seen: Array<number> = []
  let looks = 0
  for (const { at, ...posting } of rarest) {
    if (looks >= looksMax) break
    const weight = vector.weights[at] ?? 0
    for (const index of around(postings.vectors, posting, self, looksMax - looks)) {
      looks++
      if (index === self) continue
      if (scores[index] === 0) seen.push(index)
      scores[index] = (scores[index] ?? 0) + weight * weight
    }
  }
  const kept = best(seen, (index) => scores[index] ?? 0, comparedMax)
  for (const index of seen) scores[index] = 0
  return kept
}

/** The highest scored, the lower index first among equals. */
const best = (
  indexes: ReadonlyArray<number>,
  scoreOf: (index: number) => number,
  length: number
): ReadonlyArray<number> => {
  const compare = (one: number, other: number) => scoreOf(other) - scoreOf(one) || one - other
  const kept: Array<number> = []
  for (const index of indexes) {
    if (kept.length === length && compare(index, kept[length - 1] ?? index) >= 0) continue
    let [low, high] = [0, kept.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (compare(kept[middle] ?? index, index) < 0) low = middle + 1
      else high = middle
    }
    kept.splice(low, 0, index)
    if (kept.length > length) kept.pop()
  }
  return kept
}

/**
 * Returns up to `length` neighbours of each vector, most similar first. It is an approximation: a
 * vector is compared with those that share its rarest dimensions.
 */
export const nearestNeighbours = (
  vectors: ReadonlyArray<SparseVector>,
  length: number
): ReadonlyArray<ReadonlyArray<Neighbour>> => {
  const postings = byDimension(vectors)
  const scores = new Float64Array(vectors.length)
  return vectors.map((vector, self) =>
    candidatesOf(vector, self, postings, scores)
      .map((index) => ({ index, similarity: dot(vector, vectors[index] ?? vector) }))
      .sort((a, b) => b.similarity - a.similarity || a.index - b.index)
      .slice(0, length)
  )
}
