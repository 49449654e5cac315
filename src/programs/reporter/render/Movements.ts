/** The week's measures beside those of the week before. */
import { plus } from "../../../schema/report/Counts.ts"
import {
  isWhole,
  type Measures,
  measuresOf,
  type WeeklyReport
} from "../../../schema/report/WeeklyReport.ts"
import type { Words } from "../words/English.ts"
import { type Delta, delta, type Share, shareDelta, type Unit } from "./Delta.ts"

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

const amount = (
  name: string,
  now: number | undefined,
  base: number | undefined,
  rise: "neutral" | "worse",
  words: Words,
  unit: Unit = { write: words.numbers.count, least: 1 }
): Movement => {
  const written = (n: number | undefined): string =>
    n === undefined ? words.numbers.none : unit.write(n)
  return { name, before: written(base), now: written(now), ...delta(now, base, rise, words, unit) }
}

const costOf = ({ usd: whole, usdAtLeast }: Measures, { cost, numbers }: Words): string => {
  if (whole !== undefined) return numbers.usd(whole)
  return usdAtLeast === undefined || usdAtLeast <= 0
    ? cost.unknown
    : cost.atLeast(numbers.usd(usdAtLeast))
}

/** A cost that is not known whole has words for both weeks, and no change. */
const costMovement = (now: Measures, base: Measures | undefined, words: Words): Movement => ({
  ...amount(words.measures.cost, now.usd, base?.usd, "worse", words, {
    write: words.numbers.usd,
    least: 0.01
  }),
  before: base === undefined ? words.numbers.none : costOf(base, words),
  now: costOf(now, words)
})

export const movementsOf = (report: WeeklyReport, words: Words) => {
  const [now, base] = [measuresOf(report), baseOf(report)]
  const { measures: names, numbers } = words
  const share = answeredOf(now)
  const shareBefore = base && answeredOf(base)
  const moved = (
    measure: "questions" | "sessions" | "missed" | "failed",
    rise: "neutral" | "worse"
  ) => amount(names[measure], now[measure], base?.[measure], rise, words)
  const time = { write: numbers.duration, least: 1 }
  const shareOf = ({ part, whole }: Share): string => numbers.percent(part, whole)
  return {
    questions: moved("questions", "neutral"),
    sessions: moved("sessions", "neutral"),
    answered: {
      name: names.answered,
      before: shareBefore === undefined ? numbers.none : shareOf(shareBefore),
      now: shareOf(share),
      ...shareDelta(share, shareBefore, "better", words)
    },
    missed: moved("missed", "worse"),
    failed: moved("failed", "worse"),
    p95: amount(names.p95, now.p95Ms, base?.p95Ms, "worse", words, time),
    cost: costMovement(now, base, words)
  }
}

export type Movements = ReturnType<typeof movementsOf>

/** A smaller change is ordinary noise. */
const noise = 0.1

/** The largest change; empty without a base. */
export const whatChanged = (report: WeeklyReport, words: Words): ReadonlyArray<string> => {
  if (!isCompared(report)) return []
  const { gist, numbers } = words
  const [largest] = Object.values(movementsOf(report, words)).sort((a, b) => b.size - a.size)
  if (largest === undefined || largest.size < noise) return [gist.still(numbers.share(noise))]
  return [gist.change(largest.name, largest.before, largest.now, largest.words)]
}

const whyNotCompared = { expired: "beforeExpired", unread: "beforeUnread" } as const

/** Names the base of the changes, or says why they are missing. */
export const comparedWith = (report: WeeklyReport, { compared }: Words): string => {
  if (!isWhole(report)) return compared.notOver
  if (report.readUntil !== undefined) return compared.unread
  if (report.previous !== undefined) return compared.before
  const { notCompared } = report
  return compared[notCompared === undefined ? "beforeEmpty" : whyNotCompared[notCompared]]
}
