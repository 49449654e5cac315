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

const byDimension = (vectors: ReadonlyArray<SparseVector>) => {
  const postings = new Map<number, Array<number>>()
  for (const [index, { dimensions }] of vectors.entries()) {
    for (const dimension of dimensions) {
      const posting = postings.get(dimension)
      if (posting) posting.push(index)
      else postings.set(dimension, [index])
    }
  }
  return postings
}

/** The part of a long posting around the vector, where similar ones stand. */
const around = (posting: ReadonlyArray<number>, index: number, length: number) => {
  if (posting.length <= length) return posting
  let [low, high] = [0, posting.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((posting[middle] ?? 0) < index) low = middle + 1
    else high = middle
  }
  const start = Math.min(Math.max(0, low - (length >> 1)), posting.length - length)
  return posting.slice(start, start + length)
}

/** Looks at rare dimensions first, because a common one says little. */
const candidatesOf = (
  vector: SparseVector,
  self: number,
  postings: ReadonlyMap<number, ReadonlyArray<number>>,
  scores: Float64Array
): ReadonlyArray<number> => {
  const rarest = [...vector.dimensions.entries()]
    .map(([at, dimension]) => ({ posting: postings.get(dimension) ?? [], at }))
    .sort((a, b) => a.posting.length - b.posting.length || a.at - b.at)
  const seen: Array<number> = []
  let looks = 0
  for (const { at, posting } of rarest) {
    if (looks >= looksMax) break
    const weight = vector.weights[at] ?? 0
    for (const index of around(posting, self, looksMax - looks)) {
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
