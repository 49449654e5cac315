/** The requests that are being recorded, with what their handlers say of them. */

import type { RequestId } from "../../schema/AnalyticsEvent.ts"
import { newRequestId } from "../../schema/Identifiers.ts"
import type { ToldAnswer } from "./Options.ts"

interface Registration {
  readonly requestId: RequestId
  told?: ToldAnswer
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

/** The id under which a request is being recorded; `undefined` if it is not. */
export const requestIdOf = (request: Request): string | undefined =>
  registry().get(request)?.requestId

/** Tells what a handler knows of its answer; the rest is read from the response. */
export const tell = (request: Request, answer: ToldAnswer): void => {
  const registration = registry().get(request)
  if (registration !== undefined) registration.told = { ...registration.told, ...answer }
}
