/** Cuts an event that is larger than its place, and marks the cut in the text. */
import type { InteractionEvent } from "./AnalyticsEvent.ts"

/** Longest text beside the question and the answer that a cut event keeps. */
const detailLengthMax = 1024

const marker = /\n\[cut: \d+ of (\d+) characters kept\]$/

/** Cuts between characters, never inside a surrogate pair; a second cut tells the first length. */
const cutTo = (text: string, lengthMax: number): string => {
  if (text.length <= lengthMax) return text
  const kept = text.slice(0, lengthMax).replace(/[\uD800-\uDBFF]$/, "")
  const length = marker.exec(text)?.[1] ?? text.length
  return `${kept}\n[cut: ${kept.length} of ${length} characters kept]`
}

const short = <A extends object>(details: A): A =>
  Object.fromEntries(
    Object.entries(details).map(([name, value]) => [
      name,
      typeof value === "string" ? cutTo(value, detailLengthMax) : value
    ])
  ) as A

const withShortDetails = (event: InteractionEvent): InteractionEvent =>
  event.eventType === "query"
    ? { ...event, metadata: short(event.metadata) }
    : { ...event, ...(event.model === undefined ? {} : short({ model: event.model })) }

const withTextOf = (event: InteractionEvent, lengthMax: number): InteractionEvent =>
  event.eventType === "query"
    ? { ...event, query: cutTo(event.query, lengthMax) }
    : { ...event, response: cutTo(event.response, lengthMax) }

/** How an event is written where it has to fit, and the size of that. */
export interface Writing<A> {
  readonly write: (event: InteractionEvent) => A
  readonly sizeOf: (written: A) => number
  readonly sizeMax: number
}

/**
 * Writes an event, the same event always in the same way. A too large event loses the ends of its
 * details first, and the end of its text only if it is still too large.
 */
export const cutToFit = <A>(
  event: InteractionEvent,
  { sizeMax, sizeOf, write }: Writing<A>
): { readonly written: A; readonly cut: boolean } => {
  const whole = write(event)
  if (sizeOf(whole) <= sizeMax) return { written: whole, cut: false }
  const shortened = withShortDetails(event)
  let lengthMax = (event.eventType === "query" ? event.query : event.response).length
  let written = write(shortened)
  while (sizeOf(written) > sizeMax && lengthMax > 0) {
    lengthMax = Math.floor((lengthMax * sizeMax * 0.95) / sizeOf(written))
    written = write(withTextOf(shortened, lengthMax))
  }
  return { written, cut: true }
}
