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
  readonly ending: "complete" | "broken_off" | "visitor_left"
}

const answerOf = (chance: Random): Answer => ({
  text: `Answer ${chance.whole(1, 4)}.`,
  matchType: chance.pick(["full", "partial", "none", "unknown"]),
  matchScore: chance.whole(0, 100) / 100,
  model: "knowledge-base",
  tokens: { input: chance.whole(0, 500), output: chance.whole(0, 200) }
})

export const visitorRequest = (chance: Random, n: number, at: number): VisitorRequest => ({
  at,
  name: `V${n}`,
  requestId: requestIdOf(n),
  sessionId: SessionId.make(`session-${chance.whole(1, 3)}`),
  question: `Question ${chance.whole(1, 4)}?`,
  country: chance.pick(["SE", "NP", "BR"]),
  answerMs: chance.chance(0.6) ? chance.whole(20, 900) : chance.whole(1100, 60_000),
  answer: chance.chance(0.1) ? undefined : answerOf(chance),
  ending: chance.pick(["complete", "complete", "complete", "broken_off", "visitor_left"])
})
