/**
 * Hierarchical grouping by average similarity, bottom up, over a sparse graph of candidate pairs.
 * A group grows only where its members are similar to the others on average, so that a chain of
 * neighbours does not become one group.
 */
import { dot, type SparseVector, weightedSum } from "./SparseVector.ts"

interface Cluster {
  readonly members: ReadonlyArray<number>
  /** Sum of the members' unit vectors: its product with another's is the sum over all pairs. */
  readonly sum: SparseVector
  readonly near: Map<number, number>
}

export interface Linkage {
  readonly vectors: ReadonlyArray<SparseVector>
  /** Only vectors that these connect, directly or through others, can share a group. */
  readonly pairs: Iterable<readonly [number, number]>
  readonly similarityMin: number
}

const average = (one: Cluster, other: Cluster): number =>
  dot(one.sum, other.sum) / (one.members.length * other.members.length)

const connect = (clusters: Map<number, Cluster>, a: number, b: number, min: number): void => {
  const [one, other] = [clusters.get(a), clusters.get(b)]
  if (a === b || one === undefined || other === undefined) return
  const similarity = average(one, other)
  if (similarity < min) return
  one.near.set(b, similarity)
  other.near.set(a, similarity)
}

/** The lower id wins among equals, so that the choice is the same in every order. */
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
    near: new Map()
  })
  for (const id of around) connect(clusters, a, id, min)
}

/**
 * The groups of at least one member, as indexes of the vectors. Each round merges every pair of
 * clusters that are each other's nearest, which is what merging the best pair alone would do.
 */
export const averageLinkage = ({
  pairs,
  similarityMin,
  vectors
}: Linkage): ReadonlyArray<ReadonlyArray<number>> => {
  const clusters = new Map<number, Cluster>(
    vectors.map((sum, id) => [id, { members: [id], sum, near: new Map() }])
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
