import type { Period } from "../IsoWeek.ts"
import { type ListedGroup, listedIn } from "./ContinuedGroups.ts"
import type { GapFate } from "./GapFate.ts"
import type { QuestionsBefore, WeekBefore } from "./WeekBefore.ts"
import {
  answersIn,
  isWhole,
  measuresOf,
  missedOf,
  trendLengthMax,
  type WeeklyReport
} from "./WeeklyReport.ts"

export interface Comparison {
  readonly period: Period
  /** Reports of earlier weeks as they were frozen, oldest first. */
  readonly earlier: ReadonlyArray<WeeklyReport>
  /** The week just before, or the reason why it could not be read. */
  readonly before?: WeekBefore | NonNullable<WeeklyReport["notCompared"]>
}

type Compared = Pick<WeeklyReport, "late" | "notCompared" | "previous" | "trend"> & {
  readonly questionsBefore?: QuestionsBefore
}

/** Counts what came after the report was frozen; erased questions can hide some of it. */
const lateIn = (now: WeeklyReport, frozen: WeeklyReport | undefined) => {
  if (frozen === undefined) return {}
  const late = {
    questions: Math.max(0, now.questions - frozen.questions),
    answers: Math.max(0, answersIn(now) - answersIn(frozen))
  }
  return late.questions + late.answers === 0 ? {} : { late }
}

const trendOf = (weeks: ReadonlyArray<WeeklyReport>): WeeklyReport["trend"] =>
  weeks.slice(1 - trendLengthMax).map((report) => ({
    weekId: report.period.weekId,
    questions: report.questions,
    missed: missedOf(report)
  }))

/** The last report, which may have read a part of its week; at most one. */
const lastReport = ({ earlier, period }: Comparison): ReadonlyArray<WeeklyReport> =>
  earlier.filter((one) => isWhole(one) && one.period.endMs === period.startMs)

export const listedBefore = (comparison: Comparison): ReadonlyArray<ListedGroup> =>
  lastReport(comparison).flatMap(listedIn)

/** What the last report told of the owner's gaps. */
export const gapsBefore = (comparison: Comparison): ReadonlyArray<GapFate> =>
  lastReport(comparison).flatMap(({ gaps = [] }) => gaps)

/**
 * Compares with the week before as it stands now. A week without an event and without a report is
 * left out, because the system may not have run yet.
 */
export const compareWeeks = ({ before, earlier, period }: Comparison): Compared => {
  const whole = earlier.filter(
    (one) => isWhole(one) && one.readUntil === undefined && one.period.endMs <= period.startMs
  )
  if (before === undefined) return { trend: trendOf(whole) }
  if (typeof before === "string") return { notCompared: before, trend: trendOf(whole) }
  const { questions, report } = before
  const frozen = whole.find((one) => one.period.endMs === period.startMs)
  if (frozen === undefined && (report.events ?? 0) === 0) return { trend: trendOf(whole) }
  const others = whole.filter((one) => one.period.weekId !== report.period.weekId)
  return {
    questionsBefore: questions,
    previous: measuresOf(report),
    ...lateIn(report, frozen),
    trend: trendOf([...others, report])
  }
}
