/** Finds each dense vector's most similar others: among all, or those of the nearest cells. */
import { dotDense, plusDense, unitDense } from "./DenseVector.ts"
import type { Neighbour } from "./NearestNeighbours.ts"

type Vectors = ReadonlyArray<Float32Array>

/** Fewer vectors are all compared, in some seconds. */
const allMax = 4_000

/** Cells that are searched for a vector, its own among them. */
const probes = 3

/** Vectors that place the cells. */
const sampleMax = 10_000

/** Rounds that move each cell to the middle of its vectors. */
const rounds = 2

/** The most similar of the vectors at the indexes; the earlier index wins among equals. */
const nearest = (
  vector: Float32Array,
  vectors: Vectors,
  indexes: Iterable<number>,
  length: number
): ReadonlyArray<Neighbour> => {
  const kept: Array<Neighbour> = []
  let least = Number.NEGATIVE_INFINITY
  for (const index of indexes) {
    const similarity = dotDense(vector, vectors[index] ?? vector)
    if (!(similarity > least)) continue
    let at = kept.length
    while (at > 0 && (kept[at - 1]?.similarity ?? 0) < similarity) at--
    kept.splice(at, 0, { index, similarity })
    if (kept.length > length) kept.pop()
    if (kept.length === length) least = kept[length - 1]?.similarity ?? least
  }
  return kept
}

const membersOf = (vectors: Vectors, middles: Vectors): ReadonlyArray<ReadonlyArray<number>> => {
  const members = middles.map((): Array<number> => [])
  for (const [index, vector] of vectors.entries()) {
    const [own] = nearest(vector, middles, middles.keys(), 1)
    members[own?.index ?? 0]?.push(index)
  }
  return members
}

const middleOf = (vectors: Vectors): Float32Array | undefined =>
  vectors.length === 0 ? undefined : unitDense(vectors.reduce(plusDense))

/** About as many cells as each has vectors; they begin at evenly spaced vectors. */
const cellsOf = (vectors: Vectors) => {
  const step = Math.ceil(Math.sqrt(vectors.length))
  let middles: Vectors = vectors.filter((_, index) => index % step === 0)
  const sample = vectors.filter((_, index) => index % Math.ceil(vectors.length / sampleMax) === 0)
  for (let round = 0; round < rounds; round++) {
    middles = membersOf(sample, middles).flatMap(
      (members) => middleOf(members.flatMap((index) => sample[index] ?? [])) ?? []
    )
  }
  return { members: membersOf(vectors, middles), middles }
}

/** The indexes to compare with a vector, ascending. */
const lookedAt = (vectors: Vectors): ((vector: Float32Array) => Iterable<number>) => {
  if (vectors.length <= allMax) return () => vectors.keys()
  const { members, middles } = cellsOf(vectors)
  return (vector) =>
    nearest(vector, middles, middles.keys(), probes)
      .flatMap(({ index }) => members[index] ?? [])
      .sort((a, b) => a - b)
}

/** Returns up to `length` neighbours of each vector, most similar first. */
export const denseNeighbours = (
  vectors: Vectors,
  length: number
): ReadonlyArray<ReadonlyArray<Neighbour>> => {
  const indexesFor = lookedAt(vectors)
  return vectors.map((vector, self) =>
    nearest(vector, vectors, indexesFor(vector), length + 1)
      .filter(({ index }) => index !== self)
      .slice(0, length)
  )
}
