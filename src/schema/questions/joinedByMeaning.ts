import { averageLinkage, type Bundle } from "./AverageLinkage.ts"
import { denseNeighbours } from "./DenseNeighbours.ts"
import { denseSpace, plusDense, unitDense } from "./DenseVector.ts"
import { joinedMarks, type Marks } from "./marks/Marks.ts"
import type { Nearness } from "./Nearness.ts"
import type { QuestionUnit } from "./QuestionUnits.ts"

type Units = ReadonlyArray<QuestionUnit>

/** Groups that are looked at for each group. */
const neighboursMax = 10

const marksOf = (units: Units): Marks | undefined =>
  units
    .map(({ marks }) => marks)
    .reduce((one: Marks | undefined, other) => one && joinedMarks(one, other), units[0]?.marks)

/** All wordings of the group together; absent if the meaning of none is known. */
const bundleOf = (units: Units, { vectorOf }: Nearness): Bundle<Float32Array> | undefined => {
  const vectors = units.flatMap(({ variants }) => variants.flatMap((text) => vectorOf(text) ?? []))
  const marks = marksOf(units)
  return vectors.length === 0 || marks === undefined
    ? undefined
    : { sum: vectors.reduce(plusDense), size: vectors.length, marks }
}

/**
 * Joins groups whose questions say the same in other words, unless their marks contradict. A group
 * without a known meaning stays as it is.
 */
export const joinedByMeaning = (
  groups: ReadonlyArray<Units>,
  nearness: Nearness
): ReadonlyArray<Units> => {
  const bundles = groups.map((units) => bundleOf(units, nearness))
  const known = bundles.flatMap((bundle, group) => {
    const vector = bundle && unitDense(bundle.sum)
    return vector ? [{ group, vector }] : []
  })
  const pairs = denseNeighbours(
    known.map(({ vector }) => vector),
    neighboursMax
  ).flatMap((near, at) =>
    near.map(({ index }) => [known[at]?.group ?? 0, known[index]?.group ?? 0] as const)
  )
  return averageLinkage({
    space: denseSpace,
    bundles,
    pairs,
    similarityMin: nearness.similarityMin
  }).map((joined) => joined.flatMap((group) => groups[group] ?? []))
}
