import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import { periodOf, type WeekId, weeksBefore } from "../../../src/schema/IsoWeek.ts"
import {
  measuresOf,
  trendLengthMax,
  type WeeklyReport
} from "../../../src/schema/report/WeeklyReport.ts"
import { asked, autumn, missed, reportOf, zone } from "./WeeklyExamples.ts"

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

describe("A report is compared with the week before", () => {
  it("by that week's own measures", () => {
    const before = earlierReport(weekBefore)
    const { previous } = reportOf([asked("q")], { earlier: [earlierReport(twoBefore, 9), before] })
    assert.deepStrictEqual(previous, measuresOf(before))
    assert.include(previous, { questions: 3, answered: 2, missed: 1 })
  })

  it("even when nothing happened in it", () => {
    const before = reportOf([], { period: periodOf(weekBefore, zone) })
    assert.include(reportOf([], { earlier: [before] }).previous, { questions: 0, sessions: 0 })
  })

  it("as soon as it was reported at its end, and not a millisecond earlier", () => {
    assert.property(reportOf([], { earlier: [madeEarly(weekBefore, 0)] }), "previous")
    assert.notProperty(reportOf([], { earlier: [madeEarly(weekBefore, 1)] }), "previous")
  })

  it("and with nothing when that week is missing, however many others are there", () => {
    const earlier = [fourBefore, threeBefore, twoBefore].map((week) => earlierReport(week))
    const report = reportOf([asked("Fees?")], { earlier })
    assert.notProperty(report, "previous")
    assert.notProperty(report.topQuestions[0], "missedBefore")
    assert.deepStrictEqual(report.closed, [])
    assert.strictEqual(report.trend.length, 3)
  })

  it("and with nothing when it was reported while it was open", () => {
    const report = reportOf([asked("Fees?")], { earlier: [madeEarly(weekBefore, 3_600_000)] })
    assert.notProperty(report, "previous")
    assert.notProperty(report.topQuestions[0], "missedBefore")
    assert.deepStrictEqual([report.closed, report.trend], [[], []])
  })

  it("and with nothing when it was a week of another zone, which has other days", () => {
    const period = periodOf(weekBefore, DateTime.zoneMakeNamedUnsafe("Asia/Tokyo"))
    const report = reportOf([], { earlier: [{ ...earlierReport(weekBefore), period }] })
    assert.notProperty(report, "previous")
  })

  it("without a cost when a price of it was unknown", () => {
    const cost = { usd: 1, unknown: [{ model: "m", answers: 1 }] }
    const { previous } = reportOf([], { earlier: [earlierReport(weekBefore, 3, { cost })] })
    assert.notProperty(previous, "usd")
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
