/** A vector with few of many dimensions; they ascend, each beside its weight. */
export interface SparseVector {
  readonly dimensions: ReadonlyArray<number>
  readonly weights: ReadonlyArray<number>
}

export const sparse = (entries: Iterable<readonly [number, number]>): SparseVector => {
  const ascending = [...entries].sort(([one], [other]) => one - other)
  return {
    dimensions: ascending.map(([dimension]) => dimension),
    weights: ascending.map(([, weight]) => weight)
  }
}

export const dot = (one: SparseVector, other: SparseVector): number => {
  let [i, j, product] = [0, 0, 0]
  while (i < one.dimensions.length && j < other.dimensions.length) {
    const [left = 0, right = 0] = [one.dimensions[i], other.dimensions[j]]
    if (left === right) product += (one.weights[i] ?? 0) * (other.weights[j] ?? 0)
    if (left <= right) i++
    if (right <= left) j++
  }
  return product
}

/** The same direction with length 1; the zero vector stays as it is. */
export const unit = (vector: SparseVector): SparseVector => {
  const length = Math.sqrt(vector.weights.reduce((squares, weight) => squares + weight * weight, 0))
  return length === 0
    ? vector
    : { ...vector, weights: vector.weights.map((weight) => weight / length) }
}

/** The sum of the vectors, each times its factor. */
export const weightedSum = (
  parts: Iterable<readonly [vector: SparseVector, factor: number]>
): SparseVector => {
  const total = new Map<number, number>()
  for (const [{ dimensions, weights }, factor] of parts) {
    for (const [index, dimension] of dimensions.entries()) {
      total.set(dimension, (total.get(dimension) ?? 0) + factor * (weights[index] ?? 0))
    }
  }
  return sparse(total)
}

export const sparseSpace = {
  dot,
  plus: (one: SparseVector, other: SparseVector): SparseVector =>
    weightedSum([
      [one, 1],
      [other, 1]
    ])
}
