/**
 * A sum for each name, in bounded memory: of more names than the limit, those with the lowest
 * hashes stay and `others` is the sum of the rest. The same names stay in any order, so the laws of
 * the sum hold; a name that stays has its whole sum.
 */
import { byCodeUnits, plus } from "./Counts.ts"
import { textHash } from "./textHash.ts"

export interface Named<V> {
  readonly byName: Map<string, V>
  /** The names by their hashes. */
  readonly order: Array<string>
  others: V
}

/** How values add up; `add` may change and return its target. */
export interface Sum<V> {
  readonly namesMax: number
  readonly empty: () => V
  readonly add: (target: V, part: V) => V
}

/** Far more names than a site has in a week, and few enough for any memory. */
export const counting: Sum<number> = { namesMax: 2000, empty: () => 0, add: plus }

export const noneNamed = <V>({ empty }: Sum<V>): Named<V> => ({
  byName: new Map(),
  order: [],
  others: empty()
})

/** The empty name, which stands for an unknown one, always stays. */
const hashOf = (name: string): number => (name === "" ? -1 : textHash(name))

const placeOf = (order: ReadonlyArray<string>, name: string): number => {
  const hash = hashOf(name)
  let [low, high] = [0, order.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const other = order[middle] ?? ""
    if ((hashOf(other) - hash || byCodeUnits(other, name)) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** Adds to the sum of a name in place; it keeps no reference to the part. */
export const addNamed = <V>(target: Named<V>, name: string, part: V, sum: Sum<V>): void => {
  const { byName, order } = target
  const known = byName.get(name)
  if (known !== undefined) {
    byName.set(name, sum.add(known, part))
    return
  }
  const place = placeOf(order, name)
  if (place >= sum.namesMax) {
    target.others = sum.add(target.others, part)
    return
  }
  order.splice(place, 0, name)
  byName.set(name, sum.add(sum.empty(), part))
  if (order.length <= sum.namesMax) return
  const last = order.pop() ?? ""
  target.others = sum.add(target.others, byName.get(last) ?? sum.empty())
  byName.delete(last)
}

/** Adds the source to the target in place. */
export const addAllNamed = <V>(target: Named<V>, source: Named<V>, sum: Sum<V>): void => {
  for (const [name, part] of source.byName) addNamed(target, name, part, sum)
  target.others = sum.add(target.others, source.others)
}
