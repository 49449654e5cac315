import * as DateTime from "effect/DateTime"
import { periodOf, WeekId } from "../../src/schema/IsoWeek.ts"
import { Random } from "./Random.ts"
import { requestIdOf, type Sending, sendingsOf } from "./Sending.ts"
import { type Weather, weatherOf } from "./Weather.ts"

export interface Outage {
  readonly from: number
  readonly to: number
  readonly isLong: boolean
  /** A store that does not answer at all, instead of refusing. */
  readonly isSilent: boolean
}

/** What the store does to one request, so many times, or until everything is repaired. */
export interface Broken {
  readonly how: "defect of one record" | "record refused"
  readonly times: number
}

export interface Redrive {
  readonly at: number
  readonly how: "whole" | "interrupted" | "twice"
}

/** Everything that a seed decides before anything happens; the rest is drawn from `chance`. */
export interface History {
  readonly seed: number
  readonly zone: DateTime.TimeZone.Named
  readonly startAt: number
  /** From then on nothing goes wrong any more. */
  readonly calmAt: number
  readonly sendings: ReadonlyArray<Sending>
  readonly outage: Outage | undefined
  readonly broken: ReadonlyMap<string, Broken>
  readonly redrives: ReadonlyArray<Redrive>
  /** When the schedule fires, once or more, for a week that has just ended. */
  readonly fires: ReadonlyArray<number>
  readonly clockSteps: ReadonlyArray<{ readonly at: number; readonly error: number }>
  readonly pollers: number
  readonly weather: Weather
  readonly chance: Random
}

const minute = 60_000
const hour = 60 * minute

/** Ends of weeks with nothing to them, with a change of the clocks, and with a change of year. */
const weeks = ["2026-W47", "2026-W43", "2027-W12", "2026-W53"].map((id) => WeekId.make(id))
const zones = ["Etc/UTC", "Europe/London", "Asia/Kathmandu", "America/New_York"].map((name) =>
  DateTime.zoneMakeNamedUnsafe(name)
)

const clockErrors = [
  -7 * 24 * hour,
  -9 * hour,
  -20 * minute,
  20 * minute,
  9 * hour,
  26 * hour
] as const

/** The edge's clock is right, or wrong from some time on; a wrong one is what events carry. */
const edgeClock = (chance: Random, from: number, to: number): ((at: number) => number) => {
  if (chance.chance(0.65)) return (at) => at
  const stepAt = chance.whole(from, to)
  const error = chance.pick(clockErrors)
  return (at) => (at >= stepAt ? at + error : at)
}

const outageOf = (chance: Random, from: number, to: number): Outage | undefined => {
  if (chance.chance(0.5)) return undefined
  const isLong = chance.chance(0.4)
  const start = chance.whole(from, to)
  const length = isLong ? chance.whole(16 * minute, 180 * minute) : chance.whole(1, 15 * minute - 1)
  return { from: start, to: start + length, isLong, isSilent: chance.chance(0.4) }
}

const brokenOf = (chance: Random): Broken => ({
  how: chance.chance(0.6) ? "defect of one record" : "record refused",
  times: chance.chance(0.5) ? chance.whole(1, 3) : Number.POSITIVE_INFINITY
})

const firesOf = (chance: Random, mondayMorning: number): ReadonlyArray<number> => {
  if (chance.chance(0.3)) return [mondayMorning]
  const again = chance.pick([0, 0, 50, 2000, 30_000, 10 * minute, 5 * hour])
  return [mondayMorning, mondayMorning + again, ...(chance.chance(0.2) ? [mondayMorning + 1] : [])]
}

const redrivesOf = (chance: Random, from: number, to: number): ReadonlyArray<Redrive> =>
  chance.chance(0.5)
    ? []
    : Array.from({ length: chance.whole(1, 2) }, () => ({
        at: chance.whole(from, to),
        how: chance.pick(["whole", "interrupted", "twice"] as const)
      }))

/** A clock that is wrong around the time at which the schedule fires, and is put right later. */
const clockStepsOf = (chance: Random, mondayMorning: number) =>
  chance.chance(0.75)
    ? []
    : [
        {
          at: mondayMorning - chance.whole(1, 60) * minute,
          error: chance.pick(clockErrors)
        },
        { at: mondayMorning + chance.whole(1, 90) * minute, error: 0 }
      ]

/** From the evening of a Sunday to the afternoon of the Monday on which the week is reported. */
export const historyOf = (seed: number): History => {
  const chance = new Random(seed)
  const zone = zones[chance.whole(0, zones.length - 1)]!
  const { endMs } = periodOf(weeks[chance.whole(0, weeks.length - 1)]!, zone)
  const mondayMorning = endMs + 7 * hour
  const startAt = endMs - 4 * hour
  const lastAt = mondayMorning + 2 * hour
  const timestampAt = edgeClock(chance, startAt, lastAt)
  const count = chance.whole(1, 12)
  // most of them close together, so that batches hold several groups
  const center = chance.whole(endMs - 2 * hour, mondayMorning + hour)
  const sendings = Array.from({ length: count }, (_, n) => {
    const at = chance.chance(0.7)
      ? center + chance.whole(0, 20 * minute)
      : chance.whole(startAt, lastAt)
    return sendingsOf(chance, n + 1, at, timestampAt(at))
  }).flat()
  const outage = outageOf(chance, center - 10 * minute, center + 30 * minute)
  const broken = Array.from({ length: count }, (_, n) => n + 1).filter(() => chance.chance(0.06))
  const redrives = redrivesOf(chance, center + hour, lastAt + 2 * hour)
  return {
    seed,
    zone,
    startAt,
    calmAt: lastAt + 3 * hour,
    sendings,
    outage,
    broken: new Map(broken.map((n) => [requestIdOf(n), brokenOf(chance)])),
    redrives,
    fires: firesOf(chance, mondayMorning),
    clockSteps: clockStepsOf(chance, mondayMorning),
    pollers: chance.whole(1, 5),
    weather: weatherOf(chance),
    chance: chance.fork()
  }
}
