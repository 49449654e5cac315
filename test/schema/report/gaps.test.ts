/** The gaps that the owner answered or set aside, as a report knows them again by their words. */
import { assert, describe, it } from "@effect/vitest"
import type { GapFate } from "../../../src/schema/report/GapFate.ts"
import {
  decodeMarks,
  encodeMarks,
  type GapMark,
  wordingHash
} from "../../../src/schema/report/GapMark.ts"
import type { WeeklyReport } from "../../../src/schema/report/WeeklyReport.ts"
import { mailOf } from "../../programs/reporter/render/mails.ts"
import { asked, autumn, beforeAutumn, missed, reportOf } from "./WeeklyExamples.ts"

const markOf = (state: GapMark["state"], ...wordings: ReadonlyArray<string>): GapMark => ({
  id: "2026-W41-3",
  state,
  since: autumn.startMs,
  wordings: wordings.map(wordingHash)
})

const fees = "What are your fees?"
const later = { timestamp: autumn.startMs + 3_600_000 }
const earlier = { timestamp: autumn.startMs - 1 }

const fateOf = (report: WeeklyReport) => report.gaps?.map(({ fate }) => fate)

/** The report of the week before, which told this of the gap. */
const toldBefore = (fate: GapFate["fate"]) => ({
  earlier: [
    {
      ...reportOf([], { period: beforeAutumn }),
      gaps: [{ id: "2026-W41-3", fate, asked: 1, missed: 0 }]
    }
  ]
})

describe("A gap that its owner answered", () => {
  const gapMarks = [markOf("answered", fees)]

  it("is closed once it is asked again and not missed, and told of once", () => {
    const week = [asked("what are your FEES", later)]
    const report = reportOf(week, { gapMarks })
    assert.deepStrictEqual(report.gaps, [
      { id: "2026-W41-3", fate: "closed", question: "what are your FEES", asked: 1, missed: 0 }
    ])
    for (const fate of ["closed", "kept"] as const) {
      assert.deepStrictEqual(fateOf(reportOf(week, { gapMarks, ...toldBefore(fate) })), ["kept"])
      assert.deepStrictEqual(fateOf(reportOf([], { gapMarks, ...toldBefore(fate) })), ["kept"])
    }
  })

  it("is back when it is missed after the answer, and listed as every miss", () => {
    const report = reportOf([missed(fees, later)], { gapMarks, ...toldBefore("closed") })
    assert.deepStrictEqual(fateOf(report), ["back"])
    assert.strictEqual(report.unanswered[0]?.question, fees)
  })

  it("is not back by a miss before the answer", () => {
    assert.deepStrictEqual(fateOf(reportOf([missed(fees, earlier)], { gapMarks })), ["quiet"])
    const both = [missed(fees, earlier), asked(fees, later)]
    assert.deepStrictEqual(fateOf(reportOf(both, { gapMarks })), ["closed"])
  })

  it("is told as not asked since, by its id", () => {
    const report = reportOf([asked("Do you ski?", later)], { gapMarks })
    assert.deepStrictEqual(report.gaps, [{ id: "2026-W41-3", fate: "quiet", asked: 0, missed: 0 }])
  })

  it("is no news once it was pushed as closed, unless it is missed", () => {
    const closed = { gapMarks: [markOf("closed", fees)] }
    assert.deepStrictEqual(fateOf(reportOf([asked(fees, later)], closed)), ["kept"])
    assert.deepStrictEqual(fateOf(reportOf([missed(fees, later)], closed)), ["back"])
  })
})

describe("A gap that its owner ignores", () => {
  it("is in no list of misses, in whatever of its words it is asked, and in every number", () => {
    const gapMarks = [markOf("ignored", fees, "Do you ski?")]
    const week = [missed(fees, later), missed("Do you ski?", later), missed("Which bike?", later)]
    const report = reportOf(week, { gapMarks })
    assert.deepStrictEqual(
      report.unanswered.map(({ question }) => question),
      ["Which bike?"]
    )
    assert.strictEqual(report.answers.none, 3)
    assert.include(report.gaps?.[0], { fate: "ignored", asked: 2, missed: 2 })
    assert.include(mailOf(report).text.replace(/\s+/g, " "), "1 ignored gap is left out.")
  })
})

describe("The mail", () => {
  const gap = { asked: 4, missed: 1, question: fees }
  const report: WeeklyReport = {
    ...reportOf([asked("Do you ski?")]),
    gaps: [
      { id: "2026-W41-1", fate: "quiet", asked: 0, missed: 0 },
      { id: "2026-W41-2", fate: "closed", ...gap },
      { id: "2026-W41-3", fate: "back", ...gap },
      { id: "2026-W41-4", fate: "kept", ...gap }
    ]
  }

  it("tells gaps apart: back again, closed since last week, and not asked since", () => {
    const { html, text } = mailOf(report)
    const part = text.slice(text.indexOf("GAPS THAT YOU ANSWERED"))
    assert.match(
      part,
      /asked +became +gap +question\n +4 +back +2026-W41-3 +What are your fees\?\n +4 +closed +2026-W41-2 +What are your fees\?\n +0 +not asked +2026-W41-1 +2026-W41-1\n/
    )
    assert.include(html.replaceAll("\u00a0", " "), "back again · missed once · 2026-W41-3<")
    assert.notInclude(text, "2026-W41-4")
  })

  it("counts them where the owner hides questions", () => {
    const { text } = mailOf(report, { questions: "hidden" })
    assert.match(text, /Gaps: back again +1/)
    assert.notInclude(text, fees)
  })
})

describe("The text of the marks", () => {
  const many = (length: number, wordings: number) =>
    Array.from({ length }, (_, n) => ({
      ...markOf("answered"),
      id: `2026-W47-${n}`,
      wordings: Array.from({ length: wordings }, (__, at) => wordingHash(`${n} ${at}`))
    }))

  it("gives the marks back, to the second after the answer", () => {
    const marks = [markOf("ignored", fees), markOf("closed"), ...many(3, 4)]
    const { left, text } = encodeMarks(marks)
    assert.strictEqual(left, 0)
    assert.deepStrictEqual(decodeMarks(text), marks)
    const [late] = decodeMarks(encodeMarks([{ ...markOf("answered"), since: 1001 }]).text) ?? []
    assert.strictEqual(late?.since, 2000)
  })

  it("keeps fewer wordings of each before it leaves out marks, the last ones first", () => {
    for (const [length, wordings] of [
      [20, 8],
      [200, 8]
    ] as const) {
      const marks = many(length, wordings)
      const { left, text } = encodeMarks(marks)
      assert.isAtMost(text.length, 900)
      const kept = decodeMarks(text) ?? []
      assert.deepStrictEqual(
        kept.map(({ id }) => id),
        marks.slice(0, length - left).map(({ id }) => id)
      )
      assert.isTrue(kept.every((one) => one.wordings.length > 0))
    }
  })

  it("is refused whole when another version wrote it or a line is damaged", () => {
    const { text } = encodeMarks(many(2, 2))
    for (const other of ["", "2\n", "{}", `${text}\nwhat`, text.replace(" a ", " x ")]) {
      assert.isUndefined(decodeMarks(other))
    }
  })
})
