import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { QueryEvent, ResponseEvent } from "../../src/schema/AnalyticsEvent.ts"
import type { Answer } from "../../src/schema/Answer.ts"
import { Answerer } from "../../src/services/Answerer.ts"
import type { Visit } from "./Visits.ts"

/** The two events of one question in the demo's history. */
export interface DemoQuestion {
  readonly query: QueryEvent
  readonly response: ResponseEvent
}

/** The models that the history pretends to have paid; the first gets most questions. */
const models = { usual: "gpt-4o-mini", other: "claude-haiku-4-5", otherShare: 0.2 }

/** About four characters a token, and a few hundred for the instructions around the question. */
const tokensOf = (question: string, answer: string) => ({
  input: 350 + Math.ceil(question.length / 4),
  output: Math.ceil(answer.length / 4)
})

/** Mostly under a second and at most some 8: the long tail of a language model. */
const processingTime = Effect.map(Random.next, (n) => Math.round(200 + 300 * -Math.log(1 - n)))

const failed: Pick<Answer, "text" | "matchType" | "matchScore"> = { text: "", matchType: "none" }

const queryOf = ({ question, ...visit }: Visit): QueryEvent =>
  QueryEvent.make({
    requestId: visit.requestId,
    sessionId: visit.sessionId,
    timestamp: visit.timestamp,
    query: question,
    turn: visit.turn,
    metadata: {
      userAgent: visit.userAgent,
      referer: visit.referer,
      country: visit.country,
      language: "en"
    }
  })

const responseOf = (
  visit: Visit,
  answer: Pick<Answer, "text" | "matchType" | "matchScore">,
  { model, processingTimeMs }: { readonly model: string; readonly processingTimeMs: number }
): ResponseEvent =>
  ResponseEvent.make({
    requestId: visit.requestId,
    sessionId: visit.sessionId,
    timestamp: visit.timestamp + processingTimeMs,
    queryTimestamp: visit.timestamp,
    response: answer.text,
    matchType: answer.matchType,
    ...(answer.matchScore === undefined ? {} : { matchScore: answer.matchScore }),
    processingTimeMs,
    tokens: answer === failed ? { input: 0, output: 0 } : tokensOf(visit.question, answer.text),
    model,
    outcome: answer === failed ? "failed" : "answered"
  })

/** Asks the chatbot itself; two answers in a hundred fail. */
export const demoQuestion = Effect.fnUntraced(function* (visit: Visit) {
  const answerer = yield* Answerer
  const fails = (yield* Random.next) < 0.02
  const answer = fails ? failed : yield* answerer.answer(visit.question)
  const model = (yield* Random.next) < models.otherShare ? models.other : models.usual
  const response = responseOf(visit, answer, { model, processingTimeMs: yield* processingTime })
  return { query: queryOf(visit), response } satisfies DemoQuestion
})
