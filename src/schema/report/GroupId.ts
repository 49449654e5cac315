/**
 * The identity of a listed group of questions: the week whose report listed it first, and a number
 * in that report, such as `2026-W47-3`. No wording is in it, so it stays when one is erased.
 */
import * as Schema from "effect/Schema"
import { WeekId } from "../IsoWeek.ts"

const pattern = /^(\d{4}-W(?:0[1-9]|[1-4]\d|5[0-3]))-\d+$/

const weekIn = (id: string): string => id.replace(pattern, "$1")

export const GroupId = Schema.String.check(
  Schema.isPattern(pattern, { expected: "a week and a number such as 2026-W47-3" }),
  Schema.makeFilter((id) => Schema.is(WeekId)(weekIn(id)) || "a week that the year has")
).pipe(Schema.brand("GroupId"))
export type GroupId = typeof GroupId.Type

export const groupId = (weekId: WeekId, number: number): GroupId =>
  GroupId.make(`${weekId}-${number}`)

/** The week whose report listed the group first; every report since then has listed it. */
export const firstWeekOf = (id: GroupId): WeekId => WeekId.make(weekIn(id))
