/**
 * Takes out of vectors what all questions of a site share, such as "card" at a bank, so that one
 * limit of similarity serves every site.
 */
import { dotDense, plusDense, unitDense } from "./DenseVector.ts"

/** Each so many vectors tell one common direction more; fewer tell their middle alone. */
const vectorsPerDirection = 600
const directionsMax = 5

/** Vectors that are looked at; more would change little. */
const sampleMax = 4_000

/** Steps to each direction; the next would turn it by little. */
const steps = 20

type Vectors = ReadonlyArray<Float32Array>

const sampleOf = (vectors: Vectors): Vectors => {
  const step = Math.ceil(vectors.length / sampleMax)
  return vectors.filter((_, index) => index % step === 0)
}

const less = (vector: Float32Array, other: Float32Array, factor: number): Float32Array =>
  vector.map((weight, at) => weight - factor * (other[at] ?? 0))

const without = (vector: Float32Array, direction: Float32Array): Float32Array =>
  less(vector, direction, dotDense(vector, direction))

/** The direction in which the vectors differ most, by power iteration from a fixed start. */
const mainDirection = (vectors: Vectors): Float32Array | undefined => {
  let direction = unitDense(
    (vectors[0] ?? new Float32Array()).map((_, at) => ((at * 7) % 17) - 7.5)
  )
  for (let step = 0; step < steps && direction !== undefined; step++) {
    const sum = direction.map(() => 0)
    for (const vector of vectors) {
      const share = dotDense(vector, direction)
      for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] ?? 0) + share * (vector[at] ?? 0)
    }
    direction = unitDense(sum)
  }
  return direction
}

/** Maps each of the vectors to the rest of it; absent if there is no rest. */
export const withoutCommonDirections = (
  vectors: Vectors
): ((vector: Float32Array) => Float32Array | undefined) => {
  const sample = sampleOf(vectors)
  const [first] = sample
  if (first === undefined) return () => undefined
  const middle = sample
    .reduce(
      plusDense,
      first.map(() => 0)
    )
    .map((sum) => sum / sample.length)
  const count = Math.min(directionsMax, Math.floor(vectors.length / vectorsPerDirection))
  const directions: Array<Float32Array> = []
  let rest = sample.map((vector) => less(vector, middle, 1))
  while (directions.length < count) {
    const direction = mainDirection(rest)
    if (direction === undefined) break
    directions.push(direction)
    rest = rest.map((vector) => without(vector, direction))
  }
  return (vector) => unitDense(directions.reduce(without, less(vector, middle, 1)))
}
