/** Reports of one week, for tests of the e-mail. */
import * as DateTime from "effect/DateTime"
import { periodOf, WeekId } from "../../../../src/schema/IsoWeek.ts"
import { groupId } from "../../../../src/schema/report/GroupId.ts"
import type { MissedLine, WeeklyReport } from "../../../../src/schema/report/WeeklyReport.ts"

const zone = DateTime.zoneMakeNamedUnsafe("Europe/London")

export const siteName = "cv.example.com"

const outcomes = { full: 0, partial: 0, none: 0, failed: 0 }

export const line = (question: string, counts: Partial<MissedLine>): MissedLine => ({
  question,
  asked: 1,
  variants: 1,
  sessions: 1,
  ...outcomes,
  scoreMax: 0,
  ...counts
})

export const quietWeek: WeeklyReport = {
  period: periodOf(WeekId.make("2026-W47"), zone),
  generatedAt: Date.UTC(2026, 10, 23, 7, 0, 12),
  questions: 0,
  sessions: 0,
  answers: outcomes,
  noAnswer: 0,
  status: { correlated: 0, awaitingResponse: 0, awaitingQuery: 0 },
  days: periodOf(WeekId.make("2026-W47"), zone).days.map((date) => ({ date, questions: 0 })),
  excluded: { bots: 0, own: 0 },
  deadLetters: 0,
  events: 0,
  lost: 0,
  pipeline: {
    accepted: 0,
    deduplicated: 0,
    requests: 151_200,
    batches: 0,
    stored: 0,
    duplicates: 0,
    conflicts: 0,
    writeUnits: 0,
    tableBytes: 7_340_032
  },
  hours: Array.from({ length: 7 }, () => new Array<number>(24).fill(0)),
  scores: new Array<number>(10).fill(0),
  tokens: { answers: 0, input: 0, cachedInput: 0, cacheWrites: 0, output: 0, reasoning: 0 },
  cost: { usd: 0, unknown: [] },
  models: [],
  countries: [],
  devices: [],
  referrers: [],
  languages: [],
  answeredInOther: [],
  topQuestions: [],
  unanswered: [],
  closed: [],
  trend: []
}

type Slot = readonly [day: number, hour: number, questions: number]

/** Questions by hour, and by day as their sums. */
export const asked = (...slots: ReadonlyArray<Slot>): Pick<WeeklyReport, "days" | "hours"> => {
  const hours = quietWeek.hours.map((day) => [...day])
  for (const [day, hour, questions] of slots) hours[day]![hour]! += questions
  const days = quietWeek.period.days.map((date, day) => ({
    date,
    questions: hours[day]!.reduce((sum, n) => sum + n, 0)
  }))
  return { days, hours }
}

const kubernetes = line("Have you run Kubernetes in production?", {
  asked: 3,
  sessions: 3,
  partial: 1,
  none: 2,
  scoreMax: 0.31,
  variants: 4,
  others: [
    { question: "kubernetes in production" },
    { question: "k8s?" },
    { question: "Have you ever operated a Kubernetes cluster that real customers depended on?" }
  ],
  id: groupId(WeekId.make("2026-W44"), 2),
  askedBefore: 4,
  missedBefore: 3,
  missedSessions: 2,
  askedAgain: 1,
  lastMiss: {
    requestId: "00000000-0000-4000-8000-000000000001",
    timestamp: Date.UTC(2026, 10, 20, 16),
    kind: "none",
    answer:
      "I have run containers in production for years, but nothing in my notes says Kubernetes."
  }
})
const salary = line("What salary do you expect for a senior role in Berlin?", {
  asked: 2,
  sessions: 2,
  none: 2,
  scoreMax: 0.12,
  askedBefore: 0,
  missedBefore: 0
})
const relocation = line(
  "Would you relocate to Amsterdam or Rotterdam if we paid for the move, and how soon could you " +
    "start after you have given notice to your current employer?",
  {
    failed: 1,
    askedBefore: 0,
    missedBefore: 0,
    lastMiss: { requestId: "of no matter here", timestamp: 0, kind: "failed" }
  }
)

