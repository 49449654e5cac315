/** The mail describes itself: how sound its numbers are, how old, and what is kept out of it. */
import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import { periodOf, WeekId } from "../../../../src/schema/IsoWeek.ts"
import type { Pipeline } from "../../../../src/schema/report/Pipeline.ts"
import type { WeeklyReport } from "../../../../src/schema/report/WeeklyReport.ts"
import { assertFit, bothParts, mailOf } from "./mails.ts"
import { quietWeek, typicalWeek } from "./reports.ts"

describe("data health", () => {
  it("counts the exclusions, and gives their reasons", () => {
    const { text } = mailOf(typicalWeek)
    assert.match(text, /Bots, left out +31 {2}Recognised by their user agents/)
    assert.match(text, /Own visits, left out +4 {2}Marked as your own/)
    assert.match(text, /Left out +31 questions by bots, 4 by you/)
  })

  it("tells 0 from an unknown number", () => {
    const { deadLetters: _, lost: __, pipeline: ___, ...unknown } = typicalWeek
    assert.match(mailOf(typicalWeek).text, /Dead letters +0\n/)
    const { text } = mailOf(unknown)
    for (const label of ["Accepted", "Duplicates ignored", "Dead letters"]) {
      assert.match(text, new RegExp(`${label} +unknown {2}It could not`))
    }
    assert.match(text, /Lost at the edge +none /)
    for (const label of ["requests", "calls", "writes", "space"]) {
      assert.match(text, new RegExp(`Free ${label} +unknown of \\d`))
    }
  })

  const health = (pipeline: Pipeline, changes: Partial<WeeklyReport> = {}) =>
    mailOf({ ...typicalWeek, ...changes, pipeline: { ...typicalWeek.pipeline, ...pipeline } })

  it("says that the numbers add up, or by how much they do not", () => {
    assert.match(health({}).text, /Accepted +156 {2}All were stored/)
    const slightly = health({ accepted: 158 })
    assert.match(slightly.text, /Accepted +158 {2}2 unaccounted for/)
    assert.notInclude(slightly.text, "processor's log")
    const much = health({ accepted: 160 })
    assert.match(much.text, /Accepted +160 {2}4 unaccounted for/)
    assert.include(much.text.replace(/\s+/g, " "), "See the processor's log.")
    assert.match(much.html, /<td class="alert line"[^>]*>160</)
  })

  it("includes dead letters and conflicts, and accepts a count below the stored one", () => {
    assert.match(health({ accepted: 160 }, { deadLetters: 4 }).text, /160 {2}All were/)
    assert.match(health({ accepted: 160, conflicts: 4 }).text, /160 {2}All were/)
    assert.match(health({ accepted: 100 }).text, /100 {2}All were/)
  })

  it("makes no claim about events when a part of the sum is unknown", () => {
    const { stored: _, ...rest } = typicalWeek.pipeline!
    const { text } = mailOf({ ...typicalWeek, pipeline: rest })
    assert.match(text, /Accepted +156 {2}It is unknown what/)
  })

  it("counts repeats, and says where they stopped and which differed", () => {
    assert.match(health({}).text, /Duplicates ignored +3 {2}The queue stopped 5 more\./)
    assert.match(health({ deduplicated: 0 }).text, /Duplicates ignored +3\n/)
    const { text } = health({ conflicts: 2 })
    assert.match(text, /Duplicates ignored +5 /)
    assert.include(text.replace(/\s+/g, " "), "2 differed from the first, which was kept.")
  })

  it("counts the events that the edge lost, under the headline and in data health", () => {
    const mail = mailOf({ ...typicalWeek, lost: 2 })
    assert.match(mail.text, /Lost at the edge +at least 2 /)
    for (const part of bothParts(mail)) {
      assert.include(part, "at least 2 events never reached the queue; see data health")
    }
  })

  it("counts unreadable items, under the headline and in data health", () => {
    const mail = mailOf({ ...typicalWeek, unreadable: 2 })
    assert.match(mail.text, /Unreadable +2 {2}Damaged or of another/)
    for (const part of bothParts(mail)) {
      assert.include(part, "2 stored items could not be read; see data health")
    }
    assert.notMatch(mailOf({ ...typicalWeek, unreadable: 0 }).text, /unreadable/i)
    assertFit(mail)
  })

  it("is announced under the headline when messages could not be stored", () => {
    const sentence = "3 messages could not be stored; see data health"
    for (const part of bothParts(mailOf({ ...typicalWeek, deadLetters: 3 }))) {
      assert.include(part, sentence)
    }
  })
})

describe("provenance", () => {
  it("shows how much of the free tier the week took", () => {
    const { text } = mailOf(typicalWeek)
    assert.match(text, /Free requests +at most 151,684 to the queue, 15% of 1,000,000 a month\n/)
    assert.match(text, /Free calls +83 of the processor, <1% of 1,000,000 a month\n/)
    assert.match(text, /Free writes +214 units, <1% of 15,120,000 a week\n/)
    assert.match(text, /Free space +7\.0 MB in the table, <1% of 25 GB\n/)
  })

  it("takes the free units for the hours that the week has", () => {
    const period = periodOf(WeekId.make("2026-W43"), DateTime.zoneMakeNamedUnsafe("Europe/London"))
    assert.match(mailOf({ ...typicalWeek, period }).text, /of 15,210,000 a week\n/)
  })

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
  const mail = mailOf(typicalWeek, { occasion: "resend" })

  it("says so in its subject, in its head and at its end", () => {
    assert.match(mail.subject, /^Again: 42 questions, 7 without a good answer - /)
    const note = "Sent again with the numbers of Monday 23 November 2026, 07:00 (Europe/London)."
    for (const part of bothParts(mail)) assert.strictEqual(part.split(note).length, 3)
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
    assert.match(mail.subject, /^42 questions, 7 without a good answer - /)
    assert.match(mail.text, /Never answered in full +4\n/)
    assert.match(mail.text, /Missed the week before, now answered +2\n/)
    for (const part of bothParts(mail)) assert.include(part, "hide the")
  })
})
