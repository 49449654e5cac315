import type { ConversationFigures } from "../../src/schema/report/ConversationFigures.ts"
import type { StoredInteraction } from "../census.ts"

/** The halves of one request that the queue accepted. */
export interface AcceptedRequest {
  query: boolean
  response: boolean
}

/** Votes by their requests; of several on one answer the last is kept. */
export interface CountedVotes {
  readonly cast: number
  /** The ids of the last votes. */
  readonly last: ReadonlyMap<string, string>
  readonly stored: ReadonlyMap<string, string>
}

export interface Evidence {
  readonly accepted: ReadonlyMap<string, AcceptedRequest>
  readonly poisonCount: number
  /** Messages sent, repeats and poison included. */
  readonly sent: number
  readonly stored: ReadonlyArray<StoredInteraction>
  readonly votes: CountedVotes
  readonly deadLettered: number
  /** A reconciliation without a crash in the middle proves too little. */
  readonly processorKilled: boolean
  /** Reports that came, and those that the schedule owed. */
  readonly emails: number
  readonly emailsDue: number
  /** True when each counts what was sent of its week, and the last one shows the live questions. */
  readonly emailsAreRight: boolean
  /** Those of the last whole week, as they were sent. */
  readonly conversations: ConversationFigures | undefined
}

const eventsOf = (halves: { readonly query: boolean; readonly response: boolean }): number =>
  Number(halves.query) + Number(halves.response)

const total = <A>(values: Iterable<A>, count: (value: A) => number): number => {
  let sum = 0
  for (const value of values) sum += count(value)
  return sum
}

const statusOf = ({ query, response }: AcceptedRequest): string =>
  query && response ? "correlated" : query ? "awaiting_response" : "awaiting_query"

/** Counts requests whose last vote is not stored, and those with a vote that nobody cast. */
const wrongVotes = ({ last, stored }: CountedVotes): number =>
  total(last, ([requestId, voteId]) => Number(stored.get(requestId) !== voteId)) +
  total(stored.keys(), (requestId) => Number(!last.has(requestId)))

/** Counts halves that are stored but were never sent, and items with a wrong status. */
const unexpectedIn = ({ accepted, stored }: Evidence): number =>
  total(stored, ({ hasQuery, hasResponse, requestId, status }) => {
    const sent = accepted.get(requestId)
    const halves = { query: hasQuery, response: hasResponse }
    const extra =
      Number(hasQuery && sent?.query !== true) + Number(hasResponse && sent?.response !== true)
    return extra + Number(status !== statusOf(halves))
  })

/**
 * Compares the events that were sent with those that queue and table hold: accepted = stored +
 * dead-lettered + lost. It compares by key and half, so that a surplus never hides a loss.
 */
export const reconcile = (evidence: Evidence) => {
  const { accepted, deadLettered, poisonCount, sent, stored } = evidence
  const { conversations, emails, emailsAreRight, emailsDue, processorKilled, votes } = evidence
  const byId = new Map(stored.map((interaction) => [interaction.requestId, interaction]))
  const withStatus = (status: string): number =>
    stored.filter((interaction) => interaction.status === status).length
  const acceptedEvents = total(accepted.values(), eventsOf) + poisonCount
  const storedEvents = total(stored, ({ hasQuery, hasResponse }) =>
    eventsOf({ query: hasQuery, response: hasResponse })
  )
  const missing = total(accepted, ([requestId, halves]) => {
    const found = byId.get(requestId)
    return (
      Number(halves.query && found?.hasQuery !== true) +
      Number(halves.response && found?.hasResponse !== true)
    )
  })
  const lost = missing + Math.max(0, poisonCount - deadLettered)
  const unexpected = unexpectedIn(evidence) + Math.max(0, deadLettered - poisonCount)
  return {
    accepted: acceptedEvents,
    stored: storedEvents,
    correlated: withStatus("correlated"),
    awaitingResponse: withStatus("awaiting_response"),
    awaitingQuery: withStatus("awaiting_query"),
    deadLettered,
    lost,
    unexpected,
    duplicatesIgnored: sent - acceptedEvents - votes.cast,
    votes: votes.cast,
    votesKept: votes.stored.size,
    wrongVotes: wrongVotes(votes),
    processorKilled,
    emails,
    emailsAreRight,
    ...(conversations === undefined
      ? {}
      : {
          conversations: conversations.count,
          askedAgain: conversations.askedAgain,
          endedOnMiss: conversations.endedOnMiss
        }),
    reconciles:
      lost === 0 &&
      unexpected === 0 &&
      wrongVotes(votes) === 0 &&
      acceptedEvents === storedEvents + deadLettered + lost &&
      processorKilled &&
      emails === emailsDue &&
      emailsAreRight
  }
}

export type Reconciliation = ReturnType<typeof reconcile>

const row = (label: string, events: number | string, interactions: number | string = ""): string =>
  `  ${label.padEnd(26)}${String(events).padStart(10)}${String(interactions).padStart(16)}`

/** The reconciliation as a table for a terminal. */
export const tableOf = (r: Reconciliation): string =>
  [
    row("", "events", "interactions"),
    row("correlated", r.correlated * 2, r.correlated),
    row("waiting for the answer", r.awaitingResponse, r.awaitingResponse),
    row("waiting for the question", r.awaitingQuery, r.awaitingQuery),
    row("stored", r.stored, r.correlated + r.awaitingResponse + r.awaitingQuery),
    row("dead-lettered", r.deadLettered),
    row("lost", r.lost),
    `  ${"-".repeat(36)}`,
    row("accepted", r.accepted),
    "",
    row("duplicates ignored", r.duplicatesIgnored),
    row("votes, and answers with one", r.votes, r.wrongVotes === 0 ? r.votesKept : "wrong ones"),
    row("e-mails", r.emails, r.emailsAreRight ? "" : "wrong content"),
    row("processor killed", r.processorKilled ? "once" : "never"),
    row("last week: conversations", "", r.conversations ?? 0),
    row("  asked again after a miss", "", r.askedAgain ?? 0),
    row("  ended on a miss", "", r.endedOnMiss ?? 0),
    "",
    r.reconciles
      ? "  It reconciles: accepted = stored + dead-lettered + lost, one e-mail a week, all right."
      : "  IT DOES NOT RECONCILE."
  ].join("\n")
