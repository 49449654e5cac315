/** Counted values: how often each was seen. */

export const total = (counts: Iterable<number>): number => {
  let sum = 0
  for (const count of counts) sum += count
  return sum
}

export const add = <K>(counts: Map<K, number>, key: K, by = 1): void => {
  counts.set(key, (counts.get(key) ?? 0) + by)
}

export const addAll = <K>(target: Map<K, number>, source: ReadonlyMap<K, number>): void => {
  for (const [key, count] of source) add(target, key, count)
}

/** Orders texts the same way in every locale. */
export const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Most frequent first; equal counts in code-unit order, so that no order of arrival shows. */
export const ranked = (
  counts: ReadonlyMap<string, number>
): ReadonlyArray<readonly [string, number]> =>
  [...counts].sort(([a, m], [b, n]) => n - m || byCodeUnits(a, b))
