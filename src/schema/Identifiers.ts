/** The ids of the contract, as the Worker makes and checks them; it cannot afford the schemas. */
import type { RequestId, SessionId } from "./AnalyticsEvent.ts"
import { isSessionId } from "./isSessionId.ts"
import type { VoteId } from "./Vote.ts"

export const sessionIdIn = (id: unknown): SessionId | undefined =>
  typeof id === "string" && isSessionId(id) ? (id as SessionId) : undefined

export const newRequestId = (): RequestId => crypto.randomUUID() as string as RequestId

export const newVoteId = (): VoteId => crypto.randomUUID() as string as VoteId

/** A request without a session forms one by itself. */
export const sessionOfRequest = (requestId: RequestId): SessionId =>
  requestId as string as SessionId
