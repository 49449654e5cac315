/** Vectors with a weight in every dimension, as models give them. */

export const dotDense = (one: Float32Array, other: Float32Array): number => {
  let product = 0
  for (let at = 0; at < one.length; at++) product += (one[at] ?? 0) * (other[at] ?? 0)
  return product
}

export const plusDense = (one: Float32Array, other: Float32Array): Float32Array =>
  one.map((weight, at) => weight + (other[at] ?? 0))

/** The same direction with length 1; absent for a vector without a direction. */
export const unitDense = (vector: Float32Array): Float32Array | undefined => {
  const length = Math.sqrt(dotDense(vector, vector))
  return length > 0 && Number.isFinite(length) ? vector.map((weight) => weight / length) : undefined
}

export const denseSpace = { dot: dotDense, plus: plusDense }
