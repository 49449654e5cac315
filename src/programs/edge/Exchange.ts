import {
  QueryEvent,
  type RequestId,
  ResponseEvent,
  type SessionId
} from "../../schema/AnalyticsEvent.ts"
import type { Answer } from "../../schema/Answer.ts"

/** What was asked, by whom as far as the edge may know, and when (epoch ms). */
export interface Asked {
  readonly requestId: RequestId
  readonly sessionId: SessionId
  readonly askedAt: number
  readonly query: string
  readonly metadata: QueryEvent["metadata"]
}

/** How a question was answered; without an answer the chatbot failed before its first word. */
export interface Answered {
  readonly answeredAt: number
  readonly answer: Answer | undefined
  /** The chatbot broke off, or the visitor left, and the text is what came until then. */
  readonly ending: "complete" | "broken_off" | "visitor_left"
}

const optional = <K extends string>(key: K, value: string | null | undefined) =>
  (value == null || value === "" ? {} : { [key]: value }) as { readonly [P in K]?: string }

export const metadataOf = (
  request: Request,
  visit: { readonly country: string | undefined; readonly own: boolean }
): QueryEvent["metadata"] => ({
  ...optional("userAgent", request.headers.get("user-agent")),
  ...optional("referer", request.headers.get("referer")),
  ...optional("language", request.headers.get("accept-language")),
  ...optional("country", visit.country),
  ...(visit.own ? { own: true } : {})
})

export const queryEventOf = ({ askedAt, ...asked }: Asked): QueryEvent =>
  QueryEvent.make({ ...asked, timestamp: askedAt })

const failedAnswer: Answer = {
  text: "",
  matchType: "none",
  matchScore: 0,
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
