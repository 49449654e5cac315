/** The units that grouping compares: all questions of one identity, with their terms. */
import { joinedMarks, keyOfMarks, type Marks } from "./marks/Marks.ts"
import { identityOf, type QuestionTerms, weightedTerms } from "./QuestionTerms.ts"
import { type SparseVector, sparse, unit } from "./SparseVector.ts"
import { spellings } from "./Spelling.ts"

export interface QuestionUnit {
  readonly variants: ReadonlyArray<string>
  readonly terms: ReadonlyMap<string, number>
  /** The terms without fillers. */
  readonly subject: ReadonlyMap<string, number>
  readonly marks: Marks
}

/** A term in a larger share of the questions does not tell the subject. */
const tellingShareMax = 0.04

/** A term in a larger share may be left out, like the owner's name. */
const namedShareMax = 0.15

/** A term in fewer questions is never called frequent, however few questions there are. */
const frequentMin = 20

/** Added to the logarithm, because even a common word matters in a short question. */
export const rarity = { question: 5, subject: 1 } as const

const frequencyOf = (all: ReadonlyArray<Iterable<string>>): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const terms of all) {
    for (const term of new Set(terms)) counts.set(term, (counts.get(term) ?? 0) + 1)
  }
  return counts
}

const corrected = (all: ReadonlyArray<QuestionTerms>): ReadonlyArray<QuestionTerms> => {
  const meant = spellings(frequencyOf(all.map(({ subject }) => subject)))
  return all.map((terms) => ({
    ...terms,
    subject: terms.subject.map((term) => meant.get(term) ?? term)
  }))
}

export type Variant = readonly [question: string, terms: QuestionTerms]

const byIdentity = (
  questions: ReadonlyArray<Variant>
): ReadonlyMap<string, ReadonlyArray<Variant>> => {
  const all = corrected(questions.map(([, terms]) => terms))
  const frequency = frequencyOf(all.map(({ subject }) => subject))
  const atMost = (share: number) => {
    const limit = Math.max(frequentMin, share * questions.length)
    return (term: string) => (frequency.get(term) ?? 0) <= limit
  }
  const known = { isTelling: atMost(tellingShareMax), isNamed: atMost(namedShareMax) }
  const groups = new Map<string, Array<Variant>>()
  for (const [index, terms] of all.entries()) {
    const identity = identityOf(terms, known)
    const variant = [questions[index]?.[0] ?? "", terms] as const
    const same = groups.get(identity)
    if (same) same.push(variant)
    else groups.set(identity, [variant])
  }
  return groups
}

interface Agreeing {
  readonly variants: ReadonlyArray<Variant>
  readonly marks: Marks
}

/** All variants as one if their marks agree, otherwise those with the same marks. */
const agreeing = (variants: ReadonlyArray<Variant>): ReadonlyArray<Agreeing> => {
  let joined = variants[0]?.[1].marks
  for (const [, { marks }] of variants) joined = joined && joinedMarks(joined, marks)
  if (joined !== undefined) return [{ marks: joined, variants }]
  return [...Map.groupBy(variants, ([, { marks }]) => keyOfMarks(marks))]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, same]) => same.slice(0, 1).map(([, { marks }]) => ({ marks, variants: same })))
}

const mean = (all: ReadonlyArray<ReadonlyMap<string, number>>): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>()
  for (const terms of all) {
    for (const [term, weight] of terms) sums.set(term, (sums.get(term) ?? 0) + weight / all.length)
  }
  return sums
}

/** Expects questions in code-unit order, so that the same set gives the same units. */
export const questionUnits = (questions: ReadonlyArray<Variant>): ReadonlyArray<QuestionUnit> =>
  [...byIdentity(questions)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, variants]) => agreeing(variants))
    .map(({ marks, variants }) => {
      const terms = mean(variants.map(([, terms]) => weightedTerms(terms)))
      const subject = new Set(variants.flatMap(([, terms]) => terms.subject))
      return {
        variants: variants.map(([question]) => question),
        terms,
        subject: new Map([...terms].filter(([term]) => subject.has(term))),
        marks
      }
    })

/** Unit vectors of the terms; rare terms weigh more. */
export const vectorsOf = (
  all: ReadonlyArray<ReadonlyMap<string, number>>,
  offset: number
): ReadonlyArray<SparseVector> => {
  const frequency = frequencyOf(all.map((terms) => terms.keys()))
  const dimensions = new Map([...frequency.keys()].map((term, dimension) => [term, dimension]))
  const rarityOf = (term: string): number =>
    Math.log((1 + all.length) / (1 + (frequency.get(term) ?? 0))) + offset
  return all.map((terms) => {
    const entries = [...terms].map(
      ([term, weight]) => [dimensions.get(term) ?? 0, weight * rarityOf(term)] as const
    )
    return unit(sparse(entries))
  })
}
