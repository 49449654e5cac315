/** How much of a visit leaves the edge: one path for every text of both events. */
import * as Schema from "effect/Schema"
import {
  type AnalyticsEvent,
  type Metadata,
  type QueryEvent,
  SessionId
} from "../AnalyticsEvent.ts"
import type { Redactor } from "./Redaction.ts"

/** All of it, all but personal data and secrets, or numbers without a word of anyone. */
export const PrivacyMode = Schema.Literals(["full", "redacted", "metrics-only"])
export type PrivacyMode = typeof PrivacyMode.Type

export const privacyModeDefault: PrivacyMode = "redacted"

const credentials = /^([a-z][a-z\d+.-]{0,31}:\/\/)[^/?#]*@/i
const origin = /^[a-z][a-z\d+.-]{0,31}:\/\/[^/?#]*/i

/** Where the visitor came from, without what the address of a page says of its reader. */
const refererOf = (referer: string, mode: PrivacyMode): string => {
  const plain = referer.replace(credentials, "$1")
  return mode === "metrics-only" ? (origin.exec(plain)?.[0] ?? "") : plain.replace(/[?#].*$/s, "")
}

type Visit = typeof Metadata.Type

const visitOf = (visit: Visit, mode: PrivacyMode, redact: Redactor): Visit => {
  const { referer, ...rest } = visit
  const texts = {
    ...rest,
    ...(referer === undefined ? {} : { referer: refererOf(referer, mode) })
  }
  const redacted = Object.entries(texts).map(([name, value]) => [
    name,
    typeof value === "string" ? redact(value) : value
  ])
  return Object.fromEntries(redacted)
}

/** A session that names someone is none: the request stands for it, the same in both events. */
const sessionOf = ({ requestId, sessionId }: AnalyticsEvent, redact: Redactor): SessionId =>
  redact(sessionId) === sessionId ? sessionId : SessionId.make(requestId)

const textOf = <Name extends string>(
  name: Name,
  text: string,
  mode: PrivacyMode,
  redact: Redactor
) =>
  (mode === "metrics-only" ? { [name]: "", text: "withheld" } : { [name]: redact(text) }) as {
    readonly [N in Name]: string
  } & Pick<QueryEvent, "text">

/**
 * The event as it may leave. Its request, times, match and tokens stay, so that in every mode it is
 * correlated, stored and counted; once it was made private, the same mode changes nothing more.
 */
export const applyPrivacy =
  (mode: PrivacyMode, redact: Redactor) =>
  (event: AnalyticsEvent): AnalyticsEvent => {
    if (mode === "full") return event
    const sessionId = sessionOf(event, redact)
    return event.eventType === "query"
      ? {
          ...event,
          sessionId,
          ...textOf("query", event.query, mode, redact),
          metadata: visitOf(event.metadata, mode, redact)
        }
      : {
          ...event,
          sessionId,
          ...textOf("response", event.response, mode, redact),
          model: redact(event.model)
        }
  }
