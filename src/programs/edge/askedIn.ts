import * as Effect from "effect/Effect"
import type { SessionId } from "../../schema/AnalyticsEvent.ts"
import { type Asked, metadataOf } from "./Exchange.ts"
import { isOwnVisit } from "./OwnVisits.ts"
import { Policy } from "./Policy.ts"
import type { Visit } from "./Visit.ts"

/** The question with what the edge may know of who asks it; `given` is the session in the body. */
export const askedIn = Effect.fnUntraced(function* (
  request: Request,
  visit: Visit,
  question: { readonly query: string; readonly given?: SessionId | undefined },
  askedAt: number
) {
  const { sessionOf } = yield* Policy
  return {
    requestId: visit.requestId,
    sessionId: yield* sessionOf(request, question.given, visit.requestId, askedAt),
    askedAt,
    query: question.query,
    metadata: metadataOf(request, { country: visit.country, own: yield* isOwnVisit(request) })
  } satisfies Asked
})
