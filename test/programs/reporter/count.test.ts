import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/testing/TestClock"
import { count } from "../../../src/programs/reporter/count.ts"
import { periodOf, WeekId } from "../../../src/schema/IsoWeek.ts"
import { StoreUnavailable } from "../../../src/services/InteractionStore.ts"
import * as CapturedLog from "../CapturedLog.ts"
import {
  askedAt,
  frozen,
  mondayMorning,
  options,
  outbox,
  runOf,
  startMs,
  storeWith,
  week,
  world
} from "./ReporterWorld.ts"

const weekMs = 7 * 86_400_000
const period = periodOf(week, options.zone)
const away = new StoreUnavailable({ operation: "test", detail: "away" })

const missedAt = (n: number, timestamp: number, response = "Nothing is known of that.") =>
  askedAt(n, timestamp, {}, { response, matchType: "none" })

const lastMiss = Effect.gen(function* () {
  yield* TestClock.setTime(mondayMorning)
  yield* missedAt(1, startMs)
  const counting = yield* Effect.forkChild(count(period, options))
  yield* TestClock.adjust("1 minute")
  return (yield* Fiber.join(counting)).unanswered[0]?.lastMiss
})

describe("The last answer to a missed question", () => {
  it.effect("is in the report with its first 160 characters on one line", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* missedAt(1, startMs, "An older answer.")
      yield* missedAt(2, startMs + 1, ` Nothing\n\n is   known, ${"a 🦉 ".repeat(300)}`)
      yield* runOf()
      const { answer = "" } = (yield* frozen())?.unanswered[0]?.lastMiss ?? {}
      assert.match(answer, /^Nothing is known, a 🦉 a 🦉/)
      assert.strictEqual([...answer].length, 160)
      const text = (yield* outbox)[0]?.text.replaceAll(/\s+/g, " ")
      assert.include(text, 'Last answer: "Nothing is known, a 🦉')
    }).pipe(Effect.provide(world()))
  )

  it.effect("is read once for each listed question, however often it was missed", () => {
    const read: Array<string> = []
    const noting = storeWith((store) => ({
      get: (key) => {
        read.push(key.requestId)
        return store.get(key)
      }
    }))
    return Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      for (let n = 0; n < 15; n++) yield* missedAt(n, startMs + n)
      assert.include((yield* count(period, options)).unanswered[0], { none: 15 })
      assert.strictEqual(read.length, 1)
    }).pipe(Effect.provide(world({ store: noting })))
  })

  it.effect("is left out when the store is away, and the report goes out", () =>
    Effect.gen(function* () {
      assert.deepInclude(yield* lastMiss, { kind: "none", timestamp: startMs })
      assert.notProperty(yield* lastMiss, "answer")
      const messages = (yield* CapturedLog.CapturedLog).map(({ message }) => message)
      assert.include(messages, "answer not quoted")
    }).pipe(Effect.provide(world({ store: storeWith(() => ({ get: () => Effect.fail(away) })) })))
  )

  it.effect("is left out when it cannot be read in time", () =>
    Effect.gen(function* () {
      assert.notProperty(yield* lastMiss, "answer")
    }).pipe(Effect.provide(world({ store: storeWith(() => ({ get: () => Effect.never })) })))
  )

  it.effect("is left out when its item is gone", () =>
    Effect.gen(function* () {
      assert.notProperty(yield* lastMiss, "answer")
    }).pipe(Effect.provide(world({ store: storeWith(() => ({ get: () => Effect.succeedNone })) })))
  )

  it.effect("is not looked for where no answer was given", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* askedAt(1, startMs, {}, { outcome: "failed" })
      const [line] = (yield* count(period, options)).unanswered
      assert.deepInclude(line?.lastMiss, { kind: "failed" })
    }).pipe(
      Effect.provide(
        world({ store: storeWith(() => ({ get: () => Effect.die("not asked for") })) })
      )
    )
  )
})

const readingBefore = (
  before: Stream.Stream<never, StoreUnavailable>
): ReturnType<typeof storeWith> =>
  storeWith((store) => ({
    summaries: (read) => (read.weekId === week ? store.summaries(read) : before)
  }))

const comparedReport = Effect.gen(function* () {
  yield* TestClock.setTime(mondayMorning)
  yield* askedAt(1, startMs)
  yield* askedAt(2, startMs - weekMs)
  const counting = yield* Effect.forkChild(count(period, options))
  yield* TestClock.adjust("10 minutes")
  return yield* Fiber.join(counting)
})

describe("The week before", () => {
  it.effect("is compared with as it stands now, and what came late is told and in the trend", () =>
    Effect.gen(function* () {
      yield* askedAt(1, startMs - weekMs)
      yield* TestClock.setTime(mondayMorning - weekMs)
      yield* runOf()
      for (const n of [2, 3, 4]) yield* missedAt(n, startMs - weekMs + n)
      yield* TestClock.setTime(mondayMorning)
      yield* askedAt(5, startMs)
      yield* runOf()
      const report = (yield* frozen())!
      const weekId = WeekId.make("2026-W46")
      assert.include(report.previous, { questions: 4 })
      assert.deepStrictEqual(report.late, { questions: 3, answers: 3 })
      assert.deepInclude(report.trend, { weekId, questions: 4, missed: 3 })
      assert.include(report.closed[0], { missedBefore: 3 })
      assert.include(
        (yield* outbox)[1]?.text.replace(/\s+/g, " "),
        "3 questions and 3 answers of the week before arrived after its report."
      )
      assert.include(yield* frozen(weekId), { questions: 1 })
    }).pipe(Effect.provide(world()))
  )

  it.effect("is left out when the store is away, and the report says so", () =>
    Effect.gen(function* () {
      assert.include(yield* comparedReport, { questions: 1, notCompared: "unread" })
      assert.notProperty(yield* comparedReport, "previous")
    }).pipe(Effect.provide(world({ store: readingBefore(Stream.fail(away)) })))
  )

  it.effect("is left out when it takes too long to read", () =>
    Effect.gen(function* () {
      assert.include(yield* comparedReport, { questions: 1, notCompared: "unread" })
    }).pipe(Effect.provide(world({ store: readingBefore(Stream.never) })))
  )

  it.effect("is not read once its first questions have expired", () =>
    Effect.gen(function* () {
      yield* askedAt(1, startMs)
      yield* TestClock.setTime(startMs - weekMs + 90 * 86_400_000)
      assert.include(yield* count(period, options), { questions: 1, notCompared: "expired" })
    }).pipe(Effect.provide(world({ store: readingBefore(Stream.die("not asked for")) })))
  )
})
