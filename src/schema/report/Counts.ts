/** Counted values: how often each was seen. A sum stops at the largest safe integer. */

/** A sum that has reached it is too low, and the report says so. */
export const countMax = Number.MAX_SAFE_INTEGER

/** Adds two counts in any order: stopping at the maximum keeps the sum associative. */
export const plus = (a: number, b: number): number => Math.min(countMax, a + b)

export const total = (counts: Iterable<number>): number => {
  let sum = 0
  for (const count of counts) sum = plus(sum, count)
  return sum
}

export const add = <K>(counts: Map<K, number>, key: K, by = 1): void => {
  counts.set(key, plus(counts.get(key) ?? 0, by))
}

export const addAll = <K>(target: Map<K, number>, source: ReadonlyMap<K, number>): void => {
  for (const [key, count] of source) add(target, key, count)
}

/** Adds each field of the part to the same field of the target, in place. */
export const addFields = <F extends string>(
  target: Record<F, number>,
  part: Readonly<Record<F, number>>,
  fields: ReadonlyArray<F>
): void => {
  for (const field of fields) target[field] = plus(target[field], part[field])
}

/** Orders texts the same way in every locale. */
export const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Most frequent first; equal counts in code-unit order, so that no order of arrival shows. */
export const ranked = (
  counts: ReadonlyMap<string, number>
): ReadonlyArray<readonly [string, number]> =>
  [...counts].sort(([a, m], [b, n]) => n - m || byCodeUnits(a, b))
