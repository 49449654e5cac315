/** The requests that are being recorded, with what their handlers say of them. */

import type { RequestId } from "../../schema/AnalyticsEvent.ts"
import { newRequestId } from "../../schema/Identifiers.ts"
import type * as Package from "./Package.d.ts"

interface Registration {
  readonly requestId: RequestId
  told?: Package.ToldAnswer
  /** Known once the request has been read. */
  asksNothing?: true
  /** The handler gave the request to `feedback`. */
  votes?: true
  /** The visitor's token, once its signing has begun, which waits for no network. */
  signing?: Promise<string | undefined>
}

type Registry = WeakMap<Request, Registration>

const key = Symbol.for("cv-analytics/requests")

/** All copies of this module in an isolate share it, so that a request is recorded once. */
const registry = (): Registry => {
  const place = globalThis as { [key]?: Registry }
  place[key] ??= new WeakMap()
  return place[key]
}

export const isRegistered = (request: Request): boolean => registry().has(request)

export const register = (request: Request): Registration => {
  const registration = { requestId: newRequestId() }
  registry().set(request, registration)
  return registration
}

export const requestIdOf: typeof Package.requestIdOf = (request) =>
  registry().get(request)?.requestId

export const tell: typeof Package.tell = (request, answer) => {
  const registration = registry().get(request)
  if (registration !== undefined) registration.told = { ...registration.told, ...answer }
}

/** A vote is no question, even if it came to the Worker that answers them. */
export const markVote = (request: Request): void => {
  const registration = registry().get(request)
  if (registration !== undefined) registration.votes = true
}

export const feedbackToken: typeof Package.feedbackToken = async (request) => {
  const registration = registry().get(request)
  // a handler that asks at once is a step ahead of the signing
  await Promise.resolve()
  const token = await registration?.signing
  return registration?.asksNothing || registration?.votes ? undefined : token
}
