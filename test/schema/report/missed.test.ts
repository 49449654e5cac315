/** A question is answered, missed, waiting for its answer, or answered with what could not be read. */
import { assert, describe, it } from "@effect/vitest"
import type { InteractionSummary } from "../../../src/schema/InteractionSummary.ts"
import { patienceMs } from "../../../src/schema/report/Missed.ts"
import { measuresOf, missedOf } from "../../../src/schema/report/WeeklyReport.ts"
import { mailOf } from "../../programs/reporter/render/mails.ts"
import { asked, autumn, missed, reportOf } from "./WeeklyExamples.ts"

const unanswered = (question: string, timestamp = autumn.startMs): InteractionSummary => {
  const { response: _, ...rest } = asked(question, { timestamp })
  return { ...rest, status: "awaiting_response" }
}

describe("A question without its answer", () => {
  it("is missed once it is ten minutes old, and is waiting until then", () => {
    const now = autumn.startMs + patienceMs
    for (const [timestamp, noAnswer] of [
      [now - patienceMs, 1],
      [now - patienceMs + 1, 0],
      [now + 60_000, 0]
    ] as const) {
      const report = reportOf([unanswered("q", timestamp)], { generatedAt: now })
      assert.strictEqual(report.noAnswer, noAnswer)
      assert.strictEqual(report.status.awaitingResponse, 1)
      assert.strictEqual(missedOf(report), noAnswer)
    }
  })

  it("counts against the share of the answered", () => {
    const { text } = mailOf(reportOf([asked("a"), unanswered("b")]))
    assert.match(text, /Answered +50%/)
    assert.match(text.replace(/\s+/g, " "), /1 of 1 answer and 1 question without any answer/)
    assert.match(mailOf(reportOf([unanswered("b")])).text, /Answered +0%/)
    assert.match(text, /2 questions, 1 without a good answer/)
  })

  it("does not count against it while it waits, and data health tells it", () => {
    const report = reportOf([asked("a"), unanswered("b")], { generatedAt: autumn.startMs + 1 })
    const { text } = mailOf(report)
    assert.match(text, /Answered +100%/)
    assert.match(text, /Waiting for an answer +1/)
    assert.notMatch(text, /Without any answer/)
  })
})

describe("Without a good answer", () => {
  it("are no answer, a failure and none, but not what could not be read", () => {
    const report = reportOf([
      asked("a"),
      missed("b"),
      asked("c", { response: { outcome: "failed" } }),
      unanswered("d"),
      ...Array.from({ length: 4 }, () => asked("e", { response: { matchType: "unknown" } }))
    ])
    assert.strictEqual(missedOf(report), 3)
    assert.include(measuresOf(report), { answered: 1, missed: 3, failed: 1 })
    const words = mailOf(report).text.replace(/\s+/g, " ")
    assert.match(words, /1 of 3 answers that could be read and 1 question without any answer/)
    assert.match(words, /Answers that could not be read 4 /)
  })
})
