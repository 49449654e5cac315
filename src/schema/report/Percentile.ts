/** Exact percentiles of counted values. */

import { total } from "./Counts.ts"

/** The smallest value that is at least as large as the share `p` of all values (nearest rank). */
const nearestRank = (
  sorted: ReadonlyArray<readonly [number, number]>,
  p: number,
  count: number
): number => {
  const rank = Math.max(1, Math.ceil(p * count))
  let seen = 0
  for (const [value, times] of sorted) {
    seen += times
    if (seen >= rank) return value
  }
  return 0
}

/**
 * Exact p50, p95 and p99 of counted values. Times are whole milliseconds, so the slowest answer
 * bounds the memory, whatever the number of answers.
 */
export const percentiles = (counts: ReadonlyMap<number, number>) => {
  if (counts.size === 0) return undefined
  const sorted = [...counts].sort(([a], [b]) => a - b)
  const count = total(counts.values())
  const at = (p: number) => nearestRank(sorted, p, count)
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}
