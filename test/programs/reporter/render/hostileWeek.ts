import type { WeeklyReport } from "../../../../src/schema/WeeklyReport.ts"
import { line, typicalWeek } from "./reports.ts"

const wordings = [
  `<script>alert("1")</script><img src=x onerror='alert(1)'>`,
  "{{siteName}} {{{subject}}} {{#week}}{{>tiles}}{{/week}} {{=<% %>=}}",
  "one\r\nBcc: someone@example.com\r\n\r\nbody\u0000\u0008\u001b[31m",
  "\u202eevil\u202c \u2066nested\u2069 \u200fmark",
  "x".repeat(65_536),
  `&"'<>`.repeat(20_000),
  "👩🏽‍🚀🏳️‍🌈".repeat(200),
  "ما هي خبرتك في الحوسبة السحابية؟ הניסיון שלך",
  `Z${"\u0351".repeat(5000)}algo`,
  "\u200b\u2060"
]

const huge = Number.MAX_SAFE_INTEGER

const lines = wordings.map((wording) =>
  line(wording, { asked: huge, sessions: huge, none: huge, failed: huge, scoreMax: 1e300 })
)

/** Everything that a visitor, a client's country field or a broken counter could send. */
export const hostileWeek: WeeklyReport = {
  ...typicalWeek,
  period: { ...typicalWeek.period, timeZone: "<b>Nowhere</b>\r\n", days: ["<i>", "x".repeat(99)] },
  questions: huge,
  sessions: huge,
  answers: { full: huge, partial: huge, none: huge, failed: huge },
  status: { correlated: huge, awaitingResponse: huge, awaitingQuery: huge },
  days: [
    { date: "<script>", questions: huge },
    { date: "y".repeat(9999), questions: 0 }
  ],
  latencyMs: { p50: -1, p95: 1e300, p99: 0.5 },
  tokens: { input: huge, output: huge },
  countries: wordings.map((country) => ({ country, questions: huge })),
  topQuestions: lines,
  unanswered: lines
}

export const hostileSite = "<script>\r\nBcc: a@example.com\u202e".repeat(40)
