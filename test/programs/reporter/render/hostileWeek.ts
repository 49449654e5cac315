import { WeekId } from "../../../../src/schema/IsoWeek.ts"
import { groupId } from "../../../../src/schema/report/GroupId.ts"
import type { WeeklyReport } from "../../../../src/schema/report/WeeklyReport.ts"
import { line, typicalWeek } from "./reports.ts"

const questions = [
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

const lines = questions.map((question) =>
  line(question, {
    others: [{ question }],
    asked: huge,
    sessions: huge,
    none: huge,
    failed: huge,
    scoreMax: 1e300,
    lastMiss: { requestId: question, timestamp: huge, kind: "none", answer: question }
  })
)

const ratings = (texts: ReadonlyArray<string>): WeeklyReport["ratedBadly"] & {} =>
  texts.map((text) => ({
    requestId: text,
    timestamp: huge,
    question: text,
    verdict: "partial" as const,
    reason: "off_topic" as const,
    comment: text,
    answer: text
  }))

const places = questions.map((name) => ({ name, questions: huge }))

/** Everything that a visitor, a client's country field or a broken counter could send. */
export const hostileWeek: WeeklyReport = {
  ...typicalWeek,
  period: { ...typicalWeek.period, timeZone: "<b>Nowhere</b>\r\n", days: ["<i>", "x".repeat(99)] },
  questions: huge,
  sessions: huge,
  answers: { full: huge, partial: huge, none: huge, failed: huge },
  noAnswer: huge,
  status: { correlated: huge, awaitingResponse: huge, awaitingQuery: huge },
  days: [
    { date: "<script>", questions: huge },
    { date: "y".repeat(9999), questions: 0 }
  ],
  latencyMs: { p50: -1, p95: 1e300, p99: 0.5 },
  hours: Array.from({ length: 9 }, () => new Array<number>(30).fill(huge)),
  scores: new Array<number>(40).fill(huge),
  excluded: { bots: huge, own: huge },
  deadLetters: huge,
  tokens: {
    answers: huge,
    input: huge,
    cachedInput: huge,
    cacheWrites: huge,
    output: huge,
    reasoning: huge
  },
  cost: { usd: 1e300, unknown: questions.map((model) => ({ model, answers: huge })) },
  capped: ["lost", "tokens"],
  unlistedNames: { countries: huge, devices: huge, referrers: huge, languages: huge },
  models: questions.map((model) => ({
    model,
    questions: huge,
    missed: huge,
    p95Ms: 1e300,
    usd: 1e300,
    unpriced: 1
  })),
  otherModels: { questions: huge, missed: huge, p95Ms: -1, usd: -1, unpriced: huge },
  countries: places,
  devices: places,
  referrers: places,
  languages: places,
  answeredInOther: questions.map((asked) => ({ asked, answered: asked, questions: huge })),
  topQuestions: lines,
  unanswered: lines,
  closed: questions.map((question) => ({ question, asked: huge, missedBefore: huge })),
  votes: { up: huge, down: huge, downThoughAnswered: huge, upThoughMissed: huge, alone: huge },
  ratedBadly: ratings(questions),
  late: { questions: huge, answers: huge },
  previous: { questions: 1, sessions: 0, answered: 1, missed: 0, failed: huge, p95Ms: -1e300 },
  trend: Array.from({ length: 50 }, () => ({
    weekId: typicalWeek.period.weekId,
    questions: 1,
    missed: huge
  }))
}

export const hostileSite = "<script>\r\nBcc: a@example.com\u202e".repeat(40)

/** Every list at its longest, every text of one letter and far beyond its limit. */
export const longestWeek = (letter: string): WeeklyReport => {
  const text = letter.repeat(999)
  const question = line(text, {
    others: Array.from({ length: 3 }, () => ({ question: text })),
    id: groupId(WeekId.make("2026-W01"), huge),
    asked: huge,
    variants: huge,
    sessions: huge,
    full: huge,
    partial: huge,
    none: huge,
    failed: huge,
    askedBefore: huge,
    missedBefore: huge,
    lastMiss: { requestId: text, timestamp: huge, kind: "none", answer: text }
  })
  const places = Array.from({ length: 12 }, () => ({ name: text, questions: huge }))
  const questions = Array.from({ length: 12 }, () => question)
  return {
    ...hostileWeek,
    period: { ...typicalWeek.period, timeZone: text },
    cost: { usd: 1, unknown: places.map(() => ({ model: text, answers: huge })) },
    models: places.map(() => ({
      model: text,
      questions: huge,
      missed: huge,
      p95Ms: huge,
      usd: huge,
      unpriced: 1
    })),
    countries: places,
    devices: ["desktop", "mobile", "tablet", "tv"].map((name) => ({ name, questions: huge })),
    referrers: places,
    languages: places,
    answeredInOther: places.map(() => ({ asked: text, answered: text, questions: huge })),
    topQuestions: questions,
    unanswered: questions,
    closed: questions.map(() => ({ question: text, asked: huge, missedBefore: huge })),
    ratedBadly: ratings(questions.map(() => text))
  }
}
