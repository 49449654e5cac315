/** The agreement of groups with labels, over all pairs of questions. */
export interface Agreement {
  /** The share of grouped pairs that share a label. */
  readonly precision: number
  /** The share of labelled pairs that share a group. */
  readonly recall: number
  readonly f1: number
  /** The same partition has 1, chance has 0. */
  readonly adjustedRand: number
  readonly groups: number
}

const pairsAmong = (counts: Iterable<number>): number => {
  let pairs = 0
  for (const count of counts) pairs += (count * (count - 1)) / 2
  return pairs
}

const countsOf = (labels: Iterable<string>): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  return counts
}

/** `groups` hold indexes of `labels`, each index once. */
export const agreement = (
  labels: ReadonlyArray<string>,
  groups: ReadonlyArray<ReadonlyArray<number>>
): Agreement => {
  const both = groups
    .map((group) => pairsAmong(countsOf(group.map((index) => labels[index] ?? "")).values()))
    .reduce((sum, pairs) => sum + pairs, 0)
  const grouped = pairsAmong(groups.map((group) => group.length))
  const labelled = pairsAmong(countsOf(labels).values())
  const precision = grouped === 0 ? 1 : both / grouped
  const recall = labelled === 0 ? 1 : both / labelled
  const expected = (grouped * labelled) / pairsAmong([labels.length])
  const spread = (grouped + labelled) / 2 - expected
  return {
    precision,
    recall,
    f1: both === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    adjustedRand: spread === 0 ? 1 : (both - expected) / spread,
    groups: groups.length
  }
}
