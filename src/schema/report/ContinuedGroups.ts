/** Follows the listed groups from report to report, in whatever words they are asked. */
import type { WeekId } from "../IsoWeek.ts"
import { add } from "./Counts.ts"
import { type GroupId, groupId } from "./GroupId.ts"
import type { GroupLine } from "./GroupLine.ts"
import { questionKey } from "./QuestionTally.ts"
import type { MissedLine, QuestionLine, WeeklyReport } from "./WeeklyReport.ts"

/** A group as the last report listed it. */
export interface ListedGroup {
  readonly id: GroupId
  /** Its listed wordings, each by its `questionKey`. */
  readonly keys: ReadonlySet<string>
}

export type ListedLine = Pick<QuestionLine, "id" | "others" | "question">

/** Each group once, in the order of the lists; a report without ids has none. */
export const listedIn = (report: WeeklyReport): ReadonlyArray<ListedGroup> => {
  const keys = new Map<GroupId, Set<string>>()
  const lines: ReadonlyArray<ListedLine> = [
    ...report.topQuestions,
    ...report.unanswered,
    ...report.closed
  ]
  for (const { id, others = [], question } of lines) {
    if (id === undefined) continue
    const known = keys.get(id) ?? new Set()
    for (const wording of [question, ...others.map((other) => other.question)]) {
      known.add(questionKey(wording))
    }
    keys.set(id, known)
  }
  return [...keys].map(([id, own]) => ({ id, keys: own }))
}

/**
 * Gives each line the id of the listed group that it continues, if any. The largest overlap of
 * wordings comes first, then the order of the lists and of the groups. An id goes to one group
 * alone: a split gives it to the part with more of the wordings, and a merger keeps one.
 */
export const withOldIds = (
  groups: ReadonlyArray<Pick<GroupLine, "keys" | "line">>,
  listed: ReadonlyArray<ListedGroup>
): ReadonlyArray<MissedLine> => {
  const homes = new Map(groups.flatMap(({ keys }, place) => keys.map((key) => [key, place])))
  const overlaps = listed.flatMap(({ id, keys }, rank) => {
    const shared = new Map<number, number>()
    for (const key of keys) {
      const place = homes.get(key)
      if (place !== undefined) add(shared, place)
    }
    return [...shared].map(([place, overlap]) => ({ id, overlap, place, rank }))
  })
  const ids = new Map<number, GroupId>()
  const given = new Set<GroupId>()
  for (const { id, place } of overlaps.sort(
    (a, b) => b.overlap - a.overlap || a.rank - b.rank || a.place - b.place
  )) {
    if (ids.has(place) || given.has(id)) continue
    ids.set(place, id)
    given.add(id)
  }
  return groups.map(({ line }, place) => {
    const id = ids.get(place)
    return id === undefined ? line : { ...line, id }
  })
}

/** Gives new ids to the lines that continue no group; the same question has one id in all lists. */
export const withNewIds = (weekId: WeekId) => {
  const fresh = new Map<string, GroupId>()
  return <L extends ListedLine>(line: L): L => {
    if (line.id !== undefined) return line
    const id = fresh.get(line.question) ?? groupId(weekId, fresh.size + 1)
    fresh.set(line.question, id)
    return { ...line, id }
  }
}
