import {
  FeedbackEvent,
  QueryEvent,
  RequestId,
  ResponseEvent,
  SessionId
} from "../../src/schema/AnalyticsEvent.ts"
import { VoteId } from "../../src/schema/Vote.ts"

/** A different, valid request id for every whole number. */
export const requestIdOf = (n: number): RequestId =>
  RequestId.make(`00000000-0000-4000-8000-${n.toString(16).padStart(12, "0")}`)

/** A different, valid vote id for every whole number, in the order of the numbers. */
export const voteIdOf = (n: number): VoteId =>
  VoteId.make(`00000000-0000-4000-9000-${n.toString(16).padStart(12, "0")}`)

/** Monday 16 November 2026, 09:30 UTC: 2026-W47 in every zone. */
export const askedAt = Date.UTC(2026, 10, 16, 9, 30)

export const queryEvent = (changes: Partial<QueryEvent> = {}): QueryEvent =>
  QueryEvent.make({
    requestId: requestIdOf(1),
    sessionId: SessionId.make("session-1"),
    timestamp: askedAt,
    query: "Which databases does she know?",
    metadata: { userAgent: "Test/1.0", country: "SE" },
    ...changes
  })

export const responseEvent = (changes: Partial<ResponseEvent> = {}): ResponseEvent =>
  ResponseEvent.make({
    requestId: requestIdOf(1),
    sessionId: SessionId.make("session-1"),
    timestamp: askedAt + 840,
    queryTimestamp: askedAt,
    response: "PostgreSQL and DynamoDB.",
    matchType: "full",
    matchScore: 0.92,
    processingTimeMs: 840,
    tokens: { input: 120, output: 30 },
    model: "knowledge-base",
    outcome: "answered",
    ...changes
  })

export const feedbackEvent = (changes: Partial<FeedbackEvent> = {}): FeedbackEvent =>
  FeedbackEvent.make({
    requestId: requestIdOf(1),
    queryTimestamp: askedAt,
    votedAt: askedAt + 60_000,
    voteId: voteIdOf(1),
    rating: "up",
    ...changes
  })
