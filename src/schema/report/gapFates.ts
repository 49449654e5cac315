/** Knows the owner's gaps again by their wordings, and says what the week shows of them. */
import { add } from "./Counts.ts"
import type { GapFate } from "./GapFate.ts"
import { type GapMark, wordingHash } from "./GapMark.ts"
import type { GroupLine } from "./GroupLine.ts"
import { missedIn } from "./Missed.ts"

/**
 * The mark whose wordings a group shares most, for each group. A mark may have several groups,
 * because its owner merges gaps, and a week may split them.
 */
const markedGroups = (groups: ReadonlyArray<GroupLine>, marks: ReadonlyArray<GapMark>) => {
  const owners = new Map<string, GapMark>()
  for (const mark of marks.toReversed()) {
    for (const hash of mark.wordings) owners.set(hash, mark)
  }
  const found = new Map<GapMark, Array<number>>()
  for (const [place, { keys }] of groups.entries()) {
    const shared = new Map<GapMark, number>()
    for (const key of keys) {
      const mark = owners.get(wordingHash(key))
      if (mark !== undefined) add(shared, mark)
    }
    const [best] = [...shared].sort(([, one], [, other]) => other - one)
    if (best !== undefined) found.set(best[0], [...(found.get(best[0]) ?? []), place])
  }
  return found
}

const fateOf = (
  { since, state }: GapMark,
  groups: ReadonlyArray<GroupLine>,
  wasClosed: boolean
): GapFate["fate"] => {
  if (state === "ignored") return "ignored"
  if (groups.some(({ line }) => (line.lastMiss?.timestamp ?? 0) > since)) return "back"
  if (state === "closed" || wasClosed) return "kept"
  return groups.some(({ lastAsked }) => lastAsked > since) ? "closed" : "quiet"
}

/** The fate of each mark, and the places of the groups that shall not be listed. */
export const gapFates = (
  groups: ReadonlyArray<GroupLine>,
  marks: ReadonlyArray<GapMark>,
  before: ReadonlyArray<GapFate>
) => {
  const found = marks.length === 0 ? undefined : markedGroups(groups, marks)
  const closed = new Set(
    before.flatMap(({ fate, id }) => (fate === "closed" || fate === "kept" ? [id] : []))
  )
  const ignored = new Set<number>()
  const fates = marks.map((mark): GapFate => {
    const places = found?.get(mark) ?? []
    if (mark.state === "ignored") for (const place of places) ignored.add(place)
    const own = places.flatMap((place) => groups[place] ?? [])
    const [most] = own.toSorted((a, b) => b.line.asked - a.line.asked)
    return {
      id: mark.id,
      fate: fateOf(mark, own, closed.has(mark.id)),
      ...(most === undefined ? {} : { question: most.line.question }),
      asked: own.reduce((sum, { line }) => sum + line.asked, 0),
      missed: own.reduce((sum, { line }) => sum + missedIn(line), 0)
    }
  })
  return { fates, ignored }
}
