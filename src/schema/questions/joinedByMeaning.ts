import { averageLinkage, type Bundle } from "./AverageLinkage.ts"
import { withoutCommonDirections } from "./CommonDirections.ts"
import { denseNeighbours } from "./DenseNeighbours.ts"
import { denseSpace, plusDense, unitDense } from "./DenseVector.ts"
import { joinedMarks, type Marks } from "./marks/Marks.ts"
import type { Nearness } from "./Nearness.ts"
import type { QuestionUnit } from "./QuestionUnits.ts"

type Units = ReadonlyArray<QuestionUnit>

/** Groups that are looked at for each group. */
const neighboursMax = 10

const marksOf = ([first, ...others]: Units): Marks | undefined =>
  others.reduce(
    (marks: Marks | undefined, unit) => marks && joinedMarks(marks, unit.marks),
    first?.marks
  )

/** Fewer wordings do not tell what a site's questions share, so vectors stay as they are. */
const tellingMin = 30

/**
 * Whole vectors are all rather near, so that only near copies of a question may join: "Do you ship
 * to Spain?" and "Do you ship to Italy?" are 0.956 near in the table of words.
 */
const wholeSimilarityMin = 0.97

/** The vectors of all wordings whose meaning is known, without what they share. */
const ownVectors = (groups: ReadonlyArray<Units>, { similarityMin, vectorOf }: Nearness) => {
  const known = groups
    .flatMap((units) => units.flatMap(({ variants }) => variants))
    .flatMap((wording) => {
      const vector = unitDense(vectorOf(wording) ?? new Float32Array())
      return vector ? [[wording, vector] as const] : []
    })
  if (known.length < tellingMin) {
    return { vectors: new Map(known), least: Math.max(wholeSimilarityMin, similarityMin) }
  }
  const own = withoutCommonDirections(known.map(([, vector]) => vector))
  const vectors = new Map(known.map(([wording, vector]) => [wording, own(vector)]))
  return { vectors, least: similarityMin }
}

/**
 * Joins groups whose questions say the same in other words, unless their marks contradict. A group
 * of unknown meaning stays as it is.
 */
export const joinedByMeaning = (
  groups: ReadonlyArray<Units>,
  nearness: Nearness
): ReadonlyArray<Units> => {
  const { least, vectors } = ownVectors(groups, nearness)
  const bundles = groups.map((units): Bundle<Float32Array> | undefined => {
    const own = units.flatMap(({ variants }) => variants.flatMap((text) => vectors.get(text) ?? []))
    const marks = marksOf(units)
    return own.length === 0 || marks === undefined
      ? undefined
      : { sum: own.reduce(plusDense), size: own.length, marks }
  })
  const known = bundles.flatMap((bundle, group) => {
    const vector = bundle && unitDense(bundle.sum)
    return vector ? [{ group, vector }] : []
  })
  const near = denseNeighbours(
    known.map(({ vector }) => vector),
    neighboursMax
  )
  return averageLinkage({
    space: denseSpace,
    bundles,
    pairs: near.flatMap((neighbours, at) =>
      neighbours.map(({ index }) => [known[at]?.group ?? 0, known[index]?.group ?? 0] as const)
    ),
    similarityMin: least
  }).map((joined) => joined.flatMap((group) => groups[group] ?? []))
}
