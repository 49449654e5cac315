import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { AnalyticsEvent, RequestId, SessionId } from "../../schema/AnalyticsEvent.ts"
import type { PrivacyMode } from "../../schema/redaction/Privacy.ts"

/** Reduces an event to what may leave the Worker. */
export type Discretion = (event: AnalyticsEvent) => AnalyticsEvent

/** The names that a request gives its session. */
export interface NamedSession {
  /** The site's own id, which counts first. */
  readonly sessionId?: SessionId | undefined
  /** An id that was found in the body of a chatbot's request. */
  readonly conversationId?: string | undefined
}

/** The owner's decisions about visitors, each with a default. */
export interface Policy {
  /** Origins of pages that may ask, beside the Worker's own; `*` is all. */
  readonly allowedOrigins: ReadonlyArray<string>
  readonly sessionOf: (
    request: Request,
    named: NamedSession,
    requestId: RequestId,
    nowMs: number
  ) => Effect.Effect<SessionId>
  /** `undefined`: no event may leave, and the log only counts the question. */
  readonly discretionFor: (request: Request) => Discretion | undefined
}

export const Policy = Context.Reference<Policy>("edge/Policy", {
  defaultValue: () => ({
    allowedOrigins: [],
    sessionOf: (_, { sessionId }, requestId) =>
      Effect.succeed(sessionId ?? (requestId as string as SessionId)),
    discretionFor: () => (event) => event
  })
})

/** The effect of Do Not Track and Global Privacy Control; "skip" sends no event at all. */
export const SignalEffect = Schema.Literals(["ignore", "metrics-only", "skip"])
export type SignalEffect = typeof SignalEffect.Type

export const signalEffectDefault: SignalEffect = "metrics-only"

/** Both specifications ignore every value but "1"; commas join a header that comes twice. */
const asksForPrivacy = ({ headers }: Request): boolean =>
  ["dnt", "sec-gpc"].some((name) =>
    headers
      .get(name)
      ?.split(",")
      .some((one) => one.trim() === "1")
  )

/** Decides how much of this request may leave; the caller counts a "skip". */
export const privacyOf = (
  request: Request,
  { mode, signals }: { readonly mode: PrivacyMode; readonly signals: SignalEffect }
): PrivacyMode | "skip" => (signals === "ignore" || !asksForPrivacy(request) ? mode : signals)
