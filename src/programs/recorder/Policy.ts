import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type { AnalyticsEvent, RequestId, SessionId } from "../../schema/AnalyticsEvent.ts"
import { sessionIdIn, sessionOfRequest } from "../../schema/Identifiers.ts"
import type { PrivacyMode } from "../../schema/redaction/Privacy.ts"
import type { Visit } from "./Visit.ts"

/** Reduces an event to what may leave the Worker. */
export type Discretion = (event: AnalyticsEvent) => AnalyticsEvent

/** The names that a request gives its session. */
export interface NamedSession {
  /** The site's own id, which counts first. */
  readonly sessionId?: string | undefined
  /** An id that was found in the body of a chatbot's request. */
  readonly conversationId?: string | undefined
}

/** The owner's decisions about visitors, each with a default. */
export interface Policy {
  readonly sessionOf: (
    visit: Visit,
    named: NamedSession,
    requestId: RequestId,
    nowMs: number
  ) => Effect.Effect<SessionId>
  /** `undefined`: no event may leave, and the log only counts the question. */
  readonly discretionFor: (visit: Visit) => Discretion | undefined
}

export const Policy = Context.Reference<Policy>("edge/Policy", {
  defaultValue: () => ({
    sessionOf: (_, { sessionId }, requestId) =>
      Effect.succeed(sessionIdIn(sessionId) ?? sessionOfRequest(requestId)),
    discretionFor: () => (event) => event
  })
})

/** The effect of Do Not Track and Global Privacy Control; "skip" sends no event at all. */
export const signalEffects = ["ignore", "metrics-only", "skip"] as const
export type SignalEffect = (typeof signalEffects)[number]

export const signalEffectDefault: SignalEffect = "metrics-only"

/** Both specifications ignore every value but "1"; commas join a header that comes twice. */
const asksForPrivacy = ({ headers }: Visit): boolean =>
  ["dnt", "sec-gpc"].some((name) =>
    headers
      .get(name)
      ?.split(",")
      .some((one) => one.trim() === "1")
  )

/** Decides how much of this request may leave; the caller counts a "skip". */
export const privacyOf = (
  visit: Visit,
  { mode, signals }: { readonly mode: PrivacyMode; readonly signals: SignalEffect }
): PrivacyMode | "skip" => (signals === "ignore" || !asksForPrivacy(visit) ? mode : signals)
