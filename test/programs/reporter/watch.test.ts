/** The hourly run tells each cause once, whatever runs, retries and crashes find it. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import { handleEvent } from "../../../src/programs/reporter/handleEvent.ts"
import { look } from "../../../src/programs/reporter/watch/look.ts"
import { watch } from "../../../src/programs/reporter/watch/watch.ts"
import { type ResponseEvent, SessionId } from "../../../src/schema/AnalyticsEvent.ts"
import { Correlated } from "../../../src/schema/Interaction.ts"
import { periodOf, utcWeekId, weeksBefore } from "../../../src/schema/IsoWeek.ts"
import { InteractionStore, StoreUnavailable } from "../../../src/services/InteractionStore.ts"
import { MailerUnavailable, MailRejected } from "../../../src/services/Mailer.ts"
import { queryEvent, requestIdOf, responseEvent } from "../../schema/EventExamples.ts"
import * as CapturedLog from "../CapturedLog.ts"
import {
  ledgerWith,
  mailerAfter,
  options,
  outbox,
  startMs,
  storeWith,
  world
} from "./ReporterWorld.ts"
import { quietWeek } from "./render/reports.ts"

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** Thursday 13:07 in London. */
const now = startMs + 3 * dayMs + 13 * hourMs + 7 * minuteMs

/** Weeks with so many visitors in each hour. */
const reportsBefore = (perHour: number, nowMs: number) =>
  weeksBefore(utcWeekId(nowMs), 8).map((weekId) => {
    const period = periodOf(weekId, options.zone)
    return {
      ...quietWeek,
      period,
      generatedAt: period.endMs,
      questions: 168 * perHour,
      sessions: 168 * perHour,
      hours: Array.from({ length: 7 }, () => new Array<number>(24).fill(perHour))
    }
  })

const knowing = (perHour: number) =>
  ledgerWith(() => ({
    reports: (ids) =>
      Effect.succeed(
        reportsBefore(perHour, now + 14 * dayMs)
          .concat(reportsBefore(perHour, now))
          .filter(({ period }) => ids.includes(period.weekId))
      )
  }))

/** The n-th visitor asks once. */
const asks = Effect.fnUntraced(function* (
  n: number,
  timestamp: number,
  answer: Partial<ResponseEvent> = {}
) {
  const ids = { requestId: requestIdOf(timestamp + n), sessionId: SessionId.make(`visitor-${n}`) }
  yield* (yield* InteractionStore).record(
    Correlated.make({
      query: queryEvent({ ...ids, timestamp }),
      response: responseEvent({ ...ids, timestamp, queryTimestamp: timestamp, ...answer })
    })
  )
})

/** Ten answers in the last half hour, of which so many failed. */
const answers = Effect.fnUntraced(function* (failed: number, untilMs = now) {
  for (let n = 0; n < 10; n++) {
    const outcome = n < failed ? "failed" : "answered"
    yield* asks(n, untilMs - (30 - n) * minuteMs, { outcome })
  }
})

const hourly = (owner = "run-1") => watch(owner, 0, options)

const subjects = Effect.map(outbox, (mails) => mails.map(({ subject }) => subject))

