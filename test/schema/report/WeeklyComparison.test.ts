import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import { periodOf, type WeekId, weeksBefore } from "../../../src/schema/IsoWeek.ts"
import {
  measuresOf,
  trendLengthMax,
  type WeeklyReport
} from "../../../src/schema/report/WeeklyReport.ts"
import { asked, autumn, beforeAutumn, beforeOf, missed, reportOf, zone } from "./WeeklyExamples.ts"

const [fourBefore, threeBefore, twoBefore, weekBefore] = weeksBefore(autumn.weekId, 4) as [
  WeekId,
  WeekId,
  WeekId,
  WeekId
]

/** The report of an earlier week: so many questions, of which one was missed. */
const earlierReport = (
  weekId: WeekId,
  questions = 3,
  changes: Partial<WeeklyReport> = {}
): WeeklyReport => {
  const period = periodOf(weekId, zone)
  const timestamp = period.startMs
  const answered = Array.from({ length: questions - 1 }, () => asked("Known?", { timestamp }))
  return { ...reportOf([...answered, { ...missed("Fees?"), timestamp }], { period }), ...changes }
}

/** The week's report when the given share of the week was still to come. */
const madeEarly = (weekId: WeekId, byMs: number): WeeklyReport =>
  earlierReport(weekId, 3, { generatedAt: periodOf(weekId, zone).endMs - byMs })

const trendWeeks = (earlier: ReadonlyArray<WeeklyReport>) =>
  reportOf([], { earlier }).trend.map(({ weekId }) => weekId)

/** The week before as it is read again: so many questions, of which one was missed. */
const weekBeforeNow = (questions = 3) => {
  const { startMs: timestamp } = beforeAutumn
  const answered = Array.from({ length: questions - 1 }, () => asked("Known?", { timestamp }))
  return beforeOf([...answered, missed("Fees?", { timestamp })])
}

describe("A report is compared with the week before", () => {
  it("as it stands now, whatever its report said", () => {
    const before = weekBeforeNow(5)
    for (const earlier of [[], [earlierReport(twoBefore, 9), earlierReport(weekBefore)]]) {
      const { previous } = reportOf([asked("q")], { earlier, before })
      assert.deepStrictEqual(previous, measuresOf(before.report))
      assert.include(previous, { questions: 5, answered: 4, missed: 1 })
    }
  })

  it("even when nothing happened in it, if its report says so", () => {
    const earlier = [reportOf([], { period: beforeAutumn })]
    const { previous } = reportOf([], { earlier, before: beforeOf([]) })
    assert.include(previous, { questions: 0, sessions: 0 })
  })

  it("and with nothing when it has neither a report nor an event", () => {
    const earlier = [fourBefore, threeBefore, twoBefore].map((week) => earlierReport(week))
    const report = reportOf([asked("Fees?")], { earlier, before: beforeOf([]) })
    assert.doesNotHaveAnyKeys(report, ["previous", "late", "notCompared"])
    assert.notProperty(report.topQuestions[0], "missedBefore")
    assert.strictEqual(report.trend.length, 3)
  })

  for (const before of ["expired", "unread"] as const) {
    it(`and with nothing when it is ${before}, which the report says`, () => {
      const earlier = [earlierReport(weekBefore)]
      const report = reportOf([asked("Fees?")], { earlier, before })
      assert.strictEqual(report.notCompared, before)
      assert.doesNotHaveAnyKeys(report, ["previous", "late"])
      assert.deepStrictEqual(report.closed, [])
      assert.deepInclude(report.trend, { weekId: weekBefore, questions: 3, missed: 1 })
    })
  }

  it("without a cost when a price of it was unknown", () => {
    const response = { model: "unheard-of" }
    const before = beforeOf([asked("q", { response, timestamp: beforeAutumn.startMs })])
    assert.notProperty(reportOf([], { before }).previous, "usd")
  })
})

describe("What came after the report of the week before", () => {
  const lateIn = (questions: number, changes: Partial<WeeklyReport> = {}) =>
    reportOf([], {
      earlier: [earlierReport(weekBefore, 3, changes)],
      before: weekBeforeNow(questions)
    }).late

  it("is told in questions and answers, and is in the trend", () => {
    assert.deepStrictEqual(lateIn(6), { questions: 3, answers: 3 })
    const { trend } = reportOf([], {
      earlier: [earlierReport(twoBefore), earlierReport(weekBefore)],
      before: weekBeforeNow(6)
    })
    assert.deepStrictEqual(
      trend.map(({ questions, weekId }) => [weekId, questions]),
      [
        [twoBefore, 3],
        [weekBefore, 6]
      ]
    )
  })

  it("is told also when it was answers alone", () => {
    const answers = { full: 0, partial: 0, none: 1, failed: 0 }
    assert.deepStrictEqual(lateIn(3, { answers }), { questions: 0, answers: 2 })
  })

  it("is nothing when the numbers are the same, or fewer because of an erasure", () => {
    assert.isUndefined(lateIn(3))
    assert.isUndefined(lateIn(2))
  })

  it("is unknown where that week was reported while it was open, or in another zone", () => {
    const period = periodOf(weekBefore, DateTime.zoneMakeNamedUnsafe("Asia/Tokyo"))
    assert.isUndefined(lateIn(6, { generatedAt: beforeAutumn.endMs - 1 }))
    assert.isUndefined(lateIn(6, { period }))
  })
})

describe("The trend of a report", () => {
  it("holds earlier weeks that were reported whole, oldest first, and no other", () => {
    const earlier = [
      earlierReport(fourBefore, 4),
      madeEarly(threeBefore, 1),
      earlierReport(weekBefore, 2)
    ]
    assert.deepStrictEqual(reportOf([], { earlier }).trend, [
      { weekId: fourBefore, questions: 4, missed: 1 },
      { weekId: weekBefore, questions: 2, missed: 1 }
    ])
  })

  it("is eight weeks long with the reported one, and drops the oldest of more", () => {
    const weeks = weeksBefore(autumn.weekId, 10)
    assert.strictEqual(trendLengthMax, 8)
    assert.deepStrictEqual(trendWeeks(weeks.map((week) => earlierReport(week))), weeks.slice(3))
    assert.deepStrictEqual(
      trendWeeks(weeks.slice(3).map((week) => earlierReport(week))),
      weeks.slice(3)
    )
  })

  it("holds neither the week itself nor a later one", () => {
    const itself = reportOf([asked("q")])
    const later = earlierReport(weekBefore, 3, {
      period: { ...autumn, startMs: autumn.endMs, endMs: autumn.endMs + 1 },
      generatedAt: autumn.endMs + 2
    })
    const report = reportOf([], { earlier: [itself, later] })
    assert.deepStrictEqual(report.trend, [])
    assert.notProperty(report, "previous")
  })
})
