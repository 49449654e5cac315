/** Reports of one week, for tests of the e-mail. */
import * as DateTime from "effect/DateTime"
import { periodOf, WeekId } from "../../../../src/schema/IsoWeek.ts"
import type { QuestionLine, WeeklyReport } from "../../../../src/schema/WeeklyReport.ts"

const zone = DateTime.zoneMakeNamedUnsafe("Europe/London")

export const siteName = "cv.example.com"

const outcomes = { full: 0, partial: 0, none: 0, failed: 0 }

export const line = (question: string, counts: Partial<QuestionLine>): QuestionLine => ({
  question,
  asked: 1,
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
  status: { correlated: 0, awaitingResponse: 0, awaitingQuery: 0 },
  days: periodOf(WeekId.make("2026-W47"), zone).days.map((date) => ({ date, questions: 0 })),
  tokens: { input: 0, output: 0 },
  countries: [],
  topQuestions: [],
  unanswered: []
}

const perDay = (counts: ReadonlyArray<number>): WeeklyReport["days"] =>
  quietWeek.period.days.map((date, day) => ({ date, questions: counts[day] ?? 0 }))

const kubernetes = line("Have you run Kubernetes in production?", {
  asked: 3,
  sessions: 3,
  partial: 1,
  none: 2,
  scoreMax: 0.31
})
const salary = line("What salary do you expect for a senior role in Berlin?", {
  asked: 2,
  sessions: 2,
  none: 2,
  scoreMax: 0.12
})
const relocation = line(
  "Would you relocate to Amsterdam or Rotterdam if we paid for the move, and how soon could you " +
    "start after you have given notice to your current employer?",
  { failed: 1, none: 0 }
)

export const typicalWeek: WeeklyReport = {
  ...quietWeek,
  questions: 42,
  sessions: 19,
  answers: { full: 28, partial: 7, none: 5, failed: 1 },
  status: { correlated: 41, awaitingResponse: 1, awaitingQuery: 0 },
  days: perDay([6, 11, 8, 9, 5, 0, 3]),
  latencyMs: { p50: 840, p95: 2410, p99: 4125 },
  tokens: { input: 51_382, output: 9_417 },
  countries: [
    { country: "GB", questions: 17 },
    { country: "DE", questions: 11 },
    { country: "US", questions: 9 },
    { country: "NL", questions: 4 },
    { country: "T1", questions: 1 }
  ],
  topQuestions: [
    line("What is your experience with TypeScript?", {
      asked: 6,
      sessions: 5,
      full: 6,
      scoreMax: 0.97
    }),
    line("Are you available for contract work?", {
      asked: 4,
      sessions: 4,
      full: 3,
      partial: 1,
      scoreMax: 0.88
    }),
    kubernetes,
    line("Which AWS services have you used?", { asked: 3, sessions: 2, full: 3, scoreMax: 0.93 }),
    salary,
    line("Wo haben Sie studiert?", { asked: 2, sessions: 1, full: 1, partial: 1, scoreMax: 0.74 }),
    relocation
  ],
  unanswered: [
    kubernetes,
    salary,
    line("Do you know COBOL?", { none: 1, scoreMax: 0.05 }),
    relocation
  ]
}

const greeting = line("What do you do?", { full: 1, scoreMax: 0.9 })

export const oneQuestion: WeeklyReport = {
  ...quietWeek,
  questions: 1,
  sessions: 1,
  answers: { ...outcomes, full: 1 },
  status: { correlated: 1, awaitingResponse: 0, awaitingQuery: 0 },
  days: perDay([0, 0, 1]),
  latencyMs: { p50: 120, p95: 120, p99: 120 },
  tokens: { input: 800, output: 90 },
  topQuestions: [greeting]
}
