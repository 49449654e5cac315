import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as TestClock from "effect/testing/TestClock"
import { compose } from "../../../src/programs/reporter/compose.ts"
import { run } from "../../../src/programs/reporter/program.ts"
import { periodOf, WeekId } from "../../../src/schema/IsoWeek.ts"
import { measuresOf } from "../../../src/schema/report/WeeklyReport.ts"
import * as CapturedLog from "../CapturedLog.ts"
import {
  askedAt,
  endMs,
  frozen,
  mondayMorning,
  options,
  outbox,
  runOf,
  startMs,
  week,
  world
} from "./ReporterWorld.ts"

const weekBefore = WeekId.make("2026-W46")
const weekMs = 7 * 86_400_000

describe("A report run", () => {
  it.effect("sends the week's numbers in one e-mail to every recipient", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* Effect.forEach([startMs, startMs + 1, endMs - 1], (at, n) => askedAt(n, at))
      yield* Effect.forEach([startMs - 1, endMs], (at, n) => askedAt(n + 10, at))
      const outcome = yield* runOf()
      assert.deepStrictEqual(outcome, { weekId: week, outcome: "sent", messageId: "memory-1" })
      const report = (yield* frozen())!
      assert.include(report, { questions: 3, generatedAt: mondayMorning })
      assert.deepStrictEqual(yield* outbox, [compose(report, options)])
      const line = (yield* CapturedLog.CapturedLog).find((l) => l.message === "report sent")
      assert.deepInclude(line?.fields, { weekId: week, messageId: "memory-1" })
    }).pipe(Effect.provide(world()))
  )

  it.effect("sends from the sender, as automatic mail of a list that one can leave", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* runOf()
      const [mail] = yield* outbox
      assert.strictEqual(mail?.from, options.from)
      assert.deepStrictEqual(mail?.to, options.to)
      assert.deepStrictEqual(mail?.headers, {
        "Auto-Submitted": "auto-generated",
        "List-Id": "Weekly report <weekly-report.example.com>",
        "List-Unsubscribe": "<mailto:reports@example.com?subject=unsubscribe>"
      })
    }).pipe(Effect.provide(world()))
  )

  it.effect("offers the one click where an address takes it, and the mail besides", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* runOf({}, { unsubscribeUrl: "https://example.com/leave?list=weekly" })
      const [mail] = yield* outbox
      assert.include(mail?.headers, {
        "List-Unsubscribe":
          "<https://example.com/leave?list=weekly>, " +
          "<mailto:reports@example.com?subject=unsubscribe>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"
      })
    }).pipe(Effect.provide(world()))
  )

  it.effect("names the sender in the way out as a URL has to, whatever characters it has", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* runOf({}, { from: "a?b%20&c+d@example.com" })
      const [mail] = yield* outbox
      const url = new URL(mail?.headers["List-Unsubscribe"]?.slice(1, -1) ?? "")
      assert.strictEqual(decodeURIComponent(url.pathname), "a?b%20&c+d@example.com")
      assert.strictEqual(url.search, "?subject=unsubscribe")
    }).pipe(Effect.provide(world()))
  )

  it.effect("quotes no question when questions are hidden, and still counts them", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* askedAt(1, startMs)
      yield* runOf({}, { questions: "hidden" })
      const [mail] = yield* outbox
      for (const part of [mail?.subject, mail?.html, mail?.text]) {
        assert.notInclude(part?.toLowerCase() ?? "", "databases")
      }
      assert.include((yield* frozen())?.topQuestions[0], {
        question: "Which databases does she know?"
      })
    }).pipe(Effect.provide(world()))
  )

  it.effect("sends nothing after the e-mail is out, and names the first e-mail", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* runOf()
      yield* TestClock.adjust("1 hour")
      const again = yield* runOf({ owner: "run-2" })
      assert.deepStrictEqual(again, {
        weekId: week,
        outcome: "already_done",
        messageId: "memory-1"
      })
      assert.strictEqual((yield* outbox).length, 1)
    }).pipe(Effect.provide(world()))
  )

  it.effect("reports different weeks independently", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* runOf()
      const other = yield* runOf({ weekId: weekBefore })
      assert.deepInclude(other, { weekId: weekBefore, outcome: "sent" })
      assert.strictEqual((yield* outbox).length, 2)
    }).pipe(Effect.provide(world()))
  )

  it.effect("compares the week with the report of the week before", () =>
    Effect.gen(function* () {
      yield* Effect.forEach([startMs - weekMs, startMs - 1, startMs], (at, n) => askedAt(n, at))
      yield* TestClock.setTime(mondayMorning - weekMs)
      yield* runOf()
      yield* TestClock.setTime(mondayMorning)
      yield* runOf()
      const [before, report] = [(yield* frozen(weekBefore))!, (yield* frozen())!]
      assert.deepStrictEqual(report.previous, measuresOf(before))
      assert.deepStrictEqual(report.trend, [{ weekId: weekBefore, questions: 2, missed: 0 }])
      assert.deepStrictEqual([before.previous, before.trend], [undefined, []])
    }).pipe(Effect.provide(world()))
  )

  it.effect("prices answers by the prices that it is given", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* askedAt(1, startMs)
      const price = { from: "2026-01-01", input: 1000, cachedInput: 0, output: 0 }
      yield* runOf({}, { prices: [{ model: "knowledge-base", ...price }] })
      assert.deepStrictEqual((yield* frozen())?.cost, { usd: 0.12, unknown: [] })
    }).pipe(Effect.provide(world()))
  )
})

