/** Which questions belong together, without a cookie and without a trace of who asked. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { type RequestId, SessionId } from "../../schema/AnalyticsEvent.ts"

const header = "x-session-id"
const dayMs = 86_400_000
const algorithm = { name: "HMAC", hash: "SHA-256" } as const

/** Copied, because Cloudflare's types do not say whose memory the encoder answers in. */
const bytesOf = (text: string) => Uint8Array.from(new TextEncoder().encode(text))

const keyOf = (secret: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", secret, algorithm, false, ["sign"])

const hmac = async (key: CryptoKey, text: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await crypto.subtle.sign(algorithm, key, bytesOf(text)))

interface DayKey {
  readonly day: number
  readonly key: CryptoKey
}

/** The day's salt is derived and never stored, so that the data alone can't be tried against it. */
const dayKeyOf = async (secret: Redacted.Redacted, day: number): Promise<DayKey> => {
  const master = await keyOf(bytesOf(Redacted.value(secret)))
  const date = new Date(day * dayMs).toISOString().slice(0, 10)
  return { day, key: await keyOf(await hmac(master, `session-salt:${date}`)) }
}

/** 128 bits: enough to tell all visitors of a day apart. */
const hex = (bytes: Uint8Array): string =>
  Array.from(bytes.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("")

const decodeSession = Schema.decodeUnknownOption(SessionId)

/** What tells one visitor from another for a day; absent where the platform names no address. */
const visitorOf = (request: Request): string | undefined => {
  const address = request.headers.get("cf-connecting-ip")
  if (address === null || address === "") return undefined
  return [address, request.headers.get("user-agent") ?? "", new URL(request.url).host].join("\n")
}

/**
 * The session of a request: the one that the page names in its body or header, else a hash that is
 * the visitor's for one UTC day, else the request alone. Of what requests share, only a finished
 * key is kept, never a promise: one request can't wait for another, and none fails for its session.
 */
export const makeSessions = (secret: Redacted.Redacted) => {
  let known: DayKey | undefined

  const hashed = async (visitor: string, day: number): Promise<SessionId> => {
    const dayKey = known?.day === day ? known : await dayKeyOf(secret, day)
    known = dayKey
    return SessionId.make(hex(await hmac(dayKey.key, visitor)))
  }

  return (
    request: Request,
    given: SessionId | undefined,
    requestId: RequestId,
    nowMs: number
  ): Effect.Effect<SessionId> => {
    const named = given ?? Option.getOrUndefined(decodeSession(request.headers.get(header)))
    if (named !== undefined) return Effect.succeed(named)
    const visitor = visitorOf(request)
    return visitor === undefined
      ? Effect.succeed(SessionId.make(requestId))
      : Effect.promise(() => hashed(visitor, Math.floor(nowMs / dayMs))).pipe(
          Effect.catchCause((cause) =>
            Effect.as(Effect.logError("session not derived", cause), SessionId.make(requestId))
          )
        )
  }
}
