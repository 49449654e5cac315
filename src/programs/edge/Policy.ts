import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type { AnalyticsEvent, RequestId, SessionId } from "../../schema/AnalyticsEvent.ts"

/** What may leave the Worker of an event. */
export type Discretion = (event: AnalyticsEvent) => AnalyticsEvent

/** Without a limit of questions. */
export const everybody = () => Effect.succeed(true)

/** What the owner decides about visitors; each part has a default that asks for no setting. */
export interface Policy {
  /** Origins of pages that may ask, beside the Worker's own; `*` is all. */
  readonly allowedOrigins: ReadonlyArray<string>
  /** Whether one more question of this visitor is let through. */
  readonly admits: (visitor: string) => Effect.Effect<boolean>
  readonly sessionOf: (
    request: Request,
    given: SessionId | undefined,
    requestId: RequestId,
    nowMs: number
  ) => Effect.Effect<SessionId>
  /** `undefined`: nothing may leave, and the visit is only counted. */
  readonly discretionFor: (request: Request) => Discretion | undefined
}

export const Policy = Context.Reference<Policy>("edge/Policy", {
  defaultValue: () => ({
    allowedOrigins: [],
    admits: everybody,
    sessionOf: (_, given, requestId) => Effect.succeed(given ?? (requestId as string as SessionId)),
    discretionFor: () => (event) => event
  })
})