describe("The week of a run", () => {
  it.effect("may be one that is not over, which is reported again when it is", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(startMs + 1000)
      yield* askedAt(1, startMs)
      assert.deepInclude(yield* runOf({ weekId: week }), { weekId: week, outcome: "sent" })
      assert.include((yield* outbox).at(-1)?.text, "not over yet")
      assert.deepInclude(yield* runOf({ weekId: week }), { outcome: "already_done" })
      assert.deepInclude(yield* runOf(), { weekId: weekBefore, outcome: "sent" })
      yield* askedAt(2, startMs + 2000)
      yield* TestClock.setTime(mondayMorning)
      assert.deepInclude(yield* runOf(), { weekId: week, outcome: "sent" })
      assert.include(yield* frozen(), { questions: 2, generatedAt: mondayMorning })
      assert.strictEqual((yield* outbox).length, 3)
    }).pipe(Effect.provide(world()))
  )

  it.effect("cannot be one that has not begun, and is reported later when it is over", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(startMs - 1)
      const early = yield* Effect.flip(runOf({ weekId: week }))
      assert.deepInclude(early, { _tag: "WeekOutOfReach", weekId: week, reason: "not begun" })
      yield* TestClock.setTime(mondayMorning)
      assert.deepInclude(yield* runOf({ owner: "run-2" }), { weekId: week, outcome: "sent" })
      assert.strictEqual((yield* outbox).length, 1)
    }).pipe(Effect.provide(world()))
  )

  it.effect("cannot be one whose first questions are deleted", () =>
    Effect.gen(function* () {
      const expiry = startMs + 90 * 86_400_000
      yield* askedAt(1, startMs)
      yield* askedAt(2, endMs - 1)
      yield* TestClock.setTime(expiry)
      const late = yield* Effect.flip(runOf({ weekId: week }))
      assert.deepInclude(late, { _tag: "WeekOutOfReach", weekId: week, reason: "expired" })
      assert.deepStrictEqual(yield* outbox, [])
      yield* TestClock.setTime(expiry - 1)
      assert.include(yield* runOf({ weekId: week, owner: "run-2" }), { outcome: "sent" })
      assert.strictEqual((yield* frozen())?.questions, 2)
    }).pipe(Effect.provide(world()))
  )

  it.effect("is by default the last that is over in its zone", () =>
    Effect.gen(function* () {
      const inZone = (name: string, at: number) =>
        Effect.gen(function* () {
          yield* TestClock.setTime(at)
          return (yield* runOf({}, { zone: DateTime.zoneMakeNamedUnsafe(name) })).weekId
        }).pipe(Effect.provide(world(), { local: true }))
      const sundayNoon = Date.UTC(2026, 10, 22, 12)
      assert.strictEqual(yield* inZone("Europe/London", sundayNoon), weekBefore)
      assert.strictEqual(yield* inZone("Pacific/Kiritimati", sundayNoon), week)
      assert.strictEqual(yield* inZone("Europe/London", endMs - 1), weekBefore)
      assert.strictEqual(yield* inZone("Europe/London", endMs), week)
      assert.strictEqual(yield* inZone("Pacific/Pago_Pago", endMs + 1), weekBefore)
    })
  )

  for (const name of ["Pacific/Pago_Pago", "Asia/Kathmandu", "Pacific/Kiritimati"]) {
    it.effect(`has the edges of its zone in ${name}, asked for or not`, () =>
      Effect.gen(function* () {
        const zone = DateTime.zoneMakeNamedUnsafe(name)
        const { endMs, startMs } = periodOf(week, zone)
        const edges = [startMs - 1, startMs, endMs - 1, endMs]
        for (const weekId of [undefined, week]) {
          const report = yield* Effect.gen(function* () {
            yield* TestClock.setTime(endMs)
            yield* Effect.forEach(edges, (at, n) => askedAt(n, at))
            yield* run({ weekId, owner: name }, { ...options, zone })
            return yield* frozen()
          }).pipe(Effect.provide(world(), { local: true }))
          assert.strictEqual(report?.questions, 2)
          assert.include(report?.period, { timeZone: DateTime.zoneToString(zone), startMs, endMs })
          assert.strictEqual(report?.hours[0]?.[0], 1)
          assert.strictEqual(report?.hours[6]?.[23], 1)
        }
      })
    )
  }
})

