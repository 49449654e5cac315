/** A stop is told once and within a day where a site is busy; a site's own habits are never told. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { handleEvent } from "../../../src/programs/reporter/handleEvent.ts"
import {
  usualHours,
  usualHoursMin,
  weeksToCompare
} from "../../../src/programs/reporter/Silence.ts"
import { tellSilence } from "../../../src/programs/reporter/tellSilence.ts"
import { periodOf, utcWeekId, weeksBefore } from "../../../src/schema/IsoWeek.ts"
import { MailRejected } from "../../../src/services/Mailer.ts"
import {
  askedAt,
  ledgerWith,
  mailerAfter,
  options,
  outbox,
  startMs,
  world
} from "./ReporterWorld.ts"
import { quietWeek } from "./render/reports.ts"

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const weekMs = 7 * dayMs
const { zone } = options

/** Whether people ask in an hour, as the clock on the wall shows it: weekday (Monday 0) and hour. */
type Habit = (weekday: number, hour: number, week: number) => boolean

const always: Habit = () => true
const office: Habit = (weekday, hour) => weekday < 5 && hour >= 8 && hour < 18

const now = startMs + 3 * dayMs + 9 * hourMs
const weeksOfReports = 12

const reportsOf = (habit: Habit, nowMs = now) =>
  weeksBefore(utcWeekId(nowMs), weeksOfReports).map((weekId, week) => ({
    ...quietWeek,
    period: periodOf(weekId, zone),
    hours: Array.from({ length: 7 }, (_, weekday) =>
      Array.from({ length: 24 }, (_, hour) => (habit(weekday, hour, week) ? 1 : 0))
    )
  }))

const isTold = (hours: number, habit: Habit, nowMs = now): boolean => {
  const silence = { sinceMs: nowMs - hours * hourMs, nowMs }
  const known = new Set<string>(weeksToCompare(silence, zone))
  const reports = reportsOf(habit, nowMs).filter(({ period }) => known.has(period.weekId))
  return usualHours(silence, reports, zone) >= usualHoursMin
}

describe("A silence", () => {
  it("of a day is unusual where every week has questions in most of those hours", () => {
    assert.isTrue(isTold(24, always))
    assert.isTrue(isTold(24, office))
    assert.isFalse(isTold(usualHoursMin - 1, always))
  })

  it("of a night or a weekend is usual where the nights and weekends are silent", () => {
    const monday = startMs + 9 * hourMs
    assert.isFalse(isTold(63, office, monday))
    assert.isTrue(isTold(63 + 24, office, monday + dayMs))
  })

  it("of some weeks is usual where three questions come in a week", () => {
    const seldom: Habit = (weekday, hour) => hour === 10 && weekday % 2 === 0 && weekday < 6
    for (const days of [1, 3, 7, 14]) assert.isFalse(isTold(days * 24, seldom), `${days} days`)
    assert.isTrue(isTold(24 * 24, seldom))
  })

  it("is usual where one of the last weeks was silent at that time too", () => {
    const holiday: Habit = (weekday, hour, week) =>
      office(weekday, hour, week) && week !== weeksOfReports - 2
    assert.isFalse(isTold(24, holiday))
  })

  it("is not judged before three weeks are known", () => {
    const young: Habit = () => true
    const silence = { sinceMs: now - dayMs, nowMs: now }
    assert.strictEqual(usualHours(silence, reportsOf(young).slice(-2), zone), 0)
    assert.isAtLeast(usualHours(silence, reportsOf(young).slice(-3), zone), usualHoursMin)
  })

  /** One fixed history for each rate, so that a site's luck is the same in each run. */
  for (const perWeek of [1, 3, 8, 20, 60, 150, 400, 1000, 3000]) {
    it(`is never told of a steady site with ${perWeek} visits a week, and is once it stops`, () => {
      for (let seed = 1; seed <= 5; seed++) {
        const { steady, stopped } = toldDays(perWeek, seed)
        assert.deepStrictEqual(steady, [], `seed ${seed}`)
        if (perWeek >= 20) assert.isAtMost(stopped[0] ?? 99, perWeek >= 400 ? 2 : 10)
      }
    })
  }
})

/** A generator that gives the same numbers for the same seed. */
const randomFrom = (seed: number) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const [weeksBeforeRuns, weeksOfRuns, weeksStopped] = [10, 12, 4]

