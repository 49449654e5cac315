import type * as DateTime from "effect/DateTime"
import { type Period, wallClock, weeksBefore } from "../IsoWeek.ts"
import { add, countMax, plus, ranked, total } from "./Counts.ts"
import { type Comparison, compareWeeks, gapsBefore, listedBefore } from "./compareWeeks.ts"
import type { GapMark } from "./GapMark.ts"
import { groupingOf, type KnownMeaning } from "./Grouping.ts"
import type { GroupLine } from "./GroupLine.ts"
import { isOverdue } from "./Miss.ts"
import { overdueIn } from "./Missed.ts"
import { modelLines } from "./ModelLines.ts"
import { costOf, type ModelPrice } from "./ModelPrice.ts"
import type { Named } from "./Named.ts"
import { percentiles } from "./Percentile.ts"
import type { Pipeline } from "./Pipeline.ts"
import { questionLists } from "./QuestionLines.ts"
import { addUse, inputOf, noUse, writesOf } from "./TokenUse.ts"
import { listLengthMax, type WeeklyReport } from "./WeeklyReport.ts"
import { bucketMs, scoreSteps, type WeeklyTally } from "./WeeklyTally.ts"

/** The input of a report beside its tally. */
export interface Context extends Comparison {
  readonly zone: DateTime.TimeZone
  readonly generatedAt: number
  /** The last question that could be read in time; absent when all were. */
  readonly readUntil?: number
  readonly prices: ReadonlyArray<ModelPrice>
  readonly deadLetters?: number
  readonly pipeline?: Pipeline
  /** The meaning of the week's wordings; without it, words alone count. */
  readonly meaning?: KnownMeaning
  /** The gaps that the owner answered or set aside; absent for none. */
  readonly gapMarks?: ReadonlyArray<GapMark>
  /** Lists are cut after so many lines; 10 without it, as in the e-mail. */
  readonly listLength?: number
  /** Learns which questions are in each group, because no line tells all of them. */
  readonly onGroups?: (groups: ReadonlyArray<GroupLine>) => void
}

const hoursPerDay = 24
const hourMs = 3_600_000

/** Questions by day and hour of the zone; an hour that the clock repeats has both counts. */
const perHour = (
  clock: ReadonlyMap<number, number>,
  { days }: Period,
  zone: DateTime.TimeZone
): ReadonlyArray<ReadonlyArray<number>> => {
  const hours = days.map(() => new Array<number>(hoursPerDay).fill(0))
  for (const [bucket, count] of clock) {
    const wall = wallClock(bucket * bucketMs, zone)
    const date = new Date(wall).toISOString().slice(0, 10)
    const row = hours[days.indexOf(date)]
    const hour = Math.floor(wall / hourMs) % hoursPerDay
    if (row !== undefined) row[hour] = plus(row[hour] ?? 0, count)
  }
  return hours
}

/** An overdue question has no answer that could count it. */
const missedHoursIn = (
  { missedClock, unanswered }: WeeklyTally,
  { generatedAt, period, zone }: Context
): Pick<WeeklyReport, "missedHours"> => {
  const missed = new Map(missedClock)
  for (const [askedAt, count] of unanswered) {
    if (isOverdue({ timestamp: askedAt }, generatedAt)) {
      add(missed, Math.floor(askedAt / bucketMs), count)
    }
  }
  return missed.size === 0 ? {} : { missedHours: perHour(missed, period, zone) }
}

const listOf = ({ byName }: Named<number>, atMost = listLengthMax): WeeklyReport["countries"] =>
  ranked(byName)
    .filter(([name]) => name !== "")
    .slice(0, atMost)
    .map(([name, questions]) => ({ name, questions }))

const unlistedNamesIn = (tally: WeeklyTally): Pick<WeeklyReport, "unlistedNames"> => {
  const unlistedNames = {
    countries: tally.countries.others,
    devices: tally.devices.others,
    referrers: tally.referrers.others,
    languages: tally.languages.others
  }
  return total(Object.values(unlistedNames)) === 0 ? {} : { unlistedNames }
}

const tokensOf = ({ models }: WeeklyTally): WeeklyReport["tokens"] => {
  const use = noUse()
  for (const { usage } of [...models.byName.values(), models.others]) {
    for (const part of usage.values()) addUse(use, part)
  }
  return {
    answers: use.answers,
    input: inputOf(use),
    cachedInput: use.cacheReads,
    cacheWrites: writesOf(use),
    output: use.output,
    reasoning: use.reasoning
  }
}