describe("A quiet week", () => {
  it.effect("is reported, so that silence does not look like an outage", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      assert.include(yield* runOf(), { outcome: "sent" })
      assert.strictEqual((yield* outbox).length, 1)
    }).pipe(Effect.provide(world()))
  )

  it.effect("is skipped for good where the owner wants no such e-mail", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* askedAt(1, startMs, { agent: "bot" })
      yield* askedAt(2, startMs, { own: 1 })
      const skipped = yield* runOf({}, { quietWeek: "skip" })
      assert.deepStrictEqual(skipped, { weekId: week, outcome: "skipped" })
      const again = yield* runOf({ owner: "run-2" }, { quietWeek: "send" })
      assert.deepStrictEqual(again, { weekId: week, outcome: "already_done" })
      assert.deepStrictEqual(yield* outbox, [])
      assert.deepStrictEqual((yield* frozen())?.excluded, { bots: 1, own: 1 })
    }).pipe(Effect.provide(world({ deadLetters: Option.some(0) })))
  )

  it.effect("is no longer quiet with one question", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* askedAt(1, startMs)
      assert.include(yield* runOf({}, { quietWeek: "skip" }), { outcome: "sent" })
    }).pipe(Effect.provide(world()))
  )

  it.effect("is reported when the queue accepted events and none is stored", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      assert.include(yield* runOf({}, { quietWeek: "skip" }), { outcome: "sent" })
    }).pipe(Effect.provide(world({ deadLetters: Option.some(0), pipeline: { accepted: 2 } })))
  )

  it.effect("is reported while dead letters wait, because something did happen", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      assert.include(yield* runOf({}, { quietWeek: "skip" }), { outcome: "sent" })
    }).pipe(Effect.provide(world({ deadLetters: Option.some(1) })))
  )
})

describe("The numbers of the pipeline", () => {
  const pipeline = { accepted: 6, stored: 4, tableBytes: 1024 }

  it.effect("are frozen with the report, and shown", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      yield* askedAt(1, startMs)
      yield* askedAt(2, startMs, { agent: "bot" })
      yield* runOf()
      assert.deepInclude(yield* frozen(), { events: 4, lost: 0, pipeline })
      assert.match((yield* outbox)[0]!.text, /Accepted +6 /)
    }).pipe(Effect.provide(world({ pipeline })))
  )
})

describe("Dead letters", () => {
  for (const count of [0, 3]) {
    it.effect(`are a number of the report, when there are ${count}`, () =>
      Effect.gen(function* () {
        yield* TestClock.setTime(mondayMorning)
        yield* runOf()
        assert.strictEqual((yield* frozen())?.deadLetters, count)
      }).pipe(Effect.provide(world({ deadLetters: Option.some(count) })))
    )
  }

  it.effect("are left out of the report when their number is unknown, and do not hold it up", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(mondayMorning)
      assert.include(yield* runOf(), { outcome: "sent" })
      assert.notProperty(yield* frozen(), "deadLetters")
    }).pipe(Effect.provide(world()))
  )
})
