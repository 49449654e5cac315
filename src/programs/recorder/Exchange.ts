/** A question and its answer on the way to their two events. */
import * as Effect from "effect/Effect"
import {
  QueryEvent,
  type RequestId,
  ResponseEvent,
  type SessionId
} from "../../schema/AnalyticsEvent.ts"
import type { Answer } from "../../schema/Answer.ts"
import { isOwnVisit } from "./OwnVisits.ts"
import { type NamedSession, Policy } from "./Policy.ts"
import type { Ending } from "./passThrough.ts"
import type { RequestContext } from "./RequestContext.ts"

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
}

const optional = <K extends string>(key: K, value: string | null | undefined) =>
  (value == null || value === "" ? {} : { [key]: value }) as { readonly [P in K]?: string }

/** A question with what its request's body tells of the conversation. */
interface Question extends Pick<Asked, "askedAt" | "question" | "turn">, NamedSession {}

export const askedIn = Effect.fnUntraced(function* (
  request: Request,
  { clientRequestId, country, requestId }: RequestContext,
  { askedAt, question, turn, ...named }: Question
) {
  const { sessionOf } = yield* Policy
  return {
    requestId,
    sessionId: yield* sessionOf(request, named, requestId, askedAt),
    askedAt,
    question,
    ...(turn === undefined ? {} : { turn }),
    metadata: {
      ...optional("userAgent", request.headers.get("user-agent")),
      ...optional("referer", request.headers.get("referer")),
      ...optional("language", request.headers.get("accept-language")),
      ...optional("country", country),
      ...optional("clientRequestId", clientRequestId),
      ...((yield* isOwnVisit(request)) ? { own: true } : {})
    }
  } satisfies Asked
})

export const queryEventOf = ({ askedAt, question, ...asked }: Asked): QueryEvent =>
  QueryEvent.make({ ...asked, query: question, timestamp: askedAt })

const failedAnswer: Answer = {
  text: "",
  matchType: "none",
  model: "unknown",
  tokens: { input: 0, output: 0 }
}

export const responseEventOf = (
  { askedAt, requestId, sessionId }: Asked,
  { answer = failedAnswer, answeredAt, ending }: Answered
): ResponseEvent => {
  const { text: response, ...rest } = answer
  return ResponseEvent.make({
    requestId,
    sessionId,
    timestamp: answeredAt,
    queryTimestamp: askedAt,
    response,
    ...rest,
    processingTimeMs: Math.max(0, answeredAt - askedAt),
    outcome: answer === failedAnswer || ending === "broken_off" ? "failed" : "answered",
    ...(ending === "visitor_left" ? { visitorLeft: true } : {})
  })
}
