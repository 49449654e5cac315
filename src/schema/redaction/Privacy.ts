/** Limits the texts that leave the edge; every text of both events passes here. */
import type { AnalyticsEvent, Metadata, QueryEvent, SessionId } from "../AnalyticsEvent.ts"
import { isCode } from "./issuedKeys.ts"
import type { Redactor } from "./Redaction.ts"
import { redactedWithin } from "./TextLength.ts"

/** Sends everything, everything but personal data and secrets, or numbers without any text. */
export const privacyModes = ["full", "redacted", "metrics-only"] as const
export type PrivacyMode = (typeof privacyModes)[number]

export const privacyModeDefault: PrivacyMode = "redacted"

const credentials = /^([a-z][a-z\d+.-]{0,31}:\/\/)[^/?#]*@/i
const origin = /^[a-z][a-z\d+.-]{0,31}:\/\/[^/?#]*/i

/** A code, if a generator made it; a link with a short one is recognised by its page. */
const longPart = /(?<=\/)[\w.~%=-]{20,}(?=\/|$)/g

/** Removes the parts of the previous page's address that may describe its reader. */
const refererOf = (referer: string, mode: PrivacyMode, redact: Redactor): string => {
  const plain = referer.replace(credentials, "$1")
  if (mode === "metrics-only") return origin.exec(plain)?.[0] ?? ""
  const page = plain.replace(/[?#].*$/s, "").replace(/;[^/]*/g, "")
  return redact(page).replace(longPart, (part) => (isCode(part) ? "[key]" : part))
}

type VisitorMetadata = typeof Metadata.Type

const metadataOf = (
  { referer, ...rest }: VisitorMetadata,
  mode: PrivacyMode,
  redact: Redactor
): VisitorMetadata => {
  const texts = {
    ...rest,
    ...(referer === undefined ? {} : { referer: refererOf(referer, mode, redact) })
  }
  const redacted = Object.entries(texts).map(([name, value]) => [
    name,
    typeof value === "string" ? redact(value) : value
  ])
  return Object.fromEntries(redacted)
}

/** Chatbots number their sessions by time or place, and one in ten passes for a card. */
const isSerial = /^\d{16,18}$/

/** Replaces a session that names someone by the request, the same in both events. */
const sessionOf = ({ requestId, sessionId }: AnalyticsEvent, redact: Redactor): SessionId =>
  isSerial.test(sessionId) || redact(sessionId) === sessionId
    ? sessionId
    : (requestId as string as SessionId)

const textOf = <Name extends string>(
  name: Name,
  text: string,
  mode: PrivacyMode,
  redact: Redactor
) =>
  (mode === "metrics-only" ? { [name]: "", text: "withheld" } : { [name]: redact(text) }) as {
    readonly [N in Name]: string
  } & Pick<QueryEvent, "text">

const isFit = (event: AnalyticsEvent, lengthMax: number): boolean =>
  (event.eventType === "query" ? event.query : event.response).length <= lengthMax

const asWritten: Redactor = (text) => text

/**
 * Makes an event fit to leave. Its request, times, match and tokens stay, so that it is correlated,
 * stored and counted in every mode. Its text is cut after redaction. Idempotent.
 */
export const applyPrivacy =
  (mode: PrivacyMode, redact: Redactor, lengthMax = Number.POSITIVE_INFINITY) =>
  (event: AnalyticsEvent): AnalyticsEvent => {
    const written = (text: string) =>
      redactedWithin(text, mode === "full" ? asWritten : redact, lengthMax)
    if (mode === "full") {
      if (isFit(event, lengthMax)) return event
      return event.eventType === "query"
        ? { ...event, query: written(event.query) }
        : { ...event, response: written(event.response) }
    }
    const sessionId = sessionOf(event, redact)
    return event.eventType === "query"
      ? {
          ...event,
          sessionId,
          ...textOf("query", event.query, mode, written),
          metadata: metadataOf(event.metadata, mode, redact)
        }
      : {
          ...event,
          sessionId,
          ...textOf("response", event.response, mode, written),
          ...(event.model === undefined ? {} : { model: redact(event.model) })
        }
  }
