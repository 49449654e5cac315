import { type AnalyticsEvent, encodeMessage } from "../../src/schema/AnalyticsEvent.ts"
import {
  eventKey,
  eventsOf,
  type Interaction,
  type InteractionKey
} from "../../src/schema/Interaction.ts"
import type { Period } from "../../src/schema/IsoWeek.ts"

type Kind = AnalyticsEvent["eventType"]

interface Entry {
  readonly key: InteractionKey
  readonly halves: Partial<Record<Kind, AnalyticsEvent>>
  /** Every event that was written, in the order in which the writes took effect. */
  readonly written: Array<AnalyticsEvent>
}

const nameOf = ({ requestId, timestamp }: InteractionKey): string => `${requestId}#${timestamp}`

export const emptyTotals = () => ({
  questions: 0,
  sessions: 0,
  answers: { full: 0, partial: 0, none: 0, failed: 0 },
  status: { correlated: 0, awaitingResponse: 0, awaitingQuery: 0 },
  tokens: { input: 0, cachedInput: 0, output: 0, reasoning: 0 }
})
export type Totals = ReturnType<typeof emptyTotals>

const countHalves = (totals: Totals, { query, response }: Entry["halves"]): void => {
  if (query !== undefined) totals.questions += 1
  const both = query !== undefined && response !== undefined
  totals.status[both ? "correlated" : query === undefined ? "awaitingQuery" : "awaitingResponse"] +=
    1
  if (response?.eventType !== "response") return
  totals.answers[response.outcome === "failed" ? "failed" : response.matchType] += 1
  totals.tokens.input += response.tokens.input
  totals.tokens.output += response.tokens.output
}

/**
 * What the store has to hold, said once more and without `correlate`: of each kind the event whose
 * write took effect first, and never another.
 */
export class Expected {
  readonly #entries = new Map<string, Entry>()

  apply(interaction: Interaction): void {
    for (const event of eventsOf(interaction)) {
      const key = eventKey(event)
      const entry = this.#entries.get(nameOf(key)) ?? { key, halves: {}, written: [] }
      entry.halves[event.eventType] ??= event
      entry.written.push(event)
      this.#entries.set(nameOf(key), entry)
    }
  }

  get entries(): Iterable<Entry> {
    return this.#entries.values()
  }

  half(event: AnalyticsEvent): AnalyticsEvent | undefined {
    return this.#entries.get(nameOf(eventKey(event)))?.halves[event.eventType]
  }

  /** The contents of both halves, for comparison with what a store gives back. */
  contents(key: InteractionKey): ReadonlyArray<string> {
    const { query, response } = this.#entries.get(nameOf(key))?.halves ?? {}
    return [query, response].flatMap((event) => (event === undefined ? [] : [encodeMessage(event)]))
  }

  totals({ endMs, startMs }: Period): Totals {
    const totals = emptyTotals()
    const sessions = new Set<string>()
    for (const { halves, key } of this.#entries.values()) {
      if (key.timestamp < startMs || key.timestamp >= endMs) continue
      countHalves(totals, halves)
      sessions.add((halves.query ?? halves.response)?.sessionId ?? "")
    }
    totals.sessions = sessions.size
    return totals
  }
}
