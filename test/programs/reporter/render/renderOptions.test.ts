/** The mail says why it was sent, how to stop it, and what is kept out of it. */
import { assert, describe, it } from "@effect/vitest"
import type { WeeklyReport } from "../../../../src/schema/report/WeeklyReport.ts"
import { assertFit, bothParts, mailOf } from "./mails.ts"
import { quietWeek, typicalWeek } from "./reports.ts"

describe("a mail that is sent again", () => {
  const mail = mailOf(typicalWeek, { occasion: "resend" })

  it("says so in its subject, and in its head", () => {
    assert.match(mail.subject, /^Again: 42 questions, 7 without a good answer - /)
    const note = "Sent again with the numbers of Monday 23 November 2026, 07:00 (Europe/London)."
    for (const part of bothParts(mail)) assert.include(part, note)
    assertFit(mail)
  })

  it("says so in a quiet week too", () => {
    assert.match(mailOf(quietWeek, { occasion: "resend" }).subject, /^Again: Quiet week - /)
  })
})

describe("a test", () => {
  const mail = mailOf(typicalWeek, { occasion: "test", from: "reports@example.com" })

  it("says in its subject and its head that it is one", () => {
    assert.match(mail.subject, /^\[test\] 42 questions, 7 without a good answer - /)
    const note = "This is a test: the weekly report still goes to its recipients."
    const [html = "", text] = bothParts(mail)
    assert.include(html, note)
    assert.include(text, note)
    assertFit(mail)
  })
})

describe("the way out", () => {
  const from = "reports@example.com"

  it("is in the mail of the list, because some mail clients show none", () => {
    for (const report of [typicalWeek, quietWeek]) {
      for (const part of bothParts(mailOf(report, { from }))) {
        assert.include(part, "To stop receiving it, write to reports@example.com.")
      }
    }
  })

  it("is left out of a mail that was sent by hand", () => {
    for (const occasion of ["resend", "test"] as const) {
      for (const part of bothParts(mailOf(typicalWeek, { occasion, from }))) {
        assert.include(part, "sent by hand for cv.example.com. It does not add you to a list.")
        assert.notMatch(part, /once a week|no more/)
      }
    }
  })
})

describe("hidden questions", () => {
  const marked = (lines: WeeklyReport["unanswered"]): WeeklyReport["unanswered"] =>
    lines.map(({ lastMiss, ...line }) => ({
      ...line,
      question: `Visitor ${line.question}`,
      ...(lastMiss === undefined ? {} : { lastMiss: { ...lastMiss, answer: "Visitor answer" } })
    }))
  const report: WeeklyReport = {
    ...typicalWeek,
    topQuestions: marked(typicalWeek.topQuestions),
    unanswered: marked(typicalWeek.unanswered),
    closed: typicalWeek.closed.map((line) => ({ ...line, question: "Visitor closed" })),
    ratedBadly: [
      {
        requestId: "of no matter here",
        timestamp: 0,
        question: "Visitor rated",
        verdict: "full",
        comment: "Visitor comment",
        answer: "Visitor answer"
      }
    ]
  }
  const mail = mailOf(report, { questions: "hidden" })

  it("are nowhere in the mail", () => {
    const words = mailOf(report).text.replaceAll(/\s+/g, " ")
    assert.include(words, "Visitor Have you run Kubernetes")
    assert.include(words, "Visitor answer")
    assert.notMatch(mail.subject + mail.html + mail.text, /Visitor |Kubernetes|salary|licence/)
    assertFit(mail)
  })

  it("leave the totals, and a line that says so", () => {
    assert.match(mail.subject, /^42 questions, 7 without a good answer - /)
    assert.match(mail.text, /Without a good answer +4\n/)
    assert.match(mail.text, /Voted down +2 of 9 votes/)
    assert.match(mail.text, /Missed the week before, now answered +2\n/)
    for (const part of bothParts(mail)) assert.include(part, "hide the")
  })
})
