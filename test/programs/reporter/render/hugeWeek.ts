import { WeekId } from "../../../../src/schema/IsoWeek.ts"
import { groupId } from "../../../../src/schema/report/GroupId.ts"
import type { WeeklyReport } from "../../../../src/schema/report/WeeklyReport.ts"
import { asked, line, quietWeek } from "./reports.ts"

/** The rhythm of a working day, in questions an hour from midnight on. */
const rhythm = [
  40, 20, 9, 4, 2, 6, 30, 90, 260, 480, 640, 700, 520, 560, 660, 690, 610, 480, 390, 360, 330, 280,
  170, 90
]
const weight = [1, 1.08, 1.04, 1, 0.86, 0.35, 0.3]

const slots = weight.flatMap((factor, day) =>
  rhythm.map((questions, hour) => [day, hour, Math.round(questions * factor * 1.2)] as const)
)

const perWeek = asked(...slots)
const lastDay = 50_000 - perWeek.days.slice(0, 6).reduce((sum, { questions }) => sum + questions, 0)
const rest = lastDay - (perWeek.days[6]?.questions ?? 0)

const questions = [
  "What is your experience with TypeScript, and which parts of its type system do you use daily?",
  "Are you available for contract work from January?",
  "Können Sie auch Projekte im öffentlichen Dienst übernehmen?",
  "Which AWS services have you used?",
  "¿Hablas español?",
  "How do you test infrastructure?",
  "Where did you study?",
  "What was the largest system that you were responsible for?",
  "Do you write about your work?",
  "Show me a project that failed"
]

/** Fifty thousand questions, and every list as long as it can be. */
export const hugeWeek: WeeklyReport = {
  ...quietWeek,
  generatedAt: quietWeek.period.endMs + 4 * 86_400_000,
  questions: 50_000,
  sessions: 18_244,
  answers: { full: 38_120, partial: 6_904, none: 4_310, failed: 641 },
  noAnswer: 29,
  status: { correlated: 49_971, awaitingResponse: 29, awaitingQuery: 4 },
  excluded: { bots: 12_345, own: 87 },
  deadLetters: 3,
  ...asked(...slots, [6, 12, rest]),
  scores: [1_902, 1_411, 1_204, 988, 1_340, 2_377, 3_905, 6_650, 11_930, 18_268],
  latencyMs: { p50: 612, p95: 1_804, p99: 3_377 },
  tokens: {
    answers: 49_975,
    input: 61_402_118,
    cachedInput: 40_211_904,
    cacheWrites: 2_018_330,
    output: 8_914_220,
    reasoning: 1_204_118
  },
  cost: { usd: 1_234.56, unknown: [] },
  models: Array.from({ length: 10 }, (_, at) => ({
    model: `provider/a-rather-long-name-of-a-model-${at}`,
    questions: 9_000 - 900 * at,
    missed: 600 - 60 * at,
    p95Ms: 900 + 150 * at,
    usd: 250 - 25 * at,
    unpriced: at === 3 ? 12 : 0
  })),
  otherModels: { questions: 3_500, missed: 90, p95Ms: 2_750, usd: 12.5, unpriced: 0 },
  countries: ["DE", "GB", "US", "NL", "FR", "IN", "PL", "ES", "BR", "XX"].map((name, at) => ({
    name,
    questions: Math.round(15_000 / (at + 1))
  })),
  devices: [
    { name: "desktop", questions: 31_204 },
    { name: "mobile", questions: 17_801 },
    { name: "tablet", questions: 995 }
  ],
  referrers: Array.from({ length: 10 }, (_, at) => ({
    name: `a-rather-long-name-of-partner-number-${at}.careers.example.org`,
    questions: Math.round(9_000 / (at + 2))
  })),
  languages: ["de", "en", "nl", "fr", "hi", "pl", "es", "pt", "it", "tr"].map((name, at) => ({
    name,
    questions: Math.round(14_000 / (at + 1))
  })),
  answeredInOther: [
    { asked: "de", answered: "en", questions: 412 },
    { asked: "es", answered: "en", questions: 77 }
  ],
  topQuestions: questions.map((question, at) =>
    line(question, {
      asked: 4_000 - 300 * at,
      variants: 40 - at,
      sessions: 2_100 - 100 * at,
      full: 3_100 - 300 * at,
      partial: 800,
      none: 90,
      failed: 10,
      scoreMax: 0.98,
      askedBefore: at === 2 ? 0 : 3_700 - 200 * at,
      missedBefore: at === 2 ? 0 : 80
    })
  ),
  unanswered: questions.map((question, at) =>
    line(`${question} (${at})`, {
      asked: 400 - 30 * at,
      sessions: 210 - 10 * at,
      none: 390 - 30 * at,
      failed: 10,
      scoreMax: 0.4 - at / 50,
      id: groupId(WeekId.make("2026-W47"), at + 1),
      askedBefore: at % 3 === 0 ? 0 : 150 * at,
      missedBefore: at % 3 === 0 ? 0 : 120 * at,
      missedSessions: 205 - 10 * at,
      lastMiss: {
        requestId: "of no matter here",
        timestamp: 0,
        kind: at === 4 ? "noAnswer" : "none",
        answer: `My notes say nothing of this, so please ask for it by e-mail. (${at})`
      }
    })
  ),
  votes: { up: 8_100, down: 1_900, downThoughAnswered: 800, upThoughMissed: 40, alone: 3 },
  ratedBadly: questions.map((question, at) => ({
    requestId: "of no matter here",
    timestamp: 0,
    question,
    verdict: at < 8 ? ("partial" as const) : ("failed" as const),
    reason: "incomplete" as const,
    comment: `This tells me nothing that I could not read above. (${at})`,
    answer: "I have worked with many of these, as my page says in its third section."
  })),
  closed: questions.map((question, at) => ({ question, asked: 90 - at, missedBefore: 12 + at })),
  previous: {
    questions: 44_120,
    sessions: 16_901,
    answered: 41_800,
    missed: 2_280,
    failed: 40,
    p95Ms: 1_811,
    usd: 1_102.4
  },
  late: { questions: 31, answers: 1 },
  trend: [40, 41, 42, 43, 44, 45, 46].map((week, at) => ({
    weekId: WeekId.make(`2026-W${week}`),
    questions: 30_000 + 2_400 * at,
    missed: 2_000 + 40 * at
  }))
}
