/** Groups the questions of a visitor, without a cookie and without a trace of the visitor. */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { RequestId, SessionId } from "../../schema/AnalyticsEvent.ts"
import { sessionIdIn, sessionOfRequest } from "../../schema/Identifiers.ts"
import { bytesOf, hmac, hmacKey } from "./Hmac.ts"
import type { NamedSession } from "./Policy.ts"
import { hostOf, type Visit, visitorOf } from "./Visit.ts"

const header = "x-session-id"
const dayMs = 86_400_000

interface DayKey {
  readonly day: number
  readonly key: CryptoKey
}

/** Derives the day's salt, which is never stored: guesses cannot be tested with the data alone. */
const dayKeyOf = async (secret: Redacted.Redacted, day: number): Promise<DayKey> => {
  const master = await hmacKey(bytesOf(Redacted.value(secret)))
  const date = new Date(day * dayMs).toISOString().slice(0, 10)
  return { day, key: await hmacKey(await hmac(master, `session-salt:${date}`)) }
}

/** 128 bits tell all visitors of a day apart. */
const hex = (bytes: Uint8Array): string =>
  Array.from(bytes.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("")

/** The site's own id, else the conversation's; an id without visible characters is none. */
const nameOf = (visit: Visit, { conversationId, sessionId }: NamedSession) =>
  [sessionId, visit.headers.get(header), conversationId].find(
    (id) => id != null && id.trim() !== ""
  )

/**
 * Takes the session that the request names, else a hash that a visitor keeps for one UTC day, else
 * the request's id. A name that `isPersonal`, or that no index takes, becomes a hash too. Faults
 * never fail a request, and requests share a finished key and never a promise.
 */
export const makeSessions = (
  secret: Redacted.Redacted,
  isPersonal: (id: string, visit: Visit) => boolean
) => {
  let known: DayKey | undefined

  const hashed = async (text: string, day: number): Promise<SessionId> => {
    const dayKey = known?.day === day ? known : await dayKeyOf(secret, day)
    known = dayKey
    return hex(await hmac(dayKey.key, text)) as SessionId
  }

  return (
    visit: Visit,
    named: NamedSession,
    requestId: RequestId,
    nowMs: number
  ): Effect.Effect<SessionId> => {
    const name = nameOf(visit, named)
    const session = sessionIdIn(name)
    if (session !== undefined && !isPersonal(session, visit)) return Effect.succeed(session)
    // a line before the name tells it from a visitor
    const subject = name == null ? visitorOf(visit) : ["", name, hostOf(visit)].join("\n")
    return subject === undefined
      ? Effect.succeed(sessionOfRequest(requestId))
      : Effect.promise(() => hashed(subject, Math.floor(nowMs / dayMs))).pipe(
          Effect.catchCause((cause) =>
            Effect.as(Effect.logError("session not derived", cause), sessionOfRequest(requestId))
          )
        )
  }
}
