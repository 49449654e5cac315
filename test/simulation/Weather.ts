import { type Call, calls, isOfDrain, type Mishap, mishaps } from "./Coverage.ts"
import type { Random } from "./Random.ts"

/** How likely each fault is wherever it can occur; 0 for most faults in most histories. */
export interface Weather {
  readonly calls: Readonly<Record<Call, Readonly<Record<Mishap, number>>>>
  readonly batchRefused: number
  readonly entryRefused: number
  readonly entryFails: number
  readonly entryLeftOut: number
  readonly isolateDies: number
  readonly halfWritten: number
  readonly enrichmentFails: number
  readonly pollerDies: number
  readonly pollerIsSlow: number
  readonly ackLost: number
  readonly ackPartlyLost: number
  readonly killed: number
  readonly firedTwice: number
  readonly firingLost: number
  readonly drainBeginsLate: number
  readonly entryNotDeleted: number
  /** The reporter computes for so long that it cannot renew its claim, or waits for the table. */
  readonly reporterIsSlow: number
}

/** A fault is off in most histories, so that the others show their effect without it. */
const rate = (chance: Random, isOn: number, rates: readonly [number, ...Array<number>]): number =>
  chance.chance(isOn) ? chance.pick(rates) : 0

const isCrash = (mishap: Mishap): boolean => mishap.startsWith("crash")

const rateOf = (chance: Random, call: Call, mishap: Mishap): number => {
  // few weeks are skipped and few events kept, so that their faults must be frequent to occur
  if (call === "skip" || call === "keep") return rate(chance, 0.3, [0.2, 0.5])
  const isFrequent = call === "record" || call === "publish" || isOfDrain(call)
  if (!isFrequent) return rate(chance, 0.12, [0.2, 0.5])
  return isCrash(mishap) ? rate(chance, 0.2, [0.02, 0.1]) : rate(chance, 0.25, [0.03, 0.1, 0.4])
}

const ratesOf = (chance: Random, of: ReadonlyArray<Call>) =>
  Object.fromEntries(
    of.map((call) => [
      call,
      Object.fromEntries(mishaps.map((mishap) => [mishap, rateOf(chance, call, mishap)]))
    ])
  )

const weatherOfDrains = (chance: Random) => ({
  calls: ratesOf(chance, calls.filter(isOfDrain)),
  firedTwice: rate(chance, 0.3, [0.1, 0.5]),
  firingLost: rate(chance, 0.2, [0.1, 0.3]),
  drainBeginsLate: rate(chance, 0.2, [0.1, 0.3]),
  entryNotDeleted: rate(chance, 0.2, [0.1, 0.4]),
  /** Few reports are withdrawn, so that these faults must be frequent to occur. */
  withdraw: Object.fromEntries(mishaps.map((mishap) => [mishap, rate(chance, 0.3, [0.2, 0.5])]))
})

const weatherOfOthers = (chance: Random) => ({
  batchRefused: rate(chance, 0.1, [0.1, 0.3]),
  entryRefused: rate(chance, 0.15, [0.1, 0.3]),
  entryFails: rate(chance, 0.15, [0.2, 0.6]),
  entryLeftOut: rate(chance, 0.1, [0.2]),
  isolateDies: rate(chance, 0.2, [0.1, 0.4]),
  halfWritten: rate(chance, 0.2, [0.1, 0.4]),
  enrichmentFails: rate(chance, 0.1, [0.3]),
  pollerDies: rate(chance, 0.2, [0.05, 0.15]),
  pollerIsSlow: rate(chance, 0.2, [0.1, 0.3]),
  ackLost: rate(chance, 0.2, [0.05, 0.15]),
  ackPartlyLost: rate(chance, 0.2, [0.05, 0.15]),
  killed: rate(chance, 0.15, [0.05, 0.15]),
  reporterIsSlow: rate(chance, 0.2, [0.3, 0.7])
})

/** What was added later has a stream of chance to itself, so that other histories stay as they were. */
export const weatherOf = (chance: Random, ofDrains: Random): Weather => {
  const { calls: callsOfDrains, withdraw, ...drains } = weatherOfDrains(ofDrains)
  const others = ratesOf(
    chance,
    calls.filter((call) => !isOfDrain(call))
  )
  return {
    ...drains,
    calls: { ...others, ...callsOfDrains, withdraw } as Weather["calls"],
    ...weatherOfOthers(chance)
  }
}
