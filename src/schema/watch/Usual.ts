/**
 * What is usual on a site, by its frozen reports: visitors and misses of each hour of the week, and
 * the shares that weeks have of failures, misses and votes down.
 */
import type * as DateTime from "effect/DateTime"
import { wallClock } from "../IsoWeek.ts"
import { listedIn } from "../report/ContinuedGroups.ts"
import { total } from "../report/Counts.ts"
import { missedIn } from "../report/Missed.ts"
import { isWhole, listLengthMax, missedOf, type WeeklyReport } from "../report/WeeklyReport.ts"

/** As many weeks as the trend of a report shows. */
export const usualWeeksMax = 8

/** Fewer weeks tell no habit. */
export const usualWeeksMin = 3

const hourMs = 3_600_000
const hoursOfWeek = 168

export interface Usual {
  readonly weeks: number
  /** Visitors of each hour of the week, Monday first, in one of its quieter weeks. */
  readonly visitors: ReadonlyArray<number>
  readonly asked: ReadonlyArray<number>
  readonly missed: ReadonlyArray<number>
  readonly visitorsPerQuestion: number
  readonly missedShare: number
  /** How far the weeks' shares of misses lie from their mean. */
  readonly missedSpread: number
  readonly failedShare: number
  readonly downShare: number
  /** The wordings of the listed questions, by their keys. */
  readonly listed: ReadonlySet<string>
  /** A question that no report lists was missed no more often in a day. */
  readonly unlistedMisses: number
}

/** The place of an instant in its week as the clock on the wall shows it. */
export const hourOfWeek = (epochMillis: number, zone: DateTime.TimeZone): number => {
  // 1 January 1970 was a Thursday
  const hours = Math.floor(wallClock(epochMillis, zone) / hourMs) + 3 * 24
  return ((hours % hoursOfWeek) + hoursOfWeek) % hoursOfWeek
}

const perHourOfWeek = <A>(of: (hour: number) => A): ReadonlyArray<A> =>
  Array.from({ length: hoursOfWeek }, (_, hour) => of(hour))

const at = (hours: WeeklyReport["hours"] | undefined, hour: number): number =>
  hours?.[Math.floor(hour / 24)]?.[hour % 24] ?? 0

const visitorsPerQuestion = ({ questions, sessions }: WeeklyReport): number =>
  questions === 0 ? 0 : Math.min(1, sessions / questions)

/** A low quarter, so that a week of holidays among many is no measure, and no lucky one either. */
const lowOf = (counts: ReadonlyArray<number>): number =>
  counts.toSorted((a, b) => a - b)[Math.floor((counts.length - 1) / 4)] ?? 0

const sumOf = (
  reports: ReadonlyArray<WeeklyReport>,
  of: (report: WeeklyReport) => number
): number => total(reports.map(of))

const spreadOf = (shares: ReadonlyArray<number>, mean: number): number =>
  Math.sqrt(
    shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / Math.max(1, shares.length)
  )

/** The last listed gap of a full list; a list that is not full leaves no gap out. */
const unlistedIn = ({ unanswered }: WeeklyReport): number => {
  const last = unanswered.at(listLengthMax - 1)
  return last === undefined ? 0 : missedIn(last)
}

/** A share with a little of a guess in it, because few tries tell little. */
const shareOf = (hits: number, tries: number, guess: number, weight: number): number =>
  (hits + guess * weight) / (tries + weight)

const isComplete = (report: WeeklyReport): boolean =>
  isWhole(report) && report.readUntil === undefined

export const usualOf = (given: ReadonlyArray<WeeklyReport>): Usual => {
  const reports = given.filter(isComplete)
  const asked = sumOf(reports, ({ questions }) => questions)
  const missedShare = shareOf(sumOf(reports, missedOf), asked, 0.3, 20)
  const shares = reports
    .filter(({ questions }) => questions > 0)
    .map((report) => missedOf(report) / report.questions)
  const votes = reports.flatMap((report) => report.votes ?? [])
  const failed = sumOf(reports, ({ answers, noAnswer }) => answers.failed + noAnswer)
  const down = total(votes.map((vote) => vote.down))
  const up = total(votes.map((vote) => vote.up))
  return {
    weeks: reports.length,
    visitors: perHourOfWeek((hour) =>
      lowOf(reports.map((report) => at(report.hours, hour) * visitorsPerQuestion(report)))
    ),
    asked: perHourOfWeek((hour) => sumOf(reports, ({ hours }) => at(hours, hour))),
    missed: perHourOfWeek((hour) => sumOf(reports, ({ missedHours }) => at(missedHours, hour))),
    visitorsPerQuestion:
      asked === 0 ? 0 : Math.min(1, sumOf(reports, ({ sessions }) => sessions) / asked),
    missedShare,
    missedSpread: spreadOf(shares, missedShare),
    failedShare: shareOf(failed, asked, 0.02, 50),
    downShare: shareOf(down, up + down, 0.5, 4),
    listed: new Set(reports.flatMap(listedIn).flatMap(({ keys }) => [...keys])),
    unlistedMisses: reports.length === 0 ? 0 : sumOf(reports, unlistedIn) / reports.length / 7
  }
}
