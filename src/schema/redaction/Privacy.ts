/** Limits the texts that leave the edge; every text of both events passes here. */
import * as Schema from "effect/Schema"
import {
  type AnalyticsEvent,
  type Metadata,
  type QueryEvent,
  SessionId
} from "../AnalyticsEvent.ts"
import type { Redactor } from "./Redaction.ts"

/** Sends everything, everything but personal data and secrets, or numbers without any text. */
export const PrivacyMode = Schema.Literals(["full", "redacted", "metrics-only"])
export type PrivacyMode = typeof PrivacyMode.Type

export const privacyModeDefault: PrivacyMode = "redacted"

const credentials = /^([a-z][a-z\d+.-]{0,31}:\/\/)[^/?#]*@/i
const origin = /^[a-z][a-z\d+.-]{0,31}:\/\/[^/?#]*/i

/** Removes the parts of the previous page's address that may describe its reader. */
const refererOf = (referer: string, mode: PrivacyMode): string => {
  const plain = referer.replace(credentials, "$1")
  return mode === "metrics-only" ? (origin.exec(plain)?.[0] ?? "") : plain.replace(/[?#].*$/s, "")
}

type VisitorMetadata = typeof Metadata.Type

const metadataOf = (
  { referer, ...rest }: VisitorMetadata,
  mode: PrivacyMode,
  redact: Redactor
): VisitorMetadata => {
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

/** Replaces a session that names someone by the request, the same in both events. */
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
 * Makes an event fit to leave. Its request, times, match and tokens stay, so that it is correlated,
 * stored and counted in every mode. Idempotent.
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
          metadata: metadataOf(event.metadata, mode, redact)
        }
      : {
          ...event,
          sessionId,
          ...textOf("response", event.response, mode, redact),
          model: redact(event.model)
        }
  }
