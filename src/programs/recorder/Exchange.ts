/** A question and its answer on the way to their two events. */
import * as Effect from "effect/Effect"
import { clientRequestIdOf } from "../../runtime/clientRequestId.ts"
import type {
  QueryEvent,
  RequestId,
  ResponseEvent,
  SessionId
} from "../../schema/AnalyticsEvent.ts"
import type { Answer } from "../../schema/Answer.ts"
import { isOwnVisit } from "./OwnVisits.ts"
import type { Ending } from "./Passing.ts"
import { type NamedSession, Policy } from "./Policy.ts"
import { countryOf, type Visit } from "./Visit.ts"

/** The question, what the edge may know of its visitor, and when it was asked (epoch ms). */
export interface Asked {
  readonly requestId: RequestId
  readonly sessionId: SessionId
  readonly askedAt: number
  readonly question: string
  readonly turn?: number
  readonly metadata: QueryEvent["metadata"]
}

/** How a question was answered; `answer` is absent if the chatbot failed before its first word. */
export interface Answered {
  readonly answeredAt: number
  readonly answer: Answer | undefined
  /** If the chatbot broke off or the visitor left, the answer holds the text until then. */
  readonly ending: Ending
  /** Told by the owner, where the clock does not tell it. */
  readonly processingTimeMs?: number | undefined
}

const optional = <K extends string>(key: K, value: string | null | undefined) =>
  (value == null || value === "" ? {} : { [key]: value }) as { readonly [P in K]?: string }

/** A question with what its request tells of the conversation. */
export interface Question extends Pick<Asked, "askedAt" | "question" | "requestId">, NamedSession {
  readonly turn?: number | undefined
}

export const askedIn = Effect.fnUntraced(function* (
  visit: Visit,
  { askedAt, question, requestId, turn, ...named }: Question
) {
  const { sessionOf } = yield* Policy
  return {
    requestId,
    sessionId: yield* sessionOf(visit, named, requestId, askedAt),
    askedAt,
    question,
    ...(turn === undefined ? {} : { turn }),
    metadata: {
      ...optional("userAgent", visit.headers.get("user-agent")),
      ...optional("referer", visit.headers.get("referer")),
      ...optional("language", visit.headers.get("accept-language")),
      ...optional("country", countryOf(visit)),
      ...optional("clientRequestId", clientRequestIdOf(visit)),
      ...((yield* isOwnVisit(visit)) ? { own: true } : {})
    }
  } satisfies Asked
})

export const queryEventOf = ({ askedAt, question, ...asked }: Asked): QueryEvent => ({
  eventType: "query",
  schemaVersion: 1,
  ...asked,
  query: question,
  timestamp: askedAt
})

const failedAnswer: Answer = { text: "", matchType: "none" }

export const responseEventOf = (
  { askedAt, requestId, sessionId }: Asked,
  { answer = failedAnswer, answeredAt, ending, processingTimeMs = answeredAt - askedAt }: Answered
): ResponseEvent => {
  const { text: response, ...rest } = answer
  return {
    eventType: "response",
    schemaVersion: 1,
    requestId,
    sessionId,
    timestamp: answeredAt,
    queryTimestamp: askedAt,
    response,
    ...rest,
    processingTimeMs: Math.max(0, processingTimeMs),
    outcome: answer === failedAnswer || ending === "broken_off" ? "failed" : "answered",
    ...(ending === "visitor_left" ? { visitorLeft: true } : {})
  }
}
