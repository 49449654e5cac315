/**
 * Hierarchical grouping by average similarity, bottom up, over candidate pairs. A member must be
 * similar to the whole group on average, so that a chain of neighbours does not become one group.
 */
import { joinedMarks, type Marks } from "./marks/Marks.ts"
import { dot, type SparseVector, weightedSum } from "./SparseVector.ts"

interface Cluster {
  readonly members: ReadonlyArray<number>
  /** The sum of the members' unit vectors; the product of two sums covers all pairs. */
  readonly sum: SparseVector
  /** Those of all members, which agree with each other. */
  readonly marks: Marks
  readonly near: Map<number, number>
}

export interface Linkage {
  readonly vectors: ReadonlyArray<SparseVector>
  /** One for each vector; a group never holds two that contradict each other. */
  readonly marks: ReadonlyArray<Marks>
  /** Only vectors that these pairs connect can share a group. */
  readonly pairs: Iterable<readonly [number, number]>
  readonly similarityMin: number
}

const average = (one: Cluster, other: Cluster): number =>
  dot(one.sum, other.sum) / (one.members.length * other.members.length)

const connect = (clusters: Map<number, Cluster>, a: number, b: number, min: number): void => {
  const [one, other] = [clusters.get(a), clusters.get(b)]
  if (a === b || one === undefined || other === undefined) return
  if (joinedMarks(one.marks, other.marks) === undefined) return
  const similarity = average(one, other)
  if (similarity < min) return
  one.near.set(b, similarity)
  other.near.set(a, similarity)
}

/** The lower id wins among equals, so that the order does not matter. */
const nearest = (cluster: Cluster | undefined): number | undefined => {
  let [found, highest]: [number | undefined, number] = [undefined, -1]
  for (const [id, similarity] of cluster?.near ?? []) {
    if (similarity > highest || (similarity === highest && id < (found ?? id))) {
      found = id
      highest = similarity
    }
  }
  return found
}

const merge = (clusters: Map<number, Cluster>, a: number, b: number, min: number): void => {
  const [one, other] = [clusters.get(a), clusters.get(b)]
  if (one === undefined || other === undefined) return
  const marks = joinedMarks(one.marks, other.marks)
  if (marks === undefined) return
  const around = [...new Set([...one.near.keys(), ...other.near.keys()])]
  for (const id of around) {
    clusters.get(id)?.near.delete(a)
    clusters.get(id)?.near.delete(b)
  }
  clusters.delete(b)
  clusters.set(a, {
    members: [...one.members, ...other.members],
    sum: weightedSum([
      [one.sum, 1],
      [other.sum, 1]
    ]),
    marks,
    near: new Map()
  })
  for (const id of around) connect(clusters, a, id, min)
}

/**
 * Returns the groups as indexes of the vectors. Each round merges all pairs that are each other's
 * nearest, which ends like merging the best pair each time.
 */
export const averageLinkage = ({
  marks,
  pairs,
  similarityMin,
  vectors
}: Linkage): ReadonlyArray<ReadonlyArray<number>> => {
  const clusters = new Map<number, Cluster>(
    vectors.flatMap((sum, id) => {
      const own = marks[id]
      return own ? [[id, { members: [id], sum, marks: own, near: new Map() }] as const] : []
    })
  )
  for (const [a, b] of pairs) connect(clusters, a, b, similarityMin)
  let active = [...clusters.keys()]
  while (active.length > 0) {
    const choices = new Map(active.map((id) => [id, nearest(clusters.get(id))]))
    const mutual = active.filter((id) => {
      const choice = choices.get(id)
      return choice !== undefined && id < choice && choices.get(choice) === id
    })
    for (const id of mutual) merge(clusters, id, choices.get(id) ?? id, similarityMin)
    active =
      mutual.length === 0 ? [] : active.filter((id) => (clusters.get(id)?.near.size ?? 0) > 0)
  }
  return [...clusters.values()].map(({ members }) => members)
}