describe("The hourly run", () => {
  it.effect("tells that answers fail, since when and how many, and what to do", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(now)
      yield* answers(10)
      assert.deepStrictEqual(yield* hourly(), { found: ["failing"] })
      const [mail] = yield* outbox
      assert.strictEqual(
        mail?.subject,
        "[cv.example.com] 10 of 10 answers have failed since Thursday 19 November 2026, 12:37 " +
          "(Europe/London)"
      )
      assert.deepStrictEqual(mail?.to, options.to)
      for (const part of [mail?.text, mail?.html]) assert.include(part, "npm run ops -- tail")
    }).pipe(Effect.provide(world()))
  )

  it.effect("tells one cause once while it lasts, and the next one again", () =>
    Effect.gen(function* () {
      for (let hour = 0; hour < 5; hour++) {
        yield* TestClock.setTime(now + hour * hourMs)
        yield* answers(8, now + hour * hourMs)
        yield* hourly(`run-${hour}`)
        yield* hourly(`again-${hour}`)
      }
      assert.lengthOf(yield* outbox, 1)
      yield* TestClock.setTime(now + 2 * dayMs)
      yield* answers(8, now + 2 * dayMs)
      yield* hourly("later")
      assert.lengthOf(yield* outbox, 2)
    }).pipe(Effect.provide(world()))
  )

  it.effect("sends one mail when several run at once", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(now)
      yield* answers(10)
      const runs = Array.from({ length: 6 }, (_, n) => hourly(`run-${n}`))
      yield* Effect.all(runs, { concurrency: "unbounded" })
      assert.lengthOf(yield* outbox, 1)
    }).pipe(Effect.provide(world()))
  )

  it.effect("looks at what the last drain brought late", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(now)
      yield* answers(10, now - hourMs)
      assert.deepStrictEqual(yield* look({ nowMs: now, lagMs: 0 }, options), [])
      const [found] = yield* look({ nowMs: now, lagMs: hourMs }, options)
      assert.strictEqual(found?.kind, "failing")
    }).pipe(Effect.provide(world()))
  )

  it.effect("says nothing of a few failures, of old ones, or where nobody asks", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(now)
      assert.deepStrictEqual(yield* hourly(), { found: [] })
      yield* answers(1)
      yield* answers(10, now - 3 * hourMs)
      assert.deepStrictEqual(yield* hourly(), { found: [] })
      assert.deepStrictEqual(yield* outbox, [])
    }).pipe(Effect.provide(world()))
  )

  it.effect(
    "is no report: a look feeds no metric of reports, and a failed one is no failed one",
    () =>
      Effect.gen(function* () {
        yield* TestClock.setTime(now)
        yield* Effect.flip(handleEvent({ watch: true, lagMinutes: 0 }, "run-1", options))
        const lines = yield* CapturedLog.CapturedLog
        const failed = lines.filter(({ level }) => level === "Error")
        assert.deepStrictEqual(
          failed.map(({ message }) => message),
          ["watch failed"]
        )
        for (const { whole } of lines) assert.notMatch(whole, /ReportSent|ReportFailed/)
      }).pipe(
        Effect.provide(
          world({
            ledger: ledgerWith(() => ({
              watched: Effect.fail(new StoreUnavailable({ operation: "GetItem", detail: "away" }))
            }))
          })
        )
      )
  )
})

describe("An alert", () => {
  it.effect("that the mail service refuses fails its run, and is told by the next", () => {
    let refusals = 1
    const mailer = mailerAfter(
      Effect.suspend(() =>
        refusals-- > 0 ? Effect.fail(new MailRejected({ detail: "refused" })) : Effect.void
      )
    )
    return Effect.gen(function* () {
      yield* TestClock.setTime(now)
      yield* answers(10)
      yield* Effect.flip(hourly("run-1"))
      yield* hourly("run-2")
      yield* hourly("run-3")
      assert.lengthOf(yield* outbox, 1)
    }).pipe(Effect.provide(world({ mailer })))
  })

  it.effect("that is never answered is sent three times at most", () => {
    let sends = 0
    const mailer = mailerAfter(
      Effect.suspend(() => {
        sends += 1
        return Effect.fail(new MailerUnavailable({ detail: "TimeoutError", accepted: "unknown" }))
      })
    )
    return Effect.gen(function* () {
      for (let run = 0; run < 5; run++) {
        yield* TestClock.setTime(now + run * hourMs)
        yield* answers(10, now + run * hourMs)
        yield* Effect.exit(hourly(`run-${run}`))
      }
      assert.strictEqual(sends, 3)
    }).pipe(Effect.provide(world({ mailer })))
  })

  it.effect("of a run that ended before it sent is sent by the next run", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(now)
      yield* answers(10)
      yield* Effect.exit(hourly("run-1"))
      yield* TestClock.adjust("3 minutes")
      yield* hourly("run-2")
      assert.lengthOf(yield* outbox, 1)
    }).pipe(
      Effect.provide(
        world({
          ledger: (() => {
            let crashes = 1
            return ledgerWith((ledger) => ({
              claim: (claim) =>
                Effect.flatMap(ledger.claim(claim), (held) =>
                  crashes-- > 0 ? Effect.die(new Error("killed")) : Effect.succeed(held)
                )
            }))
          })()
        })
      )
    )
  )
})

