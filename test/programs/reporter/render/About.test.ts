/** The mail describes itself: how sound its numbers are, how old, and what is kept out of it. */
import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import { periodOf, WeekId } from "../../../../src/schema/IsoWeek.ts"
import type { Pipeline } from "../../../../src/schema/report/Pipeline.ts"
import type { WeeklyReport } from "../../../../src/schema/report/WeeklyReport.ts"
import { assertFit, bothParts, mailOf } from "./mails.ts"
import { typicalWeek } from "./reports.ts"

/** Every question has its answer. */
const wellWeek: WeeklyReport = {
  ...typicalWeek,
  noAnswer: 0,
  status: { ...typicalWeek.status, awaitingResponse: 0 }
}

const wordsOf = (report: WeeklyReport, version?: string): string =>
  mailOf(report, version === undefined ? {} : { version }).text.replace(/\s+/g, " ")

const health = (pipeline: Pipeline, changes: Partial<WeeklyReport> = {}) =>
  mailOf({ ...wellWeek, ...changes, pipeline: { ...wellWeek.pipeline, ...pipeline } })

describe("a week that is well", () => {
  it("says so in one paragraph, in both parts", () => {
    for (const part of bothParts(mailOf(wellWeek))) {
      assert.notMatch(part, /data health|free tier \d/i)
      assert.include(
        part.replace(/\s+/g, " "),
        "All 156 events accounted for. Left out: 31 questions by bots, 4 questions of your own."
      )
      assert.include(part, "free tier covers a month like this.")
    }
    assertFit(mailOf(wellWeek))
  })

  it("names only what was left out", () => {
    const excluded = { bots: 0, own: 1 }
    assert.include(wordsOf({ ...wellWeek, excluded }), "Left out: 1 question of your own.")
  })

  it("may miss some events, because the queue's counts are approximate", () => {
    const { text } = health({ accepted: 158 })
    assert.include(text.replace(/\s+/g, " "), "All but 2 of 158 events accounted for;")
    assert.notInclude(text, "DATA HEALTH")
  })

  it("may have repeats, conflicts, and a count below the stored one", () => {
    for (const { text } of [
      health({ conflicts: 2, accepted: 158 }),
      health({ deduplicated: 0 }),
      health({ accepted: 100 })
    ]) {
      assert.match(text, /All 1\d\d\s+events\s+accounted\s+for\./)
      assert.notInclude(text, "DATA HEALTH")
    }
  })

  it("counts the questions without text, which are in no list", () => {
    assert.include(
      wordsOf({ ...wellWeek, withoutText: 3 }),
      "3 questions without text, in no list."
    )
  })

  it("says what the models read and wrote", () => {
    assert.include(
      wordsOf(wellWeek),
      "Models read 51,382 tokens (20,480 from a cache) and wrote 9,417 (3,072 for reasoning): 1,483 an answer."
    )
  })
})

describe("a week that is not well", () => {
  it("shows what is wrong beside the balance, and nothing else", () => {
    const { html, text } = mailOf(typicalWeek)
    assert.match(text, /Accepted +156 {2}All events accounted for\.\n/)
    assert.match(text, /Stored +153\n/)
    assert.match(text, /Without any answer +1 {2}Their answers/)
    assert.notMatch(text, /Dead letters|Lost at the edge/)
    assert.match(html, /<td class="alert line"[^>]*>1</)
  })

  it("tells an unknown number from 0", () => {
    const { deadLetters: _, lost: __, pipeline: ___, ...unknown } = wellWeek
    const { text } = mailOf(unknown)
    for (const label of ["Accepted", "Duplicates ignored", "Dead letters"]) {
      assert.match(text, new RegExp(`${label} +unknown {2}It could not`))
    }
    assert.notMatch(text, /accounted for|free tier/)
  })

  it("has more events unaccounted for than are usual", () => {
    const { html, text } = health({ accepted: 160 })
    assert.match(text, /Accepted +160 {2}4 unaccounted for/)
    assert.include(text.replace(/\s+/g, " "), "See the processor's log.")
    assert.match(html, /<td class="alert line"[^>]*>160</)
  })

  it("makes no claim about events when a part of the sum is unknown", () => {
    const { stored: _, ...rest } = wellWeek.pipeline!
    const { text } = mailOf({ ...wellWeek, pipeline: rest, deadLetters: 1 })
    assert.match(text, /Accepted +156 {2}It is unknown what/)
  })

  it("has dead letters, which account for their events", () => {
    const mail = health({ accepted: 159 }, { deadLetters: 3 })
    assert.match(mail.text, /Accepted +159 {2}All events accounted for/)
    for (const part of bothParts(mail)) {
      assert.include(part, "3 messages could not be stored; see data health")
    }
  })

  it("lost events at the edge, which its head tells too", () => {
    const mail = mailOf({ ...wellWeek, lost: 2 })
    assert.match(mail.text, /Lost at the edge +at least 2 /)
    for (const part of bothParts(mail)) {
      assert.include(part, "at least 2 events never reached the queue; see data health")
    }
  })

  it("has unreadable items, which its head tells too", () => {
    const mail = mailOf({ ...wellWeek, unreadable: 2 })
    assert.match(mail.text, /Unreadable +2 {2}Damaged or of another/)
    for (const part of bothParts(mail)) {
      assert.include(part, "2 stored items could not be read; see data health")
    }
    assert.notMatch(mailOf({ ...wellWeek, unreadable: 0 }).text, /unreadable/i)
    assertFit(mail)
  })
})

describe("AWS's free tier", () => {
  it("is a table as soon as a month like this week comes near its end", () => {
    const table = /AWS'S FREE TIER\n/
    assert.notMatch(health({ requests: 180_000 }).text, table)
    const { text } = health({ requests: 190_000 })
    assert.match(text, table)
    assert.match(text, /Requests +at most 190,000 to the queue, 19% of 1,000,000 a month\n/)
    assert.match(text, /Calls +83 of the processor, <1% of 1,000,000 a month\n/)
    assert.match(text, /Writes +214 units, <1% of 15,120,000 a week\n/)
    assert.match(text, /Space +7\.0 MB in the table, <1% of 25 GB\n/)
  })

  it("has units for the hours that the week has, and unknown numbers", () => {
    const period = periodOf(WeekId.make("2026-W43"), DateTime.zoneMakeNamedUnsafe("Europe/London"))
    const { tableBytes: _, ...pipeline } = { ...wellWeek.pipeline!, requests: 900_000 }
    const { text } = mailOf({ ...wellWeek, period, pipeline })
    assert.match(text, /of 15,210,000 a week\n/)
    assert.match(text, /Space +unknown of 25 GB\n/)
  })
})

describe("the time of the count", () => {
  const { endMs } = wellWeek.period
  const hourMs = 3_600_000

  it.each([
    [0, "."],
    [36, "."],
    [37, ", 2 days after the week's end."],
    [24 * 9, ", 9 days after the week's end."],
    [-1, ", before the week was over."]
  ])("says of a report made %d hours after the week's end: %s", (hours, words) => {
    const report = { ...wellWeek, generatedAt: endMs + hours * hourMs }
    assert.include(wordsOf(report), `(Europe/London)${words}`)
  })

  it("names the version when there is one", () => {
    assert.include(wordsOf(wellWeek, "1.4.0\r\n"), "by version 1.4.0.")
    assert.notInclude(wordsOf(wellWeek), "version")
  })
})
