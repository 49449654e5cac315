/** Trains a judge on labelled texts and packs it small. */
import { packGroups } from "../../../src/schema/chat/judge/groups.ts"
import type { PackedJudge } from "../../../src/schema/chat/judge/Judge.ts"
import type { Words } from "../../../src/schema/chat/judge/tokens.ts"
import { traitsOf } from "../../../src/schema/chat/judge/traits.ts"
import type { LabelledAnswer } from "../LabelledAnswers.ts"
import { type Example, learn, none, type Weights } from "./Regression.ts"

const keptMax = 6600
const levelCount = 3

export const exampleOf = ({ refused, text }: LabelledAnswer, words: Words): Example => {
  const traits = traitsOf(text, words)
  return {
    traits: Int32Array.from(new Set(traits)),
    scale: 1 / Math.sqrt(traits.length),
    refused
  }
}

/** The places of the traits that matter most, by their weight and how often they occur. */
const heaviest = (
  { weights }: Weights,
  examples: ReadonlyArray<Example>
): ReadonlyArray<number> => {
  const counts = new Float64Array(weights.length)
  for (const { traits } of examples) {
    for (const trait of traits) counts[trait] = (counts[trait] ?? 0) + 1
  }
  const worth = weights.map((weight, at) => Math.abs(weight) * (counts[at] ?? 0) ** 0.2)
  return [...worth.keys()]
    .filter((at) => (worth[at] ?? 0) > 0)
    .sort((one, other) => (worth[other] ?? 0) - (worth[one] ?? 0))
    .slice(0, keptMax)
}

const only = ({ bias, weights }: Weights, kept: ReadonlyArray<number>): Weights => {
  const part = none().weights
  for (const at of kept) part[at] = weights[at] ?? 0
  return { weights: part, bias }
}

/** The index of the nearest level. */
const nearest = (levels: ReadonlyArray<number>, size: number): number => {
  let best = 0
  for (const [index, level] of levels.entries()) {
    if (Math.abs(size - level) < Math.abs(size - (levels[best] ?? 0))) best = index
  }
  return best
}

/** Sizes that stand for all sizes, each the mean of those next to it. */
const levelsOf = (sizes: ReadonlyArray<number>): ReadonlyArray<number> => {
  const sorted = [...sizes].sort((one, other) => one - other)
  let levels: ReadonlyArray<number> = Array.from(
    { length: levelCount },
    (_, index) => sorted[Math.floor(((index + 0.5) / levelCount) * sorted.length)] ?? 0
  )
  for (let round = 0; round < 30; round++) {
    const sums = levels.map(() => ({ sum: 0, count: 0 }))
    for (const size of sorted) {
      const own = sums[nearest(levels, size)]
      if (own !== undefined) {
        own.sum += size
        own.count += 1
      }
    }
    levels = sums.map(({ count, sum }, index) => (count === 0 ? (levels[index] ?? 0) : sum / count))
  }
  return levels
}

const packed = ({ bias, weights }: Weights, list: ReadonlyMap<number, number>): PackedJudge => {
  const places = [...weights.keys()].filter((at) => weights[at] !== 0)
  const levels = levelsOf(places.map((at) => Math.abs(weights[at] ?? 0)))
  const signed = [...levels, ...levels.map((level) => -level)]
  const groups = signed.map(() => Array.of<number>())
  for (const at of places) {
    const weight = weights[at] ?? 0
    groups[nearest(levels, Math.abs(weight)) + (weight < 0 ? levelCount : 0)]?.push(at)
  }
  const classes = Math.max(...list.values())
  const words = Array.from({ length: classes }, () => Array.of<number>())
  for (const [at, kind] of list) words[kind - 1]?.push(at)
  return {
    words: packGroups(words.map((places) => places.sort((one, other) => one - other))),
    classes,
    traits: packGroups(groups),
    levels: signed.map((level) => Number(level.toFixed(3))),
    bias: { english: bias, other: bias }
  }
}

const keptOf = (example: Example, kept: ReadonlySet<number>): Example => ({
  ...example,
  traits: example.traits.filter((trait) => kept.has(trait))
})

/** A judge whose bias is not yet moved to where few answers are taken for refusals. */
export const trainJudge = (
  examples: ReadonlyArray<Example>,
  words: ReadonlyMap<number, number>
): PackedJudge => {
  const whole = learn(examples, none(), 12)
  const kept = heaviest(whole, examples)
  const places = new Set(kept)
  const few = examples.map((example) => keptOf(example, places))
  return packed(learn(few, only(whole, kept), 4), words)
}