describe("A silence", () => {
  it.effect("is told once for each stop, two of one week too", () =>
    Effect.gen(function* () {
      const stopAt = Effect.fnUntraced(function* (timeMs: number) {
        for (let n = 0; n < 360; n++) yield* asks(n, timeMs - n * 4 * minuteMs)
        yield* TestClock.setTime(timeMs + hourMs)
        yield* hourly(`run-${timeMs}`)
        yield* TestClock.setTime(timeMs + 2 * hourMs)
        yield* hourly(`after-${timeMs}`)
      })
      yield* stopAt(now - dayMs)
      yield* stopAt(now)
      assert.deepStrictEqual(yield* subjects, [
        "[cv.example.com] No question has arrived since Wednesday 18 November 2026, 13:07 " +
          "(Europe/London)",
        "[cv.example.com] No question has arrived since Thursday 19 November 2026, 13:07 " +
          "(Europe/London)"
      ])
    }).pipe(Effect.provide(world({ ledger: knowing(15) })))
  )

  it.effect("is none where events wait for a drain, or habits are not known", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(now)
      for (let n = 0; n < 360; n++) yield* asks(n, now - 65 * minuteMs - n * 4 * minuteMs)
      assert.deepStrictEqual(yield* look({ nowMs: now, lagMs: 60 * minuteMs }, options), [])
      assert.lengthOf(yield* look({ nowMs: now, lagMs: 0 }, options), 1)
    }).pipe(Effect.provide(world({ ledger: knowing(15) })))
  )
})

describe("A new gap", () => {
  /** At noon the day is read. */
  const noon = startMs + 3 * dayMs + 12 * hourMs + 7 * minuteMs
  const gap = Effect.gen(function* () {
    yield* TestClock.setTime(noon)
    for (let n = 0; n < 4; n++) {
      yield* asks(n, noon - (n + 1) * 100 * minuteMs, { matchType: "none" })
    }
  })

  it.effect("is told with its question, unless the owner hides questions", () =>
    Effect.gen(function* () {
      yield* gap
      assert.deepStrictEqual(yield* hourly(), { found: ["gap"] })
      const [mail] = yield* outbox
      assert.match(mail?.subject ?? "", /4 visitors have asked what the chatbot does not know/)
      assert.match(mail?.text ?? "", /“.+”/)
    }).pipe(Effect.provide(world({ ledger: knowing(1) })))
  )

  it.effect("is told without it otherwise, and never in the log", () =>
    Effect.gen(function* () {
      yield* gap
      yield* watch("run-1", 0, { ...options, questions: "hidden" })
      const [mail] = yield* outbox
      assert.notMatch(mail?.text ?? "“", /“/)
    }).pipe(Effect.provide(world({ ledger: knowing(1) })))
  )
})

describe("A table that throttles", () => {
  it.effect("fails the run, which is tried again, and tells nothing false", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(now)
      const error = yield* Effect.flip(hourly())
      assert.strictEqual(error._tag, "StoreUnavailable")
      assert.deepStrictEqual(yield* outbox, [])
    }).pipe(
      Effect.provide(
        world({
          store: storeWith(() => ({
            newest: () =>
              Effect.fail(new StoreUnavailable({ operation: "Query", detail: "throttled" }))
          }))
        })
      )
    )
  )

  it.effect("is not asked for ever", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(now)
      const run = yield* Effect.forkChild(Effect.flip(hourly()))
      yield* TestClock.adjust("1 minute")
      assert.strictEqual((yield* Fiber.join(run))._tag, "TimeoutError")
    }).pipe(Effect.provide(world({ store: storeWith(() => ({ newest: () => Effect.never })) })))
  )
})
