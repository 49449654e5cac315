/** Merges groups of questions into the known gaps, in whatever words they were asked. */
import { wordingHash } from "../../src/schema/report/GapMark.ts"
import type { AskedGroup } from "./AskedGroup.ts"
import { type Gap, hashOf, idsOf, inState, lastAsked, type Wording, withIds } from "./Gap.ts"

/** Keeps those wordings that were asked last, because more of them add little. */
const wordingsMax = 50

/** The same wording once, from its first time to its last; a text replaces its hash. */
export const mergedWordings = (
  known: ReadonlyArray<Wording>,
  more: ReadonlyArray<Wording>
): ReadonlyArray<Wording> => {
  const all = new Map<string, Wording>()
  for (const one of [...known, ...more]) {
    const before = all.get(hashOf(one))
    const times = {
      first: Math.min(one.first, before?.first ?? one.first),
      last: Math.max(one.last, before?.last ?? one.last)
    }
    const words = before !== undefined && "text" in before ? before : one
    all.set(hashOf(one), { ...words, ...times })
  }
  const wordings = [...all.values()]
  if (wordings.length <= wordingsMax) return wordings
  const kept = new Set(wordings.toSorted((a, b) => b.last - a.last).slice(0, wordingsMax))
  return wordings.filter((one) => kept.has(one))
}

/** The state that the times say, so that the same weeks may be merged again in any order. */
export const settled = (gap: Gap): Gap => {
  const { answered, lastMiss, state } = gap
  if (answered === undefined || (state !== "answered" && state !== "closed")) return gap
  if (lastMiss !== undefined && lastMiss.at > answered.at) return inState(gap, "back", lastMiss.at)
  const last = lastAsked(gap)
  return last > answered.at ? inState(gap, "closed", last) : gap
}

const withGroup = (gap: Gap, { id, lastMiss, wordings }: AskedGroup): Gap => {
  const known = gap.lastMiss
  const miss =
    lastMiss === undefined || (known !== undefined && known.at > lastMiss.timestamp)
      ? known
      : {
          at: lastMiss.timestamp,
          requestId: lastMiss.requestId,
          kind: lastMiss.kind,
          ...(lastMiss.answer === undefined ? {} : { said: lastMiss.answer })
        }
  const { lastMiss: _, ...rest } = gap
  return {
    ...withIds(rest, id === undefined ? [] : [id]),
    ...(miss === undefined ? {} : { lastMiss: miss }),
    wordings: mergedWordings(gap.wordings, wordings)
  }
}

const newGap = (group: AskedGroup): Gap =>
  withGroup(
    {
      version: 1,
      id: group.id ?? `gap-${wordingHash(group.question)}`,
      state: "open",
      since: group.lastMiss?.timestamp ?? 0,
      wordings: []
    },
    group
  )

/** The place of the gap that a group is: by its id, or by the most wordings in common. */
const placeOf = (
  { id, wordings }: AskedGroup,
  places: { readonly ids: Map<string, number>; readonly hashes: Map<string, number> }
): number | undefined => {
  const known = id === undefined ? undefined : places.ids.get(id)
  if (known !== undefined) return known
  const shared = new Map<number, number>()
  for (const wording of wordings) {
    const place = places.hashes.get(hashOf(wording))
    if (place !== undefined) shared.set(place, (shared.get(place) ?? 0) + 1)
  }
  return [...shared].sort(([, one], [, other]) => other - one)[0]?.[0]
}

/** A gap, and how often the questions that were read ask and miss it. */
export interface Counted {
  readonly gap: Gap
  readonly asked: number
  readonly missed: number
}

/** Several groups may be one gap, because its owner merges gaps; a miss alone makes a new one. */
export const mergeGaps = (
  gaps: ReadonlyArray<Gap>,
  groups: ReadonlyArray<AskedGroup>
): ReadonlyArray<Counted> => {
  const counted = gaps.map((gap): Counted => ({ gap, asked: 0, missed: 0 }))
  const places = {
    ids: new Map(gaps.flatMap((gap, place) => idsOf(gap).map((id) => [id, place] as const))),
    hashes: new Map(
      gaps.flatMap((gap, place) => gap.wordings.map((one) => [hashOf(one), place] as const))
    )
  }
  const fresh: Array<Counted> = []
  for (const group of groups) {
    const { asked, missed } = group
    const place = placeOf(group, places)
    const before = place === undefined ? undefined : counted[place]
    if (place !== undefined && before !== undefined) {
      counted[place] = {
        gap: withGroup(before.gap, group),
        asked: before.asked + asked,
        missed: before.missed + missed
      }
    } else if (missed > 0) fresh.push({ gap: newGap(group), asked, missed })
  }
  return [...counted, ...fresh].map((one) => ({ ...one, gap: settled(one.gap) }))
}
