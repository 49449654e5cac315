/**
 * Hierarchical grouping by average similarity, bottom up, over candidate pairs. A member must be
 * similar to the whole group on average, so that a chain of neighbours does not become one group.
 */
import { joinedMarks, type Marks } from "./marks/Marks.ts"

/** The arithmetic of one kind of vector. */
export interface VectorSpace<V> {
  readonly dot: (one: V, other: V) => number
  readonly plus: (one: V, other: V) => V
}

/** One or more unit vectors that are in a group already. */
export interface Bundle<V> {
  /** The sum of the unit vectors; the product of two sums covers all pairs. */
  readonly sum: V
  readonly size: number
  /** Those of all members, which agree with each other. */
  readonly marks: Marks
}

interface Cluster<V> extends Bundle<V> {
  readonly members: ReadonlyArray<number>
  readonly near: Map<number, number>
}

export interface Linkage<V> {
  readonly space: VectorSpace<V>
  /** Undefined for what stays alone. */
  readonly bundles: ReadonlyArray<Bundle<V> | undefined>
  /** Only bundles that these pairs connect can share a group. */
  readonly pairs: Iterable<readonly [number, number]>
  readonly similarityMin: number
}

type Clusters<V> = Map<number, Cluster<V>>

/** The lower id wins among equals, so that the order does not matter. */
const nearest = (near: ReadonlyMap<number, number>): number | undefined => {
  let [found, highest]: [number | undefined, number] = [undefined, -1]
  for (const [id, similarity] of near) {
    if (similarity > highest || (similarity === highest && id < (found ?? id))) {
      found = id
      highest = similarity
    }
  }
  return found
}

const connect = <V>(clusters: Clusters<V>, a: number, b: number, linkage: Linkage<V>): void => {
  const [one, other] = [clusters.get(a), clusters.get(b)]
  if (a === b || one === undefined || other === undefined) return
  if (joinedMarks(one.marks, other.marks) === undefined) return
  const similarity = linkage.space.dot(one.sum, other.sum) / (one.size * other.size)
  if (!(similarity >= linkage.similarityMin)) return
  one.near.set(b, similarity)
  other.near.set(a, similarity)
}

const merge = <V>(clusters: Clusters<V>, a: number, b: number, linkage: Linkage<V>): void => {
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
    sum: linkage.space.plus(one.sum, other.sum),
    size: one.size + other.size,
    marks,
    near: new Map()
  })
  for (const id of around) connect(clusters, a, id, linkage)
}

/**
 * Returns the groups as indexes of the bundles. Each round merges all pairs that are each other's
 * nearest, which ends like merging the best pair each time.
 */
export const averageLinkage = <V>(linkage: Linkage<V>): ReadonlyArray<ReadonlyArray<number>> => {
  const clusters: Clusters<V> = new Map()
  for (const [id, bundle] of linkage.bundles.entries()) {
    if (bundle) clusters.set(id, { ...bundle, members: [id], near: new Map() })
  }
  for (const [a, b] of linkage.pairs) connect(clusters, a, b, linkage)
  let active = [...clusters.keys()]
  while (active.length > 0) {
    const choices = new Map(active.map((id) => [id, nearest(clusters.get(id)?.near ?? new Map())]))
    const mutual = active.filter((id) => {
      const choice = choices.get(id)
      return choice !== undefined && id < choice && choices.get(choice) === id
    })
    for (const id of mutual) merge(clusters, id, choices.get(id) ?? id, linkage)
    active =
      mutual.length === 0 ? [] : active.filter((id) => (clusters.get(id)?.near.size ?? 0) > 0)
  }
  const alone = [...linkage.bundles.entries()].flatMap(([id, bundle]) => (bundle ? [] : [[id]]))
  return [...[...clusters.values()].map(({ members }) => members), ...alone]
}
