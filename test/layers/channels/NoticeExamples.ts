import type { Notice } from "../../../src/schema/Notice.ts"

export const notice: Notice = {
  version: 1,
  id: "report-2026-W47-abc",
  type: "report.weekly",
  timestamp: Date.UTC(2026, 10, 23, 7),
  site: "Example",
  subject: "540 questions, 61 without a good answer - Example",
  lines: ["540 questions, 61 without a good answer", "Changed most: questions (+12%)"],
  figures: [
    { label: "Questions", value: "540", change: "+12%" },
    { label: "Missed", value: "61", change: "" }
  ],
  lists: [
    {
      title: "Questions without a good answer",
      rows: [{ question: "Do you know Rust?", note: "missed 3 of 4" }]
    }
  ]
}

/** The same text in every place that a notice has for one. */
export const noticeOf = (text: string, rows = 1): Notice => ({
  ...notice,
  site: text,
  subject: text,
  lines: Array.from({ length: rows }, () => text),
  figures: Array.from({ length: rows }, () => ({ label: text, value: text, change: text })),
  lists: Array.from({ length: 3 }, () => ({
    title: text,
    rows: Array.from({ length: rows }, () => ({ question: text, note: text }))
  }))
})
