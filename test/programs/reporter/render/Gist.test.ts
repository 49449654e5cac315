import { assert, describe, it } from "@effect/vitest"
import { gist } from "../../../../src/programs/reporter/render/Gist.ts"
import type { WeeklyReport } from "../../../../src/schema/report/WeeklyReport.ts"
import { bothParts, mailOf } from "./mails.ts"
import { line, oneQuestion, quietWeek, siteName, typicalWeek } from "./reports.ts"

const labels = (report: WeeklyReport) => gist(report, { siteName }).map(({ label }) => label)

describe("the gist of a week", () => {
  it("names the most asked, the missed and the mended question, and the largest change", () => {
    assert.deepStrictEqual(gist(typicalWeek, { siteName }), [
      {
        label: "Asked most",
        question: "What is your experience with TypeScript?",
        words: "6 times"
      },
      { label: "Not answered", question: "Have you run Kubernetes in production?", words: "twice" },
      {
        label: "Now answered",
        question: "Do you have a driving licence?",
        words: "missed 4 times the week before"
      },
      { label: "Changed most", question: "", words: "missed, from 12 to 7 (-42%, better)" }
    ])
  })

  it("comes before the figures in both parts", () => {
    const [html = "", text = ""] = bothParts(mailOf(typicalWeek))
    assert.match(
      text,
      /Asked most +"What is your experience with TypeScript\?", 6 times .* Sessions/
    )
    assert.match(html, /<strong dir="auto">What is your exp[^<]*<\/strong>, 6 times/)
    assert.isBelow(html.indexOf("Changed most"), html.indexOf("Sessions"))
  })

  it("counts failures as not answered, and writes one time as once", () => {
    const unanswered = [line("Do you swim?", { failed: 1 })]
    const found = gist({ ...typicalWeek, unanswered }, { siteName })
    assert.deepInclude(found, { label: "Not answered", question: "Do you swim?", words: "once" })
  })

  it("names no most asked question when every question was asked once", () => {
    assert.deepStrictEqual(labels(oneQuestion), [])
    const { closed: _, ...rest } = typicalWeek
    const once = [line("Do you swim?", { full: 1 })]
    const report = { ...rest, topQuestions: once, unanswered: [], closed: [] }
    assert.deepStrictEqual(labels(report), ["Changed most"])
  })

  it("is empty in a quiet week", () => {
    assert.notMatch(mailOf({ ...quietWeek, previous: typicalWeek.previous! }).text, /Changed most/)
  })

  it("quotes no visitor when questions are hidden", () => {
    const found = gist(typicalWeek, { siteName, questions: "hidden" })
    assert.deepStrictEqual(
      found.map(({ label, question }) => [label, question]),
      [["Changed most", ""]]
    )
  })
})