/** The days of daily runs that would tell: while visits come by chance, and after they stop. */
const toldDays = (perWeek: number, seed: number) => {
  const random = randomFrom(seed)
  const end = weeksBeforeRuns + weeksOfRuns
  const active = Array.from({ length: end * 168 }, (_, hour) => {
    // nine of ten visits come by day
    const share = (hour % 24 >= 8 && hour % 24 < 22 ? 0.9 / 14 : 0.1 / 10) / 7
    return random() < 1 - Math.exp(-perWeek * share)
  })
  const first = periodOf(utcWeekId(startMs), zone).startMs
  const weeks = Array.from({ length: end + weeksStopped }, (_, week) => ({
    ...quietWeek,
    period: periodOf(utcWeekId(first + week * weekMs), zone),
    hours: Array.from({ length: 7 }, (_, day) =>
      Array.from({ length: 24 }, (_, hour) => Number(active[week * 168 + day * 24 + hour] ?? 0))
    )
  }))
  const isToldAt = (day: number): boolean => {
    const hour = day * 24 + 9
    const silence = {
      sinceMs: first + (active.lastIndexOf(true, hour - 1) + 0.5) * hourMs,
      nowMs: first + hour * hourMs
    }
    const known = new Set<string>(weeksToCompare(silence, zone))
    const reports = weeks.filter(
      ({ period }) => known.has(period.weekId) && period.endMs <= silence.nowMs
    )
    return usualHours(silence, reports, zone) >= usualHoursMin
  }
  const days = (from: number, count: number) =>
    Array.from({ length: count }, (_, n) => n).filter((n) => isToldAt(from + n))
  return {
    steady: days(weeksBeforeRuns * 7, weeksOfRuns * 7),
    stopped: days(end * 7, weeksStopped * 7)
  }
}

const knowing = (habit: Habit) =>
  ledgerWith(() => ({
    reports: (weekIds) =>
      Effect.succeed(reportsOf(habit).filter(({ period }) => weekIds.includes(period.weekId)))
  }))

const silentFor = (hours: number) => askedAt(1, now - hours * hourMs)

describe("The daily run", () => {
  it.effect("tells of a silence that the weeks before do not have, once and with what to do", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(now)
      yield* silentFor(25)
      yield* tellSilence("run-1", options)
      yield* tellSilence("run-1", options)
      yield* TestClock.adjust("1 day")
      yield* tellSilence("run-2", options)
      const mails = yield* outbox
      assert.strictEqual(mails.length, 1)
      const message = mails[0]!
      assert.strictEqual(
        message.subject,
        "[cv.example.com] No question has arrived since Wednesday 18 November 2026, 08:00 " +
          "(Europe/London)"
      )
      assert.deepStrictEqual(message.to, options.to)
      for (const part of [message.text, message.html]) assert.include(part, "npm run doctor")
    }).pipe(Effect.provide(world({ ledger: knowing(always) })))
  )

  it.effect("tells of the next silence again", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(now)
      yield* silentFor(25)
      yield* tellSilence("run-1", options)
      yield* askedAt(2, now + weekMs)
      yield* TestClock.setTime(now + weekMs + 25 * hourMs)
      yield* tellSilence("run-2", options)
      assert.strictEqual((yield* outbox).length, 2)
    }).pipe(
      Effect.provide(
        world({
          ledger: ledgerWith(() => ({
            reports: (ids) =>
              Effect.succeed(
                reportsOf(always, now + 2 * weekMs).filter(({ period }) =>
                  ids.includes(period.weekId)
                )
              )
          }))
        })
      )
    )
  )

  it.effect("says nothing while events come, in a new installation, or after a usual silence", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(now)
      yield* tellSilence("run-1", options)
      yield* silentFor(40)
      yield* tellSilence("run-1", options)
      yield* silentFor(1)
      yield* tellSilence("run-1", options)
      assert.deepStrictEqual(yield* outbox, [])
    }).pipe(Effect.provide(world({ ledger: knowing(() => false) })))
  )

  it.effect(
    "tells after a quiet week that is skipped, and leaves the report's outcome as it is",
    () =>
      Effect.gen(function* () {
        yield* TestClock.setTime(now)
        yield* askedAt(1, now - 11 * dayMs)
        const outcome = yield* handleEvent({}, "run-1", { ...options, quietWeek: "skip" })
        assert.strictEqual(outcome.outcome, "skipped")
        const subjects = (yield* outbox).map(({ subject }) => subject)
        assert.strictEqual(subjects.length, 1)
        assert.include(subjects[0], "No question has arrived since")
      }).pipe(Effect.provide(world({ ledger: knowing(always) })))
  )

  it.effect("does not look when an operator names a week", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(now)
      yield* silentFor(25)
      const { weekId } = periodOf(utcWeekId(now - weekMs), zone)
      assert.strictEqual((yield* handleEvent({ weekId }, "run-1", options)).outcome, "sent")
      assert.strictEqual((yield* outbox).length, 1)
    }).pipe(Effect.provide(world({ ledger: knowing(always) })))
  )

  it.effect("fails when its mail is refused, and tells at the next run", () => {
    let refusals = 1
    const mailer = mailerAfter(
      Effect.suspend(() =>
        refusals-- > 0 ? Effect.fail(new MailRejected({ detail: "refused" })) : Effect.void
      )
    )
    return Effect.gen(function* () {
      yield* TestClock.setTime(now)
      yield* silentFor(25)
      yield* Effect.flip(tellSilence("run-1", options))
      yield* tellSilence("run-2", options)
      assert.strictEqual((yield* outbox).length, 1)
    }).pipe(Effect.provide(world({ ledger: knowing(always), mailer })))
  })
})
