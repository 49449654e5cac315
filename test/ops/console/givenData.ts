/** A console over given data, with everything that a visitor could write. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { ConsoleData, NotHeld } from "../../../ops/console/ConsoleData.ts"
import type { Line } from "../../../ops/console/Line.ts"
import { Check } from "../../../ops/deploy/Check.ts"
import { RequestId, SessionId } from "../../../src/schema/AnalyticsEvent.ts"
import { hostileWeek } from "../../programs/reporter/render/hostileWeek.ts"
import { typicalWeek } from "../../programs/reporter/render/reports.ts"

export const hostileTexts = [
  `<script>document.title="taken"</script><img src=x onerror='document.title="taken"'>`,
  "{{source}} {{{title}}} {{>content}} {{=<% %>=}}",
  "\u202eevil\u202c \u2066nested\u2069 \u200fmark",
  "one\r\ntwo\u0000\u001b[31m",
  `Z${"\u0351".repeat(500)}algo`,
  "x".repeat(300),
  "\u200b\u2060",
  "ما هي خبرتك في الحوسبة السحابية؟"
] as const

const start = Date.UTC(2026, 10, 18, 9)

export const lines: ReadonlyArray<Line> = [
  "Which programming languages do you know?",
  ...hostileTexts
].map((question, at) => ({
  requestId: RequestId.make(`00000000-0000-4000-8000-${String(at).padStart(12, "0")}`),
  timestamp: start - 60_000 * at,
  sessionId: SessionId.make(at === 0 ? "session" : question.slice(0, 100)),
  verdict:
    (["full", "none", "partial", "failed", "unknown", "noAnswer"] as const)[at % 6] ?? "full",
  isBot: at === 2,
  isOwn: at === 3,
  language: "en",
  model: at === 1 ? question : "gpt-5-mini",
  country: at === 1 ? question : "GB",
  device: "desktop",
  matchScore: 0.75,
  processingTimeMs: 840,
  vote: { rating: "down", reason: "wrong" },
  question
}))

type Service = ConsoleData["Service"]

const given: Service = {
  source: {
    kind: "local",
    name: "npm start",
    showsTexts: true,
    holdsTexts: true,
    notices: []
  },
  now: ({ before, filter, limit }) => {
    const found = lines.filter(
      (line) =>
        (before === undefined || line.timestamp < before.timestamp) &&
        (filter.verdict === undefined || line.verdict === filter.verdict) &&
        (filter.isBot === undefined || line.isBot === filter.isBot) &&
        (filter.isOwn === undefined || line.isOwn === filter.isOwn) &&
        (filter.model === undefined || line.model === filter.model)
    )
    return Effect.succeed({
      lines: found.slice(0, limit),
      languages: ["en"],
      models: [...new Set(lines.flatMap(({ model = "" }) => model))]
    })
  },
  changes: Stream.make({ kind: "following", state: "live", text: "" } as const).pipe(
    Stream.concat(Stream.never)
  ),
  weeks: Effect.succeed(
    [hostileWeek, typicalWeek].map(({ period: { weekId } }) => ({
      weekId,
      hasFrozen: true,
      isCountable: true,
      isOver: true
    }))
  ),
  week: () =>
    Effect.succeed({
      period: typicalWeek.period,
      frozen: typicalWeek,
      today: { ...typicalWeek, questions: typicalWeek.questions + 1 },
      differences: [
        { name: "questions", frozen: typicalWeek.questions, today: typicalWeek.questions + 1 },
        { name: "answers.none", frozen: 3, today: undefined }
      ]
    }),
  group: (_, question) =>
    Effect.succeed({
      lines: lines.filter((line) => line.question === question),
      isExact: true
    }),
  conversation: (session) => {
    const line = lines.find(({ sessionId }) => sessionId === session)
    const { question = "" } = line ?? {}
    return line === undefined
      ? Effect.fail(new NotHeld({ what: `session ${session}` }))
      : Effect.succeed([{ line, turn: 1, question, answer: question, comment: question }])
  },
  search: (words) =>
    Effect.succeed({
      lines: lines.filter(({ question }) => question?.includes(words)),
      searched: lines.length,
      held: lines.length
    }),
  health: Effect.succeed({
    now: start,
    lost: 0,
    status: {
      queue: { visible: 0, inFlight: 0, isStalled: false },
      deadLetters: {
        count: 2,
        recent: 2,
        unseen: 0,
        oldestAgeSeconds: 90,
        byReason: {},
        newest: null
      },
      table: null,
      alarms: null
    },
    problems: [{ what: "2 dead letters", mend: "npm run ops -- dlq list --local" }],
    freeTier: [
      Check.Good({ subject: "free tier", text: "12 meters, all within" }),
      Check.Unseen({ subject: "free tier", why: "not allowed" })
    ],
    bill: { questionsPerMonth: 1800, usd: 0, firstToEnd: { meter: "SQS", questions: 40_000 } }
  })
}

/** Some parts may be others than the given ones. */
export const givenData = (parts: Partial<Service> = {}) =>
  Layer.succeed(ConsoleData, ConsoleData.of({ ...given, ...parts }))

/** The week of the hostile report, where that of the first one is not enough. */
export const hostileWeekData = givenData({
  week: () => Effect.succeed({ period: hostileWeek.period, today: hostileWeek, differences: [] })
})
