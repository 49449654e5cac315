/** The numbers of a week, each counted by itself with a filter over all interactions. */
import type { InteractionSummary } from "../../../src/schema/InteractionSummary.ts"
import type { Period } from "../../../src/schema/IsoWeek.ts"

type Summaries = ReadonlyArray<InteractionSummary>

export const isOwn = ({ query }: InteractionSummary) => query?.own === 1
export const isBot = (summary: InteractionSummary) =>
  summary.query?.agent === "bot" && !isOwn(summary)

/** The visitors' interactions: neither bots nor the owner. */
export const visitors = (summaries: Summaries) =>
  summaries.filter((summary) => !isOwn(summary) && !isBot(summary))

const responsesIn = (summaries: Summaries) => summaries.flatMap(({ response }) => response ?? [])

const wallClock = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/London",
  dateStyle: "short",
  timeStyle: "short"
})

/** Whole numbers, so that no fraction of a percent rounds wrongly. */
const nearestRank = (values: ReadonlyArray<number>, percent: number): number =>
  [...values].sort((a, b) => a - b)[
    Math.max(1, Math.floor((percent * values.length + 99) / 100)) - 1
  ]!

const latencyOf = (latencies: ReadonlyArray<number>) =>
  latencies.length === 0
    ? {}
    : {
        latencyMs: {
          p50: nearestRank(latencies, 50),
          p95: nearestRank(latencies, 95),
          p99: nearestRank(latencies, 99)
        }
      }

const sum = (numbers: ReadonlyArray<number>) => numbers.reduce((a, b) => a + b, 0)

const hoursOf = (questions: Summaries, { days }: Period) => {
  const times = questions.map(({ timestamp }) => wallClock.format(timestamp))
  return days.map((date) =>
    Array.from({ length: 24 }, (_, hour) => {
      const start = `${date} ${String(hour).padStart(2, "0")}:`
      return times.filter((time) => time.startsWith(start)).length
    })
  )
}

const countsOf = (all: Summaries) => {
  const responses = responsesIn(all)
  const answered = (matchType: string) =>
    responses.filter((r) => r.outcome === "answered" && r.matchType === matchType).length
  const having = (status: string) => all.filter((s) => s.status === status).length
  return {
    sessions: new Set(all.map(({ sessionId }) => sessionId)).size,
    noAnswer: all.filter(({ response }) => response === undefined).length,
    answers: {
      full: answered("full"),
      partial: answered("partial"),
      none: answered("none"),
      unknown: answered("unknown"),
      failed: responses.filter(({ outcome }) => outcome === "failed").length
    },
    status: {
      correlated: having("correlated"),
      awaitingResponse: having("awaiting_response"),
      awaitingQuery: having("awaiting_query")
    }
  }
}

/** The sums over the answers that told both their input and their output. */
export const tokensOf = (responses: ReturnType<typeof responsesIn>) => {
  const told = responses.flatMap(({ tokens = {} }) =>
    tokens.input === undefined || tokens.output === undefined ? [] : tokens
  )
  return {
    answers: told.length,
    input: sum(told.map(({ input = 0 }) => input)),
    cachedInput: sum(told.map(({ cachedInput = 0 }) => cachedInput)),
    cacheWrites: sum(told.map(({ cacheWrites = 0 }) => cacheWrites)),
    output: sum(told.map(({ output = 0 }) => output)),
    reasoning: sum(told.map(({ reasoning = 0 }) => reasoning))
  }
}

const isMissed = ({ response }: InteractionSummary) =>
  response?.outcome === "failed" || response?.matchType === "none"

/** Whoever waits has waited for too long when the report is made. */
const missedHoursOf = (all: Summaries, period: Period) => {
  const missed = all.filter((one) => one.response === undefined || isMissed(one))
  return missed.length === 0 ? {} : { missedHours: hoursOf(missed, period) }
}

const votesOf = (all: Summaries) => {
  const rated = (rating: string) => all.filter(({ vote }) => vote?.rating === rating)
  const [up, down] = [rated("up"), rated("down")]
  if (up.length + down.length === 0) return {}
  const isGood = (one: InteractionSummary) =>
    !isMissed(one) && ["full", "partial"].includes(one.response?.matchType ?? "")
  const votes = {
    up: up.length,
    down: down.length,
    downThoughAnswered: down.filter(isGood).length,
    upThoughMissed: up.filter(isMissed).length,
    alone: 0
  }
  return { votes }
}

/** Every number of the London report that is not a ranked list, a price or a comparison. */
export const naive = (summaries: Summaries, period: Period) => {
  const all = visitors(summaries)
  const responses = responsesIn(all)
  const questions = all.filter(({ query }) => query !== undefined)
  const hours = hoursOf(questions, period)
  const stepOf = (score: number) => Math.min(9, Math.floor(score * 10))
  return {
    questions: questions.length,
    ...countsOf(all),
    withoutText: questions.filter(({ query }) => query?.question === "").length,
    excluded: { bots: summaries.filter(isBot).length, own: summaries.filter(isOwn).length },
    days: period.days.map((date, day) => ({ date, questions: sum(hours[day] ?? []) })),
    hours,
    ...missedHoursOf(all, period),
    scores: Array.from(
      { length: 10 },
      (_, step) =>
        responses.filter(
          ({ matchScore }) => matchScore !== undefined && stepOf(matchScore) === step
        ).length
    ),
    ...latencyOf(
      responses.map(({ processingTimeMs }) => processingTimeMs).filter((time) => time > 0)
    ),
    tokens: tokensOf(responses),
    ...votesOf(all)
  }
}