export const typicalWeek: WeeklyReport = {
  ...quietWeek,
  questions: 42,
  sessions: 19,
  conversations: {
    count: 19,
    questions: 42,
    single: 7,
    median: 2,
    missed: 7,
    askedAgain: 2,
    ended: 18,
    endedOnMiss: 3
  },
  answers: { full: 28, partial: 7, none: 5, failed: 1 },
  noAnswer: 1,
  status: { correlated: 41, awaitingResponse: 1, awaitingQuery: 0 },
  excluded: { bots: 31, own: 4 },
  events: 153,
  pipeline: {
    accepted: 156,
    deduplicated: 5,
    requests: 151_684,
    batches: 83,
    stored: 153,
    duplicates: 3,
    conflicts: 0,
    writeUnits: 214,
    tableBytes: 7_340_032
  },
  ...asked(
    [0, 9, 2],
    [0, 10, 1],
    [0, 14, 2],
    [0, 20, 1],
    [1, 8, 1],
    [1, 9, 3],
    [1, 11, 1],
    [1, 15, 4],
    [1, 21, 2],
    [2, 10, 3],
    [2, 13, 4],
    [2, 22, 1],
    [3, 0, 1],
    [3, 9, 2],
    [3, 16, 6],
    [4, 11, 2],
    [4, 12, 1],
    [4, 17, 2],
    [6, 18, 1],
    [6, 19, 2]
  ),
  scores: [3, 1, 1, 1, 0, 2, 2, 4, 9, 18],
  latencyMs: { p50: 840, p95: 2410, p99: 4125 },
  tokens: {
    answers: 41,
    input: 51_382,
    cachedInput: 20_480,
    cacheWrites: 0,
    output: 9_417,
    reasoning: 3_072
  },
  cost: { usd: 0.4137, unknown: [{ model: "house-model-2", answers: 12 }] },
  models: [
    { model: "gpt-4o-mini", questions: 29, missed: 4, p95Ms: 2410, usd: 0.4137, unpriced: 0 },
    { model: "house-model-2", questions: 12, missed: 2, p95Ms: 1890, usd: 0, unpriced: 12 }
  ],
  countries: [
    { name: "GB", questions: 17 },
    { name: "DE", questions: 11 },
    { name: "US", questions: 9 },
    { name: "NL", questions: 4 },
    { name: "T1", questions: 1 }
  ],
  devices: [
    { name: "desktop", questions: 25 },
    { name: "mobile", questions: 16 },
    { name: "TV", questions: 1 }
  ],
  referrers: [
    { name: "www.linkedin.com", questions: 14 },
    { name: "github.com", questions: 6 }
  ],
  languages: [
    { name: "en", questions: 33 },
    { name: "de", questions: 6 },
    { name: "nl", questions: 1 }
  ],
  answeredInOther: [{ asked: "de", answered: "en", questions: 3 }],
  votes: { up: 7, down: 2, downThoughAnswered: 1, upThoughMissed: 1, alone: 0 },
  ratedBadly: [
    {
      requestId: "of no matter here",
      timestamp: 0,
      question: "Are you available for contract work?",
      verdict: "full",
      reason: "outdated",
      comment: "The dates on the page are from last year.",
      answer: "Yes, from October 2025 on."
    },
    {
      requestId: "of no matter here",
      timestamp: 0,
      question: "What are your salary expectations?",
      verdict: "none"
    }
  ],
  topQuestions: [
    line("What is your experience with TypeScript?", {
      asked: 6,
      sessions: 5,
      full: 6,
      scoreMax: 0.97,
      askedBefore: 8,
      missedBefore: 0
    }),
    line("Are you available for contract work?", {
      asked: 4,
      sessions: 4,
      full: 3,
      partial: 1,
      scoreMax: 0.88,
      askedBefore: 0,
      missedBefore: 0
    }),
    kubernetes,
    line("Which AWS services have you used?", {
      asked: 3,
      sessions: 2,
      full: 3,
      scoreMax: 0.93,
      askedBefore: 1,
      missedBefore: 0
    }),
    salary,
    line("Wo haben Sie studiert?", {
      asked: 2,
      sessions: 1,
      full: 1,
      partial: 1,
      scoreMax: 0.74,
      askedBefore: 1,
      missedBefore: 1
    }),
    relocation
  ],
  unanswered: [
    kubernetes,
    salary,
    line("Do you know COBOL?", { none: 1, scoreMax: 0.05, askedBefore: 2, missedBefore: 0 }),
    relocation
  ],
  closed: [
    { question: "Do you have a driving licence?", asked: 2, missedBefore: 4 },
    { question: "Which languages do you speak?", asked: 1, missedBefore: 1 }
  ],
  previous: { questions: 37, sessions: 19, answered: 24, missed: 12, failed: 0, p95Ms: 2205 },
  trend: [
    { weekId: WeekId.make("2026-W43"), questions: 18, missed: 9 },
    { weekId: WeekId.make("2026-W44"), questions: 0, missed: 0 },
    { weekId: WeekId.make("2026-W45"), questions: 51, missed: 14 },
    { weekId: WeekId.make("2026-W46"), questions: 37, missed: 12 }
  ]
}

const greeting = line("What do you do?", { full: 1, scoreMax: 0.9 })

export const oneQuestion: WeeklyReport = {
  ...quietWeek,
  questions: 1,
  sessions: 1,
  answers: { ...outcomes, full: 1 },
  status: { correlated: 1, awaitingResponse: 0, awaitingQuery: 0 },
  events: 2,
  pipeline: {
    ...quietWeek.pipeline,
    accepted: 2,
    requests: 151_206,
    batches: 1,
    stored: 2,
    writeUnits: 3
  },
  ...asked([2, 14, 1]),
  scores: [0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
  latencyMs: { p50: 120, p95: 120, p99: 120 },
  tokens: { ...quietWeek.tokens, answers: 1, input: 800, output: 90 },
  cost: { usd: 0.000174, unknown: [] },
  topQuestions: [greeting]
}
