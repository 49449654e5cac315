/** Troubles of a simulated site, and when each begins. */
import { wallClock } from "../../src/schema/IsoWeek.ts"
import { dayMs, hourMs, hoursIn, isHoliday, weeksBefore, weeksOf, zone } from "./Calendar.ts"
import type { Chance } from "./Chance.ts"

/** A site that stopped is one that stays silent until its owner hears of it. */
export const troubles = [
  "failing",
  "hanging",
  "silence",
  "stopped",
  "misses",
  "gap",
  "votes",
  "cost"
] as const
export type Trouble = (typeof troubles)[number]

/** An outage is told so soon where a site is busy enough for an hour to show it. */
export const minutesMax = 75
export const outages: ReadonlySet<Trouble> = new Set(["failing", "hanging", "silence", "stopped"])

/** Troubles in which no question arrives. */
export const silences: ReadonlySet<Trouble> = new Set(["silence", "stopped"])

export interface Planted {
  readonly trouble: Trouble
  readonly startMs: number
  readonly endMs: number
}

/** How often each comes in the judged weeks, and how long it lasts. */
const usual: Readonly<Record<Trouble, readonly [times: number, hours: number]>> = {
  failing: [4, 3],
  hanging: [3, 2],
  silence: [4, 3],
  stopped: [2, 30],
  misses: [3, 5],
  gap: [3, 48],
  votes: [2, 30],
  cost: [2, 30]
}

/** Begins at any minute of a day at the office, so that the hourly run comes early or late. */
export const planOf = (seed: number, chance: Chance): ReadonlyArray<Planted> => {
  const days = weeksOf(seed)
    .slice(weeksBefore)
    .map((weekId) => hoursIn(weekId)[0] ?? 0)
    .flatMap((monday) => [0, 2].map((day) => monday + day * dayMs))
    .filter((day) => ![0, 1, 2].some((later) => isHoliday(day + 12 * hourMs + later * dayMs)))
  const wanted = troubles.flatMap((trouble) =>
    Array.from({ length: usual[trouble][0] }, () => trouble)
  )
  return wanted
    .map((trouble): Planted => {
      const [day = 0] = days.splice(chance.whole(days.length), 1)
      // the wall's nine o'clock, and at most five hours later
      const nine = day + 9 * hourMs - (wallClock(day, zone) % dayMs)
      const startMs = nine + chance.whole(5 * hourMs)
      return { trouble, startMs, endMs: startMs + usual[trouble][1] * hourMs }
    })
    .sort((one, other) => one.startMs - other.startMs)
}
