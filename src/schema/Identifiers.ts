/** The ids of the contract, as the Worker makes and checks them; it cannot afford the schemas. */
import type { RequestId, SessionId } from "./AnalyticsEvent.ts"

const sessionIdLengthMax = 128

/** Up to 128 well-formed characters always fit an index key. */
export const isSessionId = (id: string): boolean =>
  id.length >= 1 && id.length <= sessionIdLengthMax && id.isWellFormed()

export const sessionIdIn = (id: unknown): SessionId | undefined =>
  typeof id === "string" && isSessionId(id) ? (id as SessionId) : undefined

export const newRequestId = (): RequestId => crypto.randomUUID() as string as RequestId

/** A request without a session is a session of its own. */
export const sessionOfRequest = (requestId: RequestId): SessionId =>
  requestId as string as SessionId