const cappedIn = (
  { lost }: WeeklyTally,
  tokens: WeeklyReport["tokens"]
): Pick<WeeklyReport, "capped"> => {
  const capped = [
    ...(lost === countMax ? (["lost"] as const) : []),
    ...(Object.values(tokens).includes(countMax) ? (["tokens"] as const) : [])
  ]
  return capped.length === 0 ? {} : { capped }
}

const answersOf = ({ failed, full, none, partial, unknown }: WeeklyTally) => ({
  full,
  partial,
  none,
  unknown,
  failed
})

/** Absent when nobody voted. */
const votesIn = (tally: WeeklyTally): Pick<WeeklyReport, "ratedBadly" | "votes"> => {
  const { down, downThoughAnswered, ratedBadly, up, upThoughMissed, votesAlone: alone } = tally
  if (up + down + alone === 0) return {}
  return {
    votes: { up, down, downThoughAnswered, upThoughMissed, alone },
    ...(ratedBadly.length === 0 ? {} : { ratedBadly: [...ratedBadly] })
  }
}

/** Those of the report before, if the week before has one that knows them. */
const deadLettersBefore = ({
  earlier = [],
  period
}: Context): Pick<WeeklyReport, "deadLettersBefore"> => {
  const [weekBefore] = weeksBefore(period.weekId, 1)
  const report = earlier.find((one) => one.period.weekId === weekBefore)
  return report?.deadLetters === undefined ? {} : { deadLettersBefore: report.deadLetters }
}

/** Makes the report of a period from the tally of its interactions. */
export const summarize = (tally: WeeklyTally, context: Context): WeeklyReport => {
  const { deadLetters, generatedAt, meaning, period, pipeline, prices, readUntil, zone } = context
  const { listLength } = context
  const { questionsBefore, ...compared } = compareWeeks(context)
  const hours = perHour(tally.clock, period, zone)
  const before = {
    questions: questionsBefore,
    listed: listedBefore(context),
    gaps: gapsBefore(context)
  }
  const lists = questionLists(tally, before, context)
  const latencyMs = percentiles(tally.latencies)
  const tokens = tokensOf(tally)
  return {
    period,
    generatedAt,
    ...(readUntil === undefined ? {} : { readUntil }),
    questions: total(tally.clock.values()),
    sessions: tally.sessions.size,
    ...(lists.conversations === undefined ? {} : { conversations: lists.conversations }),
    answers: answersOf(tally),
    noAnswer: overdueIn(tally.unanswered, generatedAt),
    status: {
      correlated: tally.correlated,
      awaitingResponse: tally.awaitingResponse,
      awaitingQuery: tally.awaitingQuery
    },
    excluded: { bots: tally.bots, own: tally.own },
    withoutText: tally.withoutText,
    unlisted: tally.unlisted,
    ungrouped: lists.ungrouped,
    ...(meaning === undefined ? {} : groupingOf(meaning)),
    unreadable: tally.unreadable,
    ...(deadLetters === undefined ? {} : { deadLetters }),
    ...deadLettersBefore(context),
    events: tally.events,
    lost: tally.lost,
    ...cappedIn(tally, tokens),
    ...unlistedNamesIn(tally),
    ...(pipeline === undefined ? {} : { pipeline }),
    days: period.days.map((date, day) => ({ date, questions: total(hours[day] ?? []) })),
    hours,
    ...missedHoursIn(tally, context),
    scores: Array.from({ length: scoreSteps }, (_, step) => tally.scores.get(step) ?? 0),
    ...(latencyMs === undefined ? {} : { latencyMs }),
    tokens,
    cost: costOf(tally.models, prices),
    ...modelLines(tally.models, prices, listLength),
    countries: listOf(tally.countries, listLength),
    devices: listOf(tally.devices, listLength),
    referrers: listOf(tally.referrers, listLength),
    languages: listOf(tally.languages, listLength),
    answeredInOther: listOf(tally.answeredInOther, listLength).map(({ name, questions }) => {
      const [asked = "", answered = ""] = name.split(">")
      return { asked, answered, questions }
    }),
    topQuestions: lists.top,
    unanswered: lists.unanswered,
    closed: lists.closed,
    ...(lists.gaps.length === 0 ? {} : { gaps: lists.gaps }),
    ...votesIn(tally),
    ...compared
  }
}
