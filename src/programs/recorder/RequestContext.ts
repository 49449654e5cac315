import type * as Effect from "effect/Effect"
import { RequestId } from "../../schema/AnalyticsEvent.ts"
import type { EventQueue } from "../../services/EventQueue.ts"
import type { Outbox } from "../../services/Outbox.ts"
import type { Losses } from "./Losses.ts"
import { visitorNetwork } from "./visitorNetwork.ts"

export type Recording = EventQueue | Outbox | Losses

/** The platform's knowledge of a request beyond its HTTP form, and its help with it. */
export interface RequestContext {
  /** Made here, because a client may repeat its ids or choose those of others. */
  readonly requestId: RequestId
  /** The client's own name for the request: a label in logs and data, and never a key. */
  readonly clientRequestId?: string | undefined
  readonly country: string | undefined
  /** The visitor's network, which the limit of questions counts by. */
  readonly address: string
  /** Starts work that never delays the answer and goes on after it. */
  readonly later: (work: Effect.Effect<void, never, Recording>) => void
}

export type Incoming = Request & { readonly cf?: { readonly country?: string } }

/** Cloudflare's context of an invocation. */
export interface Platform {
  readonly waitUntil: (promise: Promise<unknown>) => void
}

/** Any other `x-request-id` is ignored. */
export const clientRequestIds = /^[\x21-\x7e]{1,128}$/

export const clientRequestIdOf = ({ headers }: Request): string | undefined =>
  clientRequestIds.exec(headers.get("x-request-id") ?? "")?.[0]

export const requestContextOf = (
  request: Incoming,
  later: RequestContext["later"]
): RequestContext => ({
  requestId: RequestId.make(crypto.randomUUID()),
  clientRequestId: clientRequestIdOf(request),
  country: request.cf?.country,
  address: visitorNetwork(request) ?? "unknown",
  later
})
