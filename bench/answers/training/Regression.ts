/** Logistic regression over sets of places, by adaptive gradient steps; the same in each run. */
import { traitBits } from "../../../src/schema/chat/judge/traits.ts"
import { randomFrom } from "./templateTexts.ts"

export interface Example {
  /** Places without repetition. */
  readonly traits: Int32Array
  /** A factor for the sum of the weights. */
  readonly scale: number
  readonly refused: boolean
}

export interface Weights {
  readonly weights: Float64Array
  readonly bias: number
}

/** Rare traits take long steps, and so learn from their few examples. */
const rate = 0.3
const biasRate = 0.02
const decay = 0.008

export const none = (): Weights => ({ weights: new Float64Array(2 ** traitBits), bias: 0 })

export const sumOf = ({ bias, weights }: Weights, { scale, traits }: Example): number => {
  let sum = 0
  for (const trait of traits) sum += weights[trait] ?? 0
  return sum * scale + bias
}

const shuffle = (order: Int32Array, random: (below: number) => number): void => {
  for (let index = order.length - 1; index > 0; index--) {
    const other = random(index + 1)
    const held = order[index] ?? 0
    order[index] = order[other] ?? 0
    order[other] = held
  }
}

/** Goes on from the given weights for so many rounds over all examples. */
export const learn = (examples: ReadonlyArray<Example>, from: Weights, rounds: number): Weights => {
  const weights = from.weights.slice()
  const squares = new Float64Array(weights.length).fill(1e-6)
  let { bias } = from
  const order = Int32Array.from(examples.keys())
  const random = randomFrom(1)
  for (let round = 0; round < rounds; round++) {
    shuffle(order, random)
    for (const index of order) {
      const example = examples[index]
      if (example === undefined) continue
      const { refused, scale, traits } = example
      const error = 1 / (1 + Math.exp(-sumOf({ weights, bias }, example))) - (refused ? 1 : 0)
      bias -= biasRate * error
      for (const trait of traits) {
        const weight = weights[trait] ?? 0
        const slope = (error + decay * weight) * scale
        const square = (squares[trait] ?? 0) + slope * slope
        squares[trait] = square
        weights[trait] = weight - (rate * slope) / Math.sqrt(square)
      }
    }
  }
  return { weights, bias }
}
