import { togetherWithinMs } from "../../../src/programs/recorder/deliver.ts"
import { SessionId } from "../../../src/schema/AnalyticsEvent.ts"
import type { Answer } from "../../../src/schema/Answer.ts"
import type { Random } from "../Random.ts"
import { requestIdOf } from "../Sending.ts"

/** A visitor's question to the Worker, and how it is answered. */
export interface VisitorRequest {
  readonly at: number
  readonly name: string
  readonly requestId: ReturnType<typeof requestIdOf>
  readonly sessionId: SessionId
  readonly question: string
  readonly country: string
  readonly answerMs: number
  readonly answer: Answer | undefined
  /** The chatbot may refuse the question, which then is no exchange. */
  readonly ending: "complete" | "broken_off" | "visitor_left" | "refused"
  /** When the visitor left, counted from the question. */
  readonly leftMs: number | undefined
}

/** A question waits for its answer, and not long for the answer of a visitor who has left. */
export const isSentAhead = ({ answerMs, leftMs = Number.POSITIVE_INFINITY }: VisitorRequest) =>
  answerMs > Math.min(togetherWithinMs, leftMs + 1000)

const answerOf = (chance: Random): Answer => ({
  text: `Answer ${chance.whole(1, 4)}.`,
  matchType: chance.pick(["full", "partial", "none", "unknown"]),
  matchScore: chance.whole(0, 100) / 100,
  model: "knowledge-base",
  tokens: { input: chance.whole(0, 500), output: chance.whole(0, 200) }
})

/** Within the time in which both events leave together, or beyond it. */
const answerMsOf = (chance: Random): number => {
  if (chance.chance(0.5)) return chance.whole(20, 900)
  return chance.chance(0.5) ? chance.whole(1100, 9900) : chance.whole(10_100, 60_000)
}

const endings = ["complete", "complete", "complete", "broken_off", "visitor_left"] as const

const askedBy = (chance: Random, n: number, at: number) => ({
  at,
  name: `V${n}`,
  requestId: requestIdOf(n),
  sessionId: SessionId.make(`session-${chance.whole(1, 3)}`),
  question: `Question ${chance.whole(1, 4)}?`,
  country: chance.pick(["SE", "NP", "BR"]),
  answer: chance.chance(0.1) ? undefined : answerOf(chance)
})

/** Some visitors leave while the chatbot is still thinking. */
const leftMsOf = (chance: Random, ending: VisitorRequest["ending"], answerMs: number) => {
  if (ending === "visitor_left") return chance.whole(0, answerMs)
  return ending === "refused" && chance.chance(0.3) ? chance.whole(0, answerMs) : undefined
}

export const visitorRequest = (chance: Random, n: number, at: number): VisitorRequest => {
  const answerMs = answerMsOf(chance)
  const ending = chance.chance(0.1) ? "refused" : chance.pick(endings)
  return { ...askedBy(chance, n, at), answerMs, ending, leftMs: leftMsOf(chance, ending, answerMs) }
}
