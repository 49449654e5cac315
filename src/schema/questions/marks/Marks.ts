/** The marks that keep questions apart, however alike their words are. */

export interface Marks {
  /** Must be equal: negation, numbers, places, signs, "off", "before", "less" and the like. */
  readonly firm: string
  /** Must not contradict: the asking word, who speaks of whom, the way between two places. */
  readonly single: ReadonlyMap<string, string>
}

/** The marks of both together, absent if they contradict each other. */
export const joinedMarks = (one: Marks, other: Marks): Marks | undefined => {
  if (one.firm !== other.firm) return undefined
  const [few, many] = one.single.size < other.single.size ? [one, other] : [other, one]
  let more: Map<string, string> | undefined
  for (const [concern, value] of few.single) {
    const theirs = many.single.get(concern)
    if (theirs !== undefined && theirs !== value) return undefined
    if (theirs === undefined) more = (more ?? new Map(many.single)).set(concern, value)
  }
  return more === undefined ? many : { firm: one.firm, single: more }
}

/** Equal for marks that say the same. */
export const keyOfMarks = ({ firm, single }: Marks): string =>
  [
    firm,
    ...[...single]
      .map(([concern, value]) => `${concern}=${value}`)
      .toSorted((a, b) => (a < b ? -1 : 1))
  ].join("|")
