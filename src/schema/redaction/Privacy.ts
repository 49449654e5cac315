/** Limits the texts that leave the edge; every text of an event passes here. */
import type {
  AnalyticsEvent,
  FeedbackEvent,
  InteractionEvent,
  Metadata,
  QueryEvent,
  SessionId
} from "../AnalyticsEvent.ts"
import { commentLengthMax } from "../VoteWords.ts"
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
const sessionOf = ({ requestId, sessionId }: InteractionEvent, redact: Redactor): SessionId =>
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

const isFit = (event: InteractionEvent, lengthMax: number): boolean =>
  (event.eventType === "query" ? event.query : event.response).length <= lengthMax

const asWritten: Redactor = (text) => text

/** Its label may be longer than what was redacted, so the comment is cut again. */
const shortComment = (comment: string, redact: Redactor): string =>
  redactedWithin(comment, redact, commentLengthMax)
    .slice(0, commentLengthMax)
    .replace(/[\ud800-\udbff]$/, "")

const voteOf = (event: FeedbackEvent, mode: PrivacyMode, redact: Redactor): FeedbackEvent => {
  const { comment, ...rest } = event
  const isFitAsItIs = mode === "full" && (comment?.length ?? 0) <= commentLengthMax
  if (comment === undefined || isFitAsItIs) return event
  return mode === "metrics-only" ? rest : { ...rest, comment: shortComment(comment, redact) }
}

const halfOf = (
  event: InteractionEvent,
  mode: PrivacyMode,
  redact: Redactor,
  lengthMax: number
): InteractionEvent => {
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

/**
 * Makes an event fit to leave. Its request, times, match, tokens and rating stay, so that it is
 * correlated, stored and counted in every mode. Its text is cut after redaction. Idempotent.
 */
export const applyPrivacy =
  (mode: PrivacyMode, redact: Redactor, lengthMax = Number.POSITIVE_INFINITY) =>
  <E extends AnalyticsEvent>(event: E): E =>
    (event.eventType === "feedback"
      ? voteOf(event, mode, mode === "full" ? asWritten : redact)
      : halfOf(event, mode, redact, lengthMax)) as E
