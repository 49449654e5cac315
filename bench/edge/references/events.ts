/** The two events of a question, as one writes them by hand. */
import type { Answer } from "./answer.ts"

export const entriesOf = (
  request: Request,
  id: string,
  askedAt: number,
  query: string,
  answer: Answer
) => {
  const answeredAt = Date.now()
  const event = { schemaVersion: 1, requestId: id, sessionId: id }
  const metadata = {
    userAgent: request.headers.get("user-agent") ?? undefined,
    referer: request.headers.get("referer") ?? undefined,
    language: request.headers.get("accept-language") ?? undefined
  }
  const question = { ...event, eventType: "query", timestamp: askedAt, query, metadata }
  const { matchScore, matchType, text } = answer
  const response = {
    ...event,
    eventType: "response",
    timestamp: answeredAt,
    queryTimestamp: askedAt,
    response: text,
    matchType,
    matchScore,
    processingTimeMs: answeredAt - askedAt,
    outcome: "answered"
  }
  return [question, response].map((body, index) => ({
    Id: String(index),
    MessageBody: JSON.stringify(body),
    MessageGroupId: id,
    MessageDeduplicationId: `${id}:${body.eventType}`
  }))
}
