/** Runs the reporter's own watch over a simulated site, hour by hour, and judges what it told. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import { type Watching, watch } from "../../src/programs/reporter/watch/watch.ts"
import { periodOf } from "../../src/schema/IsoWeek.ts"
import { hourMs, weeksBefore, weeksOf, zone } from "./Calendar.ts"
import type { Planted, Trouble } from "./Plan.ts"
import { services, type Told } from "./SimulatedSite.ts"
import { dailyBudgetUsd, prices, type Site } from "./Site.ts"
import { historyOf } from "./SiteHistory.ts"

/** The schedule's minute. */
export const minuteMs = 7 * 60_000

export const options: Watching = {
  siteName: "simulated",
  language: "en",
  from: "reports@example.com",
  to: ["owner@example.com"],
  zone,
  prices,
  questions: "hidden",
  channelQuestions: "hidden",
  version: "0.0.0"
}

/** Stands still during a run, and never lets anything wait. */
export const clockAt = (now: () => number): Clock.Clock => ({
  currentTimeMillisUnsafe: now,
  currentTimeMillis: Effect.sync(now),
  currentTimeNanosUnsafe: () => BigInt(now()) * 1_000_000n,
  currentTimeNanos: Effect.sync(() => BigInt(now()) * 1_000_000n),
  monotonicTimeNanosUnsafe: () => BigInt(now()) * 1_000_000n,
  monotonicTimeNanos: Effect.sync(() => BigInt(now()) * 1_000_000n),
  sleep: () => Effect.never
})

/** Troubles that an alert of a kind may be about. */
const explains: Readonly<Record<string, ReadonlyArray<Trouble>>> = {
  failing: ["failing", "hanging"],
  silence: ["silence", "stopped"],
  // a gap that many ask for is more misses too
  misses: ["misses", "gap"],
  gap: ["gap"],
  votes: ["votes"],
  cost: ["cost"]
}

/** A day's exchanges show a trouble for a day after its end. */
const afterMs = 24 * hourMs

export interface Caught extends Planted {
  /** Absent when it was not told. */
  readonly minutes?: number
}

export interface Judged {
  readonly site: string
  readonly seed: number
  readonly caught: ReadonlyArray<Caught>
  /** Mails that no planted trouble explains. */
  readonly falsely: ReadonlyArray<Told>
  /** Further mails about a trouble after its first. */
  readonly again: ReadonlyArray<Told>
}

const judge = (plan: ReadonlyArray<Planted>, told: ReadonlyArray<Told>) => {
  const first = new Map<Planted, Told>()
  const [falsely, again]: [Array<Told>, Array<Told>] = [[], []]
  for (const one of told) {
    const about = plan.find(
      ({ endMs, startMs, trouble }) =>
        (explains[one.kind] ?? []).includes(trouble) &&
        one.at >= startMs &&
        one.at <= endMs + afterMs
    )
    if (about === undefined) falsely.push(one)
    else if (first.has(about)) again.push(one)
    else first.set(about, one)
  }
  const caught = plan.map((planted): Caught => {
    const one = first.get(planted)
    return one === undefined
      ? planted
      : { ...planted, minutes: Math.round((one.at - planted.startMs) / 60_000) }
  })
  return { caught, falsely, again }
}

export const judgedTime = (seed: number): readonly [startMs: number, endMs: number] => {
  const periods = weeksOf(seed)
    .slice(weeksBefore)
    .map((weekId) => periodOf(weekId, zone))
  return [periods.at(0)?.startMs ?? 0, periods.at(-1)?.endMs ?? 0]
}

/** The hours around a plan, where a test has no time for all of them. */
const isNear = (plan: ReadonlyArray<Planted>, now: number): boolean =>
  plan.some(({ endMs, startMs }) => now > startMs - 2 * hourMs && now < endMs + 2 * hourMs)

export const judged = Effect.fnUntraced(function* (
  site: Site,
  seed: number,
  hours: "all" | "near a plan" = "all"
) {
  const history = historyOf(site, seed)
  const [startMs, endMs] = judgedTime(seed)
  const watching = { ...options, dailyBudgetUsd: dailyBudgetUsd(site) }
  let now = startMs
  const told: Array<Told> = []
  const run = Effect.gen(function* () {
    for (now = startMs + minuteMs; now < endMs; now += hourMs) {
      if (hours === "all" || isNear(history.plan, now)) yield* watch("run", 0, watching)
    }
  })
  yield* run.pipe(
    Effect.provide(services(history, () => now, told)),
    Effect.provideService(
      Clock.Clock,
      clockAt(() => now)
    ),
    Effect.provide(Logger.layer([]))
  )
  return { site: site.name, seed, ...judge(history.plan, told) } satisfies Judged
})
