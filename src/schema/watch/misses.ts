/** More questions without a good answer than the weeks before explain. */
import type * as DateTime from "effect/DateTime"
import { bucketMs } from "../report/WeeklyTally.ts"
import { chanceOfHits } from "./chance.ts"
import { type Exchange, sessionsIn } from "./Exchange.ts"
import type { Finding } from "./Finding.ts"
import { hourOfWeek, type Usual, usualWeeksMin } from "./Usual.ts"

const missesMin = 8
const visitorsMin = 4
const chanceMax = 1e-5

/** One visitor who asks in vain again and again is one visitor. */
const perVisitorMax = 3

/** The weight of a site's mean among the few questions that an hour of the week has. */
const meanWeight = 40

const firstOfEach = (exchanges: ReadonlyArray<Exchange>): ReadonlyArray<Exchange> => {
  const asked = new Map<string, number>()
  return exchanges.filter(({ session }) => {
    const count = (asked.get(session) ?? 0) + 1
    asked.set(session, count)
    return count <= perVisitorMax
  })
}

/** The top of the band: the share of these hours of the week, and twice what weeks differ by. */
const bandOf = (
  exchanges: ReadonlyArray<Exchange>,
  { asked, missed, missedShare, missedSpread }: Usual,
  zone: DateTime.TimeZone
): number => {
  const quarters = new Set(exchanges.map(({ at }) => Math.floor(at / bucketMs)))
  const hours = new Set([...quarters].map((quarter) => hourOfWeek(quarter * bucketMs, zone)))
  let [questions, misses] = [meanWeight, meanWeight * missedShare]
  for (const hour of hours) {
    questions += asked[hour] ?? 0
    misses += missed[hour] ?? 0
  }
  return Math.max(missedShare, misses / questions) + 2 * missedSpread
}

/**
 * From the moment until now that is the least likely by chance. Failures are told by themselves, so
 * they are left out.
 */
export const misses = (
  exchanges: ReadonlyArray<Exchange>,
  usual: Usual,
  zone: DateTime.TimeZone
): Finding | undefined => {
  if (usual.weeks < usualWeeksMin) return undefined
  const answered = firstOfEach(exchanges.filter(({ fate }) => fate === "good" || fate === "missed"))
  const band = bandOf(answered, usual, zone)
  const usualPercent = Math.round(100 * usual.missedShare)
  let [missed, least] = [0, chanceMax]
  let found: Finding | undefined
  for (let first = answered.length - 1; first >= 0; first--) {
    const exchange = answered[first]
    if (exchange?.fate !== "missed") continue
    missed += 1
    const asked = answered.length - first
    if (missed < missesMin || missed <= asked * band) continue
    const chance = chanceOfHits(missed, asked, band)
    if (chance > least) continue
    const all = answered.slice(first).filter(({ fate }) => fate === "missed")
    if (sessionsIn(all) < visitorsMin) continue
    least = chance
    found = { kind: "misses", sinceMs: exchange.at, counts: { missed, asked, usualPercent } }
  }
  return found
}
