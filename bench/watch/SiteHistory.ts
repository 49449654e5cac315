/** Every exchange of a simulated site, with its plan of troubles; one seed is one site. */
import { RequestId, SessionId } from "../../src/schema/AnalyticsEvent.ts"
import type { InteractionSummary } from "../../src/schema/InteractionSummary.ts"
import { hourMs, hoursIn, weeksOf, weightAt } from "./Calendar.ts"
import { type Chance, chanceOf } from "./Chance.ts"
import { type Planted, planOf, silences, type Trouble } from "./Plan.ts"
import { model, type Site, tokensPerAnswer } from "./Site.ts"
import { type Topic, topicsOf, wordingOf } from "./Topics.ts"

export interface Asked {
  readonly summary: InteractionSummary
  readonly topic: string
}

export interface SiteHistory {
  readonly seed: number
  readonly asked: ReadonlyArray<Asked>
  readonly plan: ReadonlyArray<Planted>
}

const questionsPerVisitor = 2.2

/** The sum of the weights of an ordinary week. */
const weightOfWeek = weeksOf(0)
  .slice(1, 2)
  .flatMap(hoursIn)
  .reduce((sum, hour) => sum + weightAt(hour), 0)

interface Moment {
  readonly at: number
  readonly troubles: ReadonlySet<Trouble>
  readonly topics: ReadonlyArray<Topic>
  readonly gap: Topic
}

const response = (chance: Chance, { topics: _, troubles }: Moment, topic: Topic) => {
  const failsBy = troubles.has("failing") ? 0.85 : 0.004
  const missesBy = troubles.has("misses") ? 0.65 : topic.missedShare
  if (chance.strikes(troubles.has("hanging") ? 0.9 : 0.002)) return {}
  return {
    response: {
      matchType: chance.strikes(missesBy) ? ("none" as const) : ("full" as const),
      processingTimeMs: 800,
      outcome: chance.strikes(failsBy) ? ("failed" as const) : ("answered" as const),
      model,
      tokens: { input: tokensPerAnswer * (troubles.has("cost") ? 8 : 1), output: 0 }
    }
  }
}

const vote = (chance: Chance, { troubles }: Moment, isMissed: boolean) => {
  if (!chance.strikes(troubles.has("votes") ? 0.12 : 0.05)) return {}
  const down = troubles.has("votes") ? 0.9 : isMissed ? 0.7 : 0.2
  return { vote: { rating: chance.strikes(down) ? ("down" as const) : ("up" as const) } }
}

const exchange = (chance: Chance, moment: Moment, session: SessionId, number: number): Asked => {
  const { at, gap, topics, troubles } = moment
  const isNew = troubles.has("gap") && chance.strikes(0.1)
  const topic = isNew ? gap : pick(chance, topics)
  const told = response(chance, moment, topic)
  const isMissed = told.response?.matchType === "none"
  return {
    topic: topic.noun,
    summary: {
      requestId: RequestId.make(`00000000-0000-4000-8000-${String(number).padStart(12, "0")}`),
      timestamp: at,
      sessionId: session,
      status: told.response === undefined ? "awaiting_response" : "correlated",
      query: { question: wordingOf(topic, chance.whole(3)), agent: "person" },
      ...told,
      ...vote(chance, moment, isMissed)
    }
  }
}

/** A few topics are asked often, and most are rare. */
const pick = (chance: Chance, topics: ReadonlyArray<Topic>): Topic =>
  topics[Math.floor(topics.length ** chance.next()) - 1 + Number(chance.strikes(0.3))] ??
  topics[0] ?? { noun: "", missedShare: 0 }

const visit = (chance: Chance, moment: Moment, number: number): ReadonlyArray<Asked> => {
  const session = SessionId.make(`visitor-${number}`)
  let at = moment.at
  const asked: Array<Asked> = []
  do {
    asked.push(exchange(chance, { ...moment, at }, session, number * 100 + asked.length))
    at += 20_000 + chance.whole(100_000)
  } while (chance.strikes(1 - 1 / questionsPerVisitor) && asked.length < 30)
  return asked
}

const troublesAt = (plan: ReadonlyArray<Planted>, at: number): ReadonlySet<Trouble> =>
  new Set(
    plan.filter(({ endMs, startMs }) => at >= startMs && at < endMs).map(({ trouble }) => trouble)
  )

export const historyOf = ({ isCalm, perWeek }: Site, seed: number): SiteHistory => {
  const chance = chanceOf(seed)
  const plan = isCalm ? [] : planOf(seed, chance)
  const topics = topicsOf(chance, 150)
  const news = topicsOf(chance, 60)
  const visitorsPerWeight = perWeek / questionsPerVisitor / weightOfWeek
  const asked: Array<Asked> = []
  let [number, level, trend] = [0, 1, 1]
  for (const weekId of weeksOf(seed)) {
    trend *= 1 + 0.03 * chance.normal()
    for (const [n, hour] of hoursIn(weekId).entries()) {
      if (n % 24 === 0) level = trend * Math.exp(0.12 * chance.normal())
      const visits = chance.poisson(visitorsPerWeight * level * weightAt(hour))
      for (let v = 0; v < visits; v++) {
        const at = hour + chance.whole(hourMs)
        const troubles = troublesAt(plan, at)
        const gapAt = plan.findIndex(
          ({ endMs, startMs, trouble }) => trouble === "gap" && at >= startMs && at < endMs
        )
        const gap = { noun: news[Math.max(0, gapAt)]?.noun ?? "", missedShare: 1 }
        number += 1
        const all = visit(chance, { at, troubles, topics, gap }, number)
        asked.push(...all)
      }
    }
  }
  const silent = plan.filter(({ trouble }) => silences.has(trouble))
  return {
    seed,
    plan,
    asked: asked
      .filter(
        ({ summary: { timestamp } }) =>
          !silent.some(({ endMs, startMs }) => timestamp >= startMs && timestamp < endMs)
      )
      .sort((one, other) => one.summary.timestamp - other.summary.timestamp)
  }
}
