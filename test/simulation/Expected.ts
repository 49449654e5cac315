import type {
  AnalyticsEvent,
  FeedbackEvent,
  InteractionEvent
} from "../../src/schema/AnalyticsEvent.ts"
import {
  eventKey,
  eventsOf,
  type Interaction,
  type InteractionKey,
  keyName
} from "../../src/schema/Interaction.ts"
import type { Period } from "../../src/schema/IsoWeek.ts"
import { keptUntil } from "../../src/schema/Retention.ts"
import { contentOf } from "./contentOf.ts"

type Kind = InteractionEvent["eventType"]

interface ExpectedItem {
  readonly key: InteractionKey
  readonly halves: Partial<Record<Kind, InteractionEvent>>
  /** Every event that was written, in the order in which the writes took effect. */
  readonly written: Array<InteractionEvent>
}

export const emptyTotals = () => ({
  questions: 0,
  sessions: 0,
  answers: { full: 0, partial: 0, none: 0, unknown: 0, failed: 0 },
  status: { correlated: 0, awaitingResponse: 0, awaitingQuery: 0 },
  tokens: { answers: 0, input: 0, cachedInput: 0, cacheWrites: 0, output: 0, reasoning: 0 },
  events: 0,
  lost: 0,
  votes: { up: 0, down: 0, alone: 0 }
})
export type Totals = ReturnType<typeof emptyTotals>

const countHalves = (totals: Totals, { query, response }: ExpectedItem["halves"]): void => {
  if (query?.eventType === "query") {
    totals.questions += 1
    totals.lost += query.metadata.lostBefore ?? 0
  }
  totals.events += Number(query !== undefined) + Number(response !== undefined)
  const both = query !== undefined && response !== undefined
  totals.status[both ? "correlated" : query === undefined ? "awaitingQuery" : "awaitingResponse"] +=
    1
  if (response?.eventType !== "response") return
  totals.answers[response.outcome === "failed" ? "failed" : response.matchType] += 1
  const { input, output } = response.tokens ?? {}
  if (input === undefined || output === undefined) return
  totals.tokens.answers += 1
  totals.tokens.input += input
  totals.tokens.output += output
}

/** The later one by its time, and by its id among votes of one time. */
const byOrder = (one: FeedbackEvent, other: FeedbackEvent): number =>
  one.votedAt - other.votedAt ||
  (one.voteId < other.voteId ? -1 : Number(one.voteId > other.voteId))

export const lastVote = (votes: ReadonlyArray<FeedbackEvent>): FeedbackEvent | undefined =>
  votes.toSorted(byOrder).at(-1)

interface ExpectedVotes {
  readonly key: InteractionKey
  readonly written: Array<FeedbackEvent>
}

/**
 * The contents that the store has to hold, by a rule that does not use `correlate`: of each kind
 * the event whose write took effect first.
 */
export class Expected {
  readonly #items = new Map<string, ExpectedItem>()

  apply(interaction: Interaction): void {
    for (const event of eventsOf(interaction)) this.applyEvent(event)
  }

  applyEvent(event: InteractionEvent): void {
    const key = eventKey(event)
    const item = this.#items.get(keyName(key)) ?? { key, halves: {}, written: [] }
    item.halves[event.eventType] ??= event
    item.written.push(event)
    this.#items.set(keyName(key), item)
  }

  readonly #votes = new Map<string, ExpectedVotes>()

  applyVote(event: FeedbackEvent): void {
    const key = eventKey(event)
    const votes = this.#votes.get(keyName(key)) ?? { key, written: [] }
    votes.written.push(event)
    this.#votes.set(keyName(key), votes)
  }

  vote(key: InteractionKey): FeedbackEvent | undefined {
    return lastVote(this.#votes.get(keyName(key))?.written ?? [])
  }

  /** True of a half of which one was written, and of a vote where it or a later one was. */
  holds(event: AnalyticsEvent): boolean {
    if (event.eventType !== "feedback") return this.half(event) !== undefined
    const last = this.vote(eventKey(event))
    return last !== undefined && byOrder(last, event) >= 0
  }

  #countVotes(totals: Totals, period: Period, nowMs: number): void {
    for (const { key, written } of this.#votes.values()) {
      const { timestamp } = key
      if (timestamp < period.startMs || timestamp >= period.endMs) continue
      if (nowMs >= keptUntil(timestamp)) continue
      totals.events += 1
      const rating = lastVote(written)?.rating ?? "withdrawn"
      if (!this.#items.has(keyName(key))) totals.votes.alone += 1
      else if (rating !== "withdrawn") totals.votes[rating] += 1
    }
  }

  get items(): Iterable<ExpectedItem> {
    return this.#items.values()
  }

  half(event: InteractionEvent): InteractionEvent | undefined {
    return this.#items.get(keyName(eventKey(event)))?.halves[event.eventType]
  }

  /** The contents of both halves, for comparison with those that a store gives back. */
  contents(key: InteractionKey): ReadonlyArray<string> {
    const { query, response } = this.#items.get(keyName(key))?.halves ?? {}
    return [query, response].flatMap((event) => (event === undefined ? [] : [contentOf(event)]))
  }

  /** The items of a period that a reader at this time may still see. */
  live({ endMs, startMs }: Period, nowMs: number): ReadonlyArray<ExpectedItem> {
    return [...this.#items.values()].filter(
      ({ key }) =>
        key.timestamp >= startMs && key.timestamp < endMs && nowMs < keptUntil(key.timestamp)
    )
  }

  totals(period: Period, nowMs: number): Totals {
    const totals = emptyTotals()
    const sessions = new Set<string>()
    for (const { halves } of this.live(period, nowMs)) {
      countHalves(totals, halves)
      sessions.add((halves.query ?? halves.response)?.sessionId ?? "")
    }
    totals.sessions = sessions.size
    this.#countVotes(totals, period, nowMs)
    return totals
  }
}
