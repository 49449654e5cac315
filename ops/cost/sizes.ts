/** Numbers that were measured at some sizes of an event, at a size between them. */

/** Mixes the numbers of two values of one shape, wherever they lie in it. */
const mixed = (one: unknown, other: unknown, share: number): unknown => {
  if (typeof one === "number" && typeof other === "number") return one + share * (other - one)
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.map((value, at) => mixed(value, other[at], share))
  }
  if (typeof one !== "object" || one === null) return one
  const others = new Map(Object.entries(other ?? {}))
  return Object.fromEntries(
    Object.entries(one).map(([name, value]) => [name, mixed(value, others.get(name), share)])
  )
}

/** Interpolates between two measured sizes, and beyond the last two. */
export const betweenSizes = <A extends { readonly eventKb: number }>(
  measured: ReadonlyArray<A>,
  eventKb: number
): A => {
  const at = measured.findIndex((size) => size.eventKb >= eventKb)
  const to = Math.max(1, at === -1 ? measured.length - 1 : at)
  const [one, other] = measured.slice(to - 1)
  if (one === undefined || other === undefined) throw new Error("two sizes must be measured")
  const share = Math.max(0, (eventKb - one.eventKb) / (other.eventKb - one.eventKb))
  return mixed(one, other, share) as A
}
