import * as DateTime from "effect/DateTime"
import type { Definitions } from "../../infra/definitions/Definitions.ts"
import type { ReportQuietWeek } from "../../src/programs/reporter/settings.ts"
import { periodOf, WeekId } from "../../src/schema/IsoWeek.ts"
import { type ClockSteps, clockStepsOf, errorAt } from "./Clocks.ts"
import { type VisitorRequest, visitorRequest } from "./edge/VisitorRequest.ts"
import { Random } from "./Random.ts"
import { requestIdOf, type Sending, sendingsOf } from "./Sending.ts"
import { votesOf } from "./Votes.ts"
import { type Weather, weatherOf } from "./Weather.ts"

export interface Outage {
  readonly from: number
  readonly to: number
  readonly isLong: boolean
  /** The machine does not answer at all, instead of refusing. */
  readonly isSilent: boolean
}

/** The store does this to one request, so many times, or until everything is repaired. */
export interface Broken {
  readonly how: "defect of one record" | "record refused"
  readonly times: number
}

/** An operator asks for the week's report, or to send it again. */
export interface Ask {
  readonly at: number
  readonly what: "report" | "resend"
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
  /** The week that ends in this history. */
  readonly weekId: WeekId
  readonly quietWeek: ReportQuietWeek
  /** Faults end at this time, and every clock is right. */
  readonly calmAt: number
  /** Questions that visitors ask through the Worker. */
  readonly requests: ReadonlyArray<VisitorRequest>
  /** Messages that come into the queue as they are, right or wrong. */
  readonly sendings: ReadonlyArray<Sending>
  readonly outage: Outage | undefined
  /** The queue is out of the edge's reach. */
  readonly queueOutage: Outage | undefined
  readonly broken: ReadonlyMap<string, Broken>
  readonly redrives: ReadonlyArray<Redrive>
  /** The schedule fires at these times, once or more, because a week has just ended. */
  readonly fires: ReadonlyArray<number>
  readonly asks: ReadonlyArray<Ask>
  readonly clockSteps: ClockSteps
  readonly areClocksSkewed: boolean
  readonly isOnDynamoDb: boolean
  readonly delivery: Definitions["delivery"]["by"]
  readonly pollers: number
  readonly weather: Weather
  readonly chance: Random
}

interface Span {
  readonly from: number
  readonly to: number
  readonly center: number
}

const minute = 60_000
const hour = 60 * minute

/** The end of a plain week, two with a change to or from summer time, and one with a new year. */
const weeks = ["2026-W47", "2026-W43", "2027-W12", "2026-W53"].map((id) => WeekId.make(id))
const zones = ["Etc/UTC", "Europe/London", "Asia/Kathmandu", "America/New_York"].map((name) =>
  DateTime.zoneMakeNamedUnsafe(name)
)

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
  const again = chance.pick([0, 0, 50, 50, 2000, 30_000, 10 * minute, 5 * hour])
  return [mondayMorning, mondayMorning + again, ...(chance.chance(0.2) ? [mondayMorning + 1] : [])]
}

const redrivesOf = (chance: Random, from: number, to: number): ReadonlyArray<Redrive> =>
  chance.chance(0.5)
    ? []
    : Array.from({ length: chance.whole(1, 2) }, () => ({
        at: chance.whole(from, to),
        how: chance.pick(["whole", "interrupted", "twice"] as const)
      }))

const asksOf = (chance: Random, endMs: number, mondayMorning: number): ReadonlyArray<Ask> => {
  const before = () => ({ at: endMs - chance.whole(1, 230) * minute, what: "report" }) as const
  const after = () =>
    ({ at: mondayMorning + chance.whole(-30, 240) * minute, what: "resend" }) as const
  return [
    ...(chance.chance(0.15) ? [before()] : []),
    ...(chance.chance(0.05) ? [before()] : []),
    ...(chance.chance(0.15) ? [after()] : [])
  ]
}

/** This share of the histories runs on the DynamoDB adapters, which take longer. */
const dynamoDbShare = 0.1

/** Visitors ask in all weeks but this share, which is quiet. */
const quietShare = 0.12

/** Most questions come close together, so that batches hold several groups. */
const questionTimes = (chance: Random, { center, from, to }: Span): ReadonlyArray<number> =>
  Array.from({ length: chance.chance(quietShare) ? 0 : chance.whole(1, 11) }, () =>
    chance.chance(0.7) ? center + chance.whole(0, 20 * minute) : chance.whole(from, to)
  )

/** Some visitors ask through the Worker; the messages of the others are in the queue as scripted. */
const eventsOf = (chance: Random, steps: ClockSteps, times: ReadonlyArray<number>) => {
  const requests: Array<VisitorRequest> = []
  const sendings: Array<Sending> = []
  for (const [index, at] of times.entries()) {
    const n = index + 1
    if (chance.chance(0.4)) requests.push(visitorRequest(chance, n, at))
    else sendings.push(...sendingsOf(chance, n, at, at + errorAt(steps.edge, at)))
  }
  return { requests, sendings }
}

/** This share of the histories has a queue that a schedule drains. */
const drainedShare = 0.35

/** Begins on a Sunday evening, and ends on the Monday on which the week is reported. */
export const historyOf = (seed: number): History => {
  const chance = new Random(seed)
  const ofDrains = new Random(seed + 2 ** 44)
  const zone = zones[chance.whole(0, zones.length - 1)]!
  const weekId = weeks[chance.whole(0, weeks.length - 1)]!
  const { endMs } = periodOf(weekId, zone)
  const mondayMorning = endMs + 7 * hour
  const from = endMs - 4 * hour
  const to = mondayMorning + 2 * hour
  const center = chance.whole(endMs - 2 * hour, mondayMorning + hour)
  const questionsAt = questionTimes(chance, { from, to, center })
  const clockSteps = clockStepsOf(chance, { from, to, questionsAt, fireAt: mondayMorning })
  const { requests, sendings: halves } = eventsOf(chance, clockSteps, questionsAt)
  const scripted = new Set(halves.map(({ group }) => group))
  const asked = questionsAt
    .map((at, index) => ({ n: index + 1, at, timestamp: at + errorAt(clockSteps.edge, at) }))
    .filter(({ n }) => scripted.has(requestIdOf(n)))
  // a separate source, so that the other events of a seed stay as they are
  const sendings = [...halves, ...votesOf(new Random(seed + 2 ** 45), asked)]
  const outages = () => outageOf(chance, center - 10 * minute, center + 30 * minute)
  const broken = questionsAt.map((_, index) => index + 1).filter(() => chance.chance(0.06))
  const history: History = {
    seed,
    zone,
    startAt: from,
    weekId,
    quietWeek: chance.chance(0.5) ? "skip" : "send",
    calmAt: to + 3 * hour,
    requests,
    sendings,
    outage: outages(),
    queueOutage: outages(),
    broken: new Map(broken.map((n) => [requestIdOf(n), brokenOf(chance)])),
    redrives: redrivesOf(chance, center + hour, to + 2 * hour),
    fires: firesOf(chance, mondayMorning),
    asks: asksOf(chance, endMs, mondayMorning),
    clockSteps,
    areClocksSkewed: chance.chance(0.5),
    isOnDynamoDb: chance.chance(dynamoDbShare),
    delivery: ofDrains.chance(drainedShare) ? "schedule" : "trigger",
    pollers: chance.whole(1, 5),
    weather: weatherOf(chance, ofDrains),
    chance: chance.fork()
  }
  if (chance.chance(0.9)) return history
  const inMidRun = mondayMorning + 10
  return { ...history, outage: outageOf(chance, inMidRun, inMidRun + 150) }
}
