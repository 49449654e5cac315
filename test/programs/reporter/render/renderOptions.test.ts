/** What the mail says of itself: how sound its numbers are, how old, and what is kept out of it. */
import { assert, describe, it } from "@effect/vitest"
import type { WeeklyReport } from "../../../../src/schema/WeeklyReport.ts"
import { assertFit, bothParts, mailOf } from "./mails.ts"
import { quietWeek, typicalWeek } from "./reports.ts"

describe("data health", () => {
  it("counts what is left out, and says why", () => {
    const { text } = mailOf(typicalWeek)
    assert.match(text, /Bots, left out +31 {2}Known by their user agents/)
    assert.match(text, /Own visits, left out +4 {2}Marked as your own/)
    assert.match(text, /Left out +31 questions of bots, 4 of your own/)
  })

  it("tells no dead letter from an unknown number of them", () => {
    const { deadLetters: _, ...unknown } = typicalWeek
    assert.match(mailOf(typicalWeek).text, /Dead letters +0\n/)
    assert.match(mailOf(unknown).text, /Dead letters +not known/)
  })

  it("is announced under the headline when messages could not be stored", () => {
    const sentence = "3 messages could not be stored; see data health."
    for (const part of bothParts(mailOf({ ...typicalWeek, deadLetters: 3 }))) {
      assert.include(part, sentence)
    }
  })
})

describe("provenance", () => {
  const { endMs } = typicalWeek.period
  const hourMs = 3_600_000

  it.each([
    [0, ""],
    [36, ""],
    [37, ", made 2 days after the week's end"],
    [24 * 9, ", made 9 days after the week's end"]
  ])("says of a report made %d hours after the week's end: %s", (hours, words) => {
    const mail = mailOf({ ...typicalWeek, generatedAt: endMs + hours * hourMs })
    const [, text = ""] = bothParts(mail)
    assert.match(text, new RegExp(`\\(Europe/London\\)${words} +Left out`))
  })

  it("names the version when there is one", () => {
    assert.match(mailOf(typicalWeek, { version: "1.4.0\r\n" }).text, /Version +1\.4\.0\n/)
    assert.notMatch(mailOf(typicalWeek).text, /Version/)
  })
})

describe("a mail that is sent again", () => {
  const mail = mailOf(typicalWeek, { resend: true })

  it("says so in its subject, in its head and at its end", () => {
    assert.match(mail.subject, /^Again: 42 questions, 5 unanswered - /)
    const note = "Sent again with the numbers of Monday 23 November 2026, 07:00 (Europe/London)."
    for (const part of bothParts(mail)) assert.strictEqual(part.split(note).length, 3)
    assertFit(mail)
  })

  it("says so in a quiet week too", () => {
    assert.match(mailOf(quietWeek, { resend: true }).subject, /^Again: Quiet week - /)
  })
})

describe("hidden questions", () => {
  const marked = (lines: WeeklyReport["unanswered"]): WeeklyReport["unanswered"] =>
    lines.map((line) => ({ ...line, question: `Visitor ${line.question}` }))
  const report: WeeklyReport = {
    ...typicalWeek,
    topQuestions: marked(typicalWeek.topQuestions),
    unanswered: marked(typicalWeek.unanswered),
    closed: typicalWeek.closed.map((line) => ({ ...line, question: "Visitor closed" })),
    missed: [{ question: "Visitor missed", missed: 1 }]
  }
  const mail = mailOf(report, { questions: "hidden" })

  it("are nowhere in the mail", () => {
    assert.include(mailOf(report).text, "Visitor Have you run Kubernetes")
    assert.notMatch(mail.subject + mail.html + mail.text, /Visitor |Kubernetes|salary|licence/)
    assertFit(mail)
  })

  it("leave the totals, and a line that says so", () => {
    assert.match(mail.subject, /^42 questions, 5 unanswered - /)
    assert.match(mail.text, /Never answered in full +4\n/)
    assert.match(mail.text, /Missed the week before, now answered +2\n/)
    for (const part of bothParts(mail)) assert.include(part, "hidden by configuration")
  })
})
