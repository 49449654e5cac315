/**
 * Groups similar questions: offline, deterministic, and the same in every order of the input.
 * Doubtful questions stay apart, because a wrong group misleads more than a split one.
 */
import { averageLinkage } from "./AverageLinkage.ts"
import {
  type CountedText,
  comparedOf,
  type Limits,
  mostAskedFirst,
  usualLimits
} from "./ComparedQuestions.ts"
import { joinedByMeaning } from "./joinedByMeaning.ts"
import { joinedMarks } from "./marks/Marks.ts"
import { type Neighbour, nearestNeighbours } from "./NearestNeighbours.ts"
import type { Nearness } from "./Nearness.ts"
import { type QuestionUnit, questionUnits, rarity, vectorsOf } from "./QuestionUnits.ts"
import { dot, type SparseVector, sparseSpace, unit, weightedSum } from "./SparseVector.ts"
import { byWording, otherWordings } from "./Wording.ts"

export interface CountedQuestion {
  readonly question: string
  readonly count: number
}

export interface QuestionGroup {
  /** A whole question before a keyword, the most asked of those, not in capitals if possible. */
  readonly question: string
  /** Up to three other wordings, most asked first. */
  readonly others: ReadonlyArray<string>
  readonly count: number
  /** Indexes of the input, most asked first. */
  readonly members: ReadonlyArray<number>
  /** False for a question that stands alone because there are too many to compare. */
  readonly isCompared: boolean
}

export interface GroupOptions {
  /** Joins groups in other words; without it, words alone count. */
  readonly nearness?: Nearness
  /** The least average similarity inside a group, 0 to 1. */
  readonly similarityMin?: number
  readonly limits?: Limits
}

/** Chosen with a margin for unseen questions: see docs/decisions/0014. */
const similarityDefault = 0.91

/** Subjects must be this similar, whatever their context. */
const subjectSimilarityMin = 0.6

/** The number of neighbours that a question is read with, and their weight. */
const context = { length: 10, weight: 0.5 } as const

/** Adds the nearest questions to each question, which alone is too short to compare. */
const inContext = (
  vectors: ReadonlyArray<SparseVector>,
  neighbours: ReadonlyArray<ReadonlyArray<Neighbour>>
): ReadonlyArray<SparseVector> =>
  vectors.map((vector, index) => {
    const near = (neighbours[index] ?? []).map(
      ({ index: other, similarity }) =>
        [vectors[other] ?? vector, context.weight * similarity ** 2] as const
    )
    return unit(weightedSum([[vector, 1], ...near]))
  })

const comparable = (one: QuestionUnit, other: QuestionUnit): boolean =>
  joinedMarks(one.marks, other.marks) !== undefined

/** Pairs of neighbours that may share a group. */
function* candidates(
  units: ReadonlyArray<QuestionUnit>,
  neighbours: ReadonlyArray<ReadonlyArray<Neighbour>>
): Generator<readonly [number, number]> {
  const subjects = vectorsOf(
    units.map(({ subject }) => subject),
    rarity.subject
  )
  for (const [place, near] of neighbours.entries()) {
    const [one, own] = [units[place], subjects[place]]
    for (const { index } of near) {
      const [other, theirs] = [units[index], subjects[index]]
      if (!(one && own && other && theirs && comparable(one, other))) continue
      if (dot(own, theirs) >= subjectSimilarityMin) yield [place, index]
    }
  }
}

const groupOf = (texts: ReadonlyArray<CountedText>, isCompared: boolean): QuestionGroup => {
  const variants = [...texts].sort(mostAskedFirst)
  const question = byWording(variants)[0]?.question ?? ""
  return {
    question,
    others: variants.length < 2 ? [] : otherWordings(question, variants),
    count: variants.reduce((sum, { count }) => sum + count, 0),
    members: variants.flatMap(({ places }) => places),
    isCompared
  }
}

/** Each text once, with its places in the input. */
const textsOf = (questions: ReadonlyArray<CountedQuestion>): ReadonlyMap<string, CountedText> => {
  const texts = new Map<string, CountedText & { count: number; readonly places: Array<number> }>()
  for (const [place, { count, question }] of questions.entries()) {
    const same = texts.get(question)
    if (same === undefined) texts.set(question, { question, count, places: [place] })
    else {
      same.count += count
      same.places.push(place)
    }
  }
  return texts
}

/** Puts every question into one group; the most asked group comes first. */
export const groupQuestions = (
  questions: ReadonlyArray<CountedQuestion>,
  { limits = usualLimits, nearness, similarityMin = similarityDefault }: GroupOptions = {}
): ReadonlyArray<QuestionGroup> => {
  const texts = textsOf(questions)
  const { alone, compared } = comparedOf([...texts.values()], limits)
  const units = questionUnits(compared)
  const vectors = vectorsOf(
    units.map(({ terms }) => terms),
    rarity.question
  )
  const neighbours = nearestNeighbours(vectors, context.length)
  const inWords = averageLinkage({
    space: sparseSpace,
    bundles: inContext(vectors, neighbours).map((sum, at) => {
      const marks = units[at]?.marks
      return marks && { sum, size: 1, marks }
    }),
    pairs: candidates(units, neighbours),
    similarityMin
  }).map((group) => group.flatMap((index) => units[index] ?? []))
  const groups = (nearness === undefined ? inWords : joinedByMeaning(inWords, nearness)).map(
    (group) =>
      groupOf(
        group.flatMap(({ variants }) => variants.flatMap((text) => texts.get(text) ?? [])),
        true
      )
  )
  return [...groups, ...alone.map((text) => groupOf([text], false))].sort(mostAskedFirst)
}
