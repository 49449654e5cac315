/** The rules of the watch, each with its least number. */
import { assert, describe, it } from "@effect/vitest"
import { periodOf, WeekId, weeksBefore } from "../../../src/schema/IsoWeek.ts"
import { cost } from "../../../src/schema/watch/cost.ts"
import {
  causeName,
  decodeEpisodes,
  encodeEpisodes,
  follow
} from "../../../src/schema/watch/Episodes.ts"
import type { Exchange } from "../../../src/schema/watch/Exchange.ts"
import type { Finding } from "../../../src/schema/watch/Finding.ts"
import { failing } from "../../../src/schema/watch/failing.ts"
import { misses } from "../../../src/schema/watch/misses.ts"
import { hourOfWeek, usualOf } from "../../../src/schema/watch/Usual.ts"
import { votes } from "../../../src/schema/watch/votes.ts"
import { quietWeek } from "../../programs/reporter/render/reports.ts"
import { zone } from "../report/WeeklyExamples.ts"

const hourMs = 3_600_000
const week = WeekId.make("2026-W47")
const now = periodOf(week, zone).startMs + 60 * hourMs

const exchanges = (count: number, of: (n: number) => Partial<Exchange>): ReadonlyArray<Exchange> =>
  Array.from({ length: count }, (_, n) => ({
    at: now - (count - n) * 60_000,
    session: `visitor-${n}`,
    fate: "good" as const,
    ...of(n)
  }))

/** Eight weeks of 1,000 questions, of which 150 were missed. */
const usual = usualOf(
  weeksBefore(week, 8).map((weekId) => {
    const period = periodOf(weekId, zone)
    const answers = { ...quietWeek.answers, full: 850, none: 150 }
    const votesOfWeek = { up: 30, down: 10, downThoughAnswered: 5, upThoughMissed: 0, alone: 0 }
    return {
      ...quietWeek,
      period,
      generatedAt: period.endMs,
      questions: 1000,
      sessions: 500,
      answers,
      votes: votesOfWeek
    }
  })
)

describe("Answers fail", () => {
  const found = (count: number, failed: number, session?: string) =>
    failing(
      exchanges(count, (n) => ({
        fate: n >= count - failed ? "failed" : "good",
        ...(session === undefined ? {} : { session })
      })),
      usual
    )

  it("when half of at least five do, since the first of them", () => {
    assert.deepInclude(found(5, 5), { counts: { failed: 5, asked: 5 }, sinceMs: now - 300_000 })
    assert.isDefined(found(40, 6))
    assert.isUndefined(found(4, 4))
    assert.isUndefined(found(40, 3))
  })

  it("not when one visitor alone has them", () => {
    assert.isUndefined(found(20, 20, "one"))
  })
})

describe("Misses are more than usual", () => {
  const found = (missed: number, session?: string) =>
    misses(
      exchanges(60, (n) => ({
        fate: n % 60 < missed ? "missed" : "good",
        ...(session === undefined ? {} : { session })
      })),
      usual,
      zone
    )

  it("when chance does not explain them", () => {
    assert.isUndefined(found(12))
    const { counts } = found(40) ?? {}
    assert.deepInclude(counts, { usualPercent: 15 })
  })

  it("not when one visitor asks in vain all the time, or no habit is known", () => {
    assert.isUndefined(found(60, "one"))
    assert.isUndefined(
      misses(
        exchanges(60, () => ({ fate: "missed" })),
        usualOf([]),
        zone
      )
    )
  })
})

describe("Votes turn down", () => {
  const found = (down: number, up: number) =>
    votes(
      exchanges(down + up, (n) => ({ vote: n < down ? "down" : "up" })),
      usual
    )

  it("when at least five and half of a day's are", () => {
    assert.deepInclude(found(12, 2)?.counts, { down: 12, votes: 14, usualPercent: 25 })
    assert.isUndefined(found(4, 0))
    assert.isUndefined(found(9, 12))
  })
})

describe("A budget", () => {
  const day = { ...quietWeek, cost: { usd: 3, unknown: [{ model: "my-model", answers: 4 }] } }

  it("is told when it is passed, with what is not known", () => {
    assert.deepInclude(cost(day, 2), {
      counts: { usd: 3, budgetUsd: 2, unpriced: 4 },
      models: ["my-model"]
    })
  })

  it("is neither guessed nor wanted otherwise", () => {
    assert.isUndefined(cost(day, 3))
    assert.isUndefined(cost(day, undefined))
  })
})

describe("The hour of the week", () => {
  it("is that of the clock on the wall, before and after it changes", () => {
    assert.strictEqual(hourOfWeek(Date.UTC(2026, 9, 19, 8), zone), 9)
    assert.strictEqual(hourOfWeek(Date.UTC(2026, 9, 26, 9), zone), 9)
  })
})

describe("A cause", () => {
  const finding = (changes: Partial<Finding> = {}): Finding => ({
    kind: "failing",
    sinceMs: now,
    counts: {},
    ...changes
  })
  const named = (known: ReturnType<typeof follow>) =>
    known.causes.map(({ episode }) => causeName(episode))

  it("is the same while it is found, and another after its cool-down", () => {
    const first = follow([], [finding()], now)
    const still = follow(first.episodes, [finding()], now + 11 * hourMs)
    assert.deepStrictEqual(named(still), named(first))
    assert.notDeepEqual(named(follow(first.episodes, [finding()], now + 12 * hourMs)), named(first))
  })

  it("of a gap goes by its wordings, of which some may be new", () => {
    const gaps = [[1, 2], [3]].map((marks) => finding({ kind: "gap", marks }))
    const first = follow([], gaps, now)
    assert.lengthOf(new Set(named(first)), 2)
    const later = follow(first.episodes, [finding({ kind: "gap", marks: [9, 2] })], now + hourMs)
    assert.deepStrictEqual(named(later), named(first).slice(0, 1))
    const last = follow(later.episodes, [finding({ kind: "gap", marks: [9] })], now + 2 * hourMs)
    assert.deepStrictEqual(named(last), named(first).slice(0, 1))
  })

  it("is read as it was kept, and forgotten where it cannot be read", () => {
    const { episodes } = follow([], [finding(), finding({ kind: "gap", marks: [1] })], now)
    assert.deepStrictEqual(decodeEpisodes(encodeEpisodes(episodes)), episodes)
    for (const text of [undefined, "", "{", '[{"kind":"other"}]']) {
      assert.deepStrictEqual(decodeEpisodes(text), [])
    }
  })
})
