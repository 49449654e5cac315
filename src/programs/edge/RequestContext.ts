import type * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { RequestId } from "../../schema/AnalyticsEvent.ts"
import type { EventQueue } from "../../services/EventQueue.ts"
import type { Outbox } from "../../services/Outbox.ts"
import type { Losses } from "./Losses.ts"

export type Recording = EventQueue | Outbox | Losses

/** The platform's knowledge of a request beyond its HTTP form, and its help with it. */
export interface RequestContext {
  readonly requestId: RequestId
  readonly country: string | undefined
  /** Tells visitors apart for the limit of questions, and is used for that alone. */
  readonly address: string
  /** Starts work that never delays the answer and goes on after it. */
  readonly later: (work: Effect.Effect<void, never, Recording>) => void
}

export type Incoming = Request & { readonly cf?: { readonly country?: string } }

/** Cloudflare's context of an invocation. */
export interface Platform {
  readonly waitUntil: (promise: Promise<unknown>) => void
}

const decodeRequestId = Schema.decodeUnknownOption(RequestId)

/** Keeps the id that a gateway gave to the request, so that both logs agree. */
export const requestIdOf = (request: Request): RequestId | undefined =>
  Option.getOrUndefined(decodeRequestId(request.headers.get("x-request-id")?.toLowerCase()))

export const requestContextOf = (
  request: Incoming,
  later: RequestContext["later"]
): RequestContext => ({
  requestId: requestIdOf(request) ?? RequestId.make(crypto.randomUUID()),
  country: request.cf?.country,
  address: request.headers.get("cf-connecting-ip") ?? "unknown",
  later
})
