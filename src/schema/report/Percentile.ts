/** Percentiles of counted times. */

import { add, total } from "./Counts.ts"

/** Longer than any answer takes. */
const dayMs = 86_400_000

/**
 * A time in whole milliseconds, with three digits where it is longer than `exactMs`, so that the
 * number of different times is bounded. Times of more than a day count as a day.
 */
const roundedMs = (milliseconds: number, exactMs: number): number => {
  const whole = Math.min(Math.round(milliseconds), dayMs)
  if (whole <= exactMs) return whole
  const step = 10 ** (Math.floor(Math.log10(whole)) - 2)
  return Math.round(whole / step) * step
}

/**
 * Counts a time. A time of 0 is not one: nobody told it, or a Worker's clock stood still, as it
 * does without I/O.
 */
export const addTime = (
  times: Map<number, number>,
  milliseconds: number,
  exactMs: number
): void => {
  if (milliseconds > 0) add(times, roundedMs(milliseconds, exactMs))
}

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

/** Exact p50, p95 and p99 of counted values. */
export const percentiles = (counts: ReadonlyMap<number, number>) => {
  if (counts.size === 0) return undefined
  const sorted = [...counts].sort(([a], [b]) => a - b)
  const count = total(counts.values())
  const at = (p: number) => nearestRank(sorted, p, count)
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}
