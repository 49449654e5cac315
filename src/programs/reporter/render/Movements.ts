/** The week's measures beside those of the week before. */
import { plus } from "../../../schema/report/Counts.ts"
import {
  isWhole,
  type Measures,
  measuresOf,
  type WeeklyReport
} from "../../../schema/report/WeeklyReport.ts"
import { type Delta, delta, type Share, shareDelta, type Unit, whole } from "./Delta.ts"
import { duration, percent, usd } from "./Format.ts"

/** A change, with the amounts before and after it in words. */
interface Movement extends Delta {
  readonly name: string
  readonly before: string
  readonly now: string
}

/** An unfinished week has no base, because a part is always less than a whole. */
const baseOf = (report: WeeklyReport): Measures | undefined =>
  isWhole(report) ? report.previous : undefined

export const isCompared = (report: WeeklyReport): boolean => baseOf(report) !== undefined

const answeredOf = ({ answered, missed }: Measures): Share => ({
  part: answered,
  whole: plus(answered, missed)
})

const shareOf = ({ part, whole }: Share): string => percent(part, whole)

const amount = (
  name: string,
  now: number | undefined,
  base: number | undefined,
  rise: "neutral" | "worse",
  unit: Unit = whole
): Movement => {
  const written = (n: number | undefined): string => (n === undefined ? "n/a" : unit.write(n))
  return { name, before: written(base), now: written(now), ...delta(now, base, rise, unit) }
}

const costOf = ({ usd: whole, usdAtLeast }: Measures): string => {
  if (whole !== undefined) return usd(whole)
  return usdAtLeast === undefined || usdAtLeast <= 0 ? "unknown" : `at least ${usd(usdAtLeast)}`
}

/** A cost that is not known whole has words for both weeks, and no change. */
const costMovement = (now: Measures, base: Measures | undefined): Movement => ({
  ...amount("cost", now.usd, base?.usd, "worse", { write: usd, least: 0.01 }),
  before: base === undefined ? "n/a" : costOf(base),
  now: costOf(now)
})

export const movementsOf = (report: WeeklyReport) => {
  const [now, base] = [measuresOf(report), baseOf(report)]
  const share = answeredOf(now)
  const shareBefore = base && answeredOf(base)
  return {
    questions: amount("questions", now.questions, base?.questions, "neutral"),
    sessions: amount("sessions", now.sessions, base?.sessions, "neutral"),
    answered: {
      name: "share answered",
      before: shareBefore === undefined ? "n/a" : shareOf(shareBefore),
      now: shareOf(share),
      ...shareDelta(share, shareBefore, "better")
    },
    missed: amount("missed questions", now.missed, base?.missed, "worse"),
    failed: amount("failed answers", now.failed, base?.failed, "worse"),
    p95: amount("answer time", now.p95Ms, base?.p95Ms, "worse", { write: duration, least: 1 }),
    cost: costMovement(now, base)
  }
}

export type Movements = ReturnType<typeof movementsOf>

/** A smaller change is ordinary noise. */
const noise = 0.1

/** The largest change; empty without a base. */
export const whatChanged = (report: WeeklyReport): ReadonlyArray<string> => {
  if (!isCompared(report)) return []
  const [largest] = Object.values(movementsOf(report)).sort((a, b) => b.size - a.size)
  if (largest === undefined || largest.size < noise) return ["nothing by 10% or more"]
  const { before, name, now, words } = largest
  return [`${name}, from ${before} to ${now} (${words})`]
}

const whyNotCompared = {
  expired: "the questions of the week before have expired",
  unread: "the week before could not be read in time"
} as const

/** Names the base of the changes, or says why they are missing. */
export const comparedWith = (report: WeeklyReport): string => {
  if (!isWhole(report)) return "Changes are not shown because the week is not over."
  if (report.readUntil !== undefined) {
    return "Changes are not shown because a part of the week could not be read."
  }
  if (report.previous !== undefined) return "Changes compare with the week before."
  const why =
    report.notCompared === undefined
      ? "nothing was recorded in the week before"
      : whyNotCompared[report.notCompared]
  return `Changes are not shown because ${why}.`
}
