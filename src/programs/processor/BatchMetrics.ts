import * as Exit from "effect/Exit"
import { type Metric, metricLine } from "../../runtime/MetricLine.ts"
import type { AnalyticsEvent } from "../../schema/AnalyticsEvent.ts"
import { eventKey, eventsOf, type Interaction } from "../../schema/Interaction.ts"
import { type Batch, isVote, type QueueRecord } from "./Batch.ts"
import type { Outcome } from "./storeAll.ts"

/** Events whose clock is further ahead of the processor's are kept, and counted. */
const clockAheadMs = 86_400_000

const timeOf = (event: AnalyticsEvent): number =>
  Math.max(
    event.eventType === "feedback" ? event.votedAt : event.timestamp,
    eventKey(event).timestamp
  )

const countAhead = ({ work }: Batch, now: number): number =>
  work
    .flatMap((one) => (isVote(one) ? [timeOf(one.vote)] : eventsOf(one.interaction).map(timeOf)))
    .filter((time) => time > now + clockAheadMs).length

/** Events that the edge gave up, as this interaction's question tells. */
const edgeLosses = (interaction: Interaction): number =>
  interaction.status === "awaiting_query" ? 0 : (interaction.query.metadata.lostBefore ?? 0)

/** Counts what one invocation did: a log line that CloudWatch also reads as metrics. */
export const countsOf = (invocation: {
  readonly records: ReadonlyArray<QueueRecord>
  readonly batch: Batch
  readonly outcomes: ReadonlyArray<Outcome>
  readonly returned: ReadonlyArray<QueueRecord>
  readonly startedAt: number
  readonly endedAt: number
}) => {
  const { batch, endedAt, outcomes, records, returned, startedAt } = invocation
  const counts = {
    records: records.length,
    decoded: batch.decoded,
    undecodable: batch.undecodable.length,
    returned: returned.length,
    clockAhead: countAhead(batch, startedAt),
    correlated: 0,
    halves: 0,
    votes: 0,
    /** Refused, because a later vote of the same request was stored before; also duplicates. */
    olderVotes: 0,
    stored: 0,
    duplicates: 0,
    conflicts: 0,
    cut: 0,
    retried: 0,
    edgeLost: 0,
    writeUnits: 0,
    durationMs: endedAt - startedAt
  }
  for (const { exit, tries, work } of outcomes) {
    counts.retried += Math.max(0, tries - 1)
    if (Exit.isFailure(exit)) continue
    const { conflicts = 0, cut = 0, duplicates = 0, older = 0, stored = 0 } = exit.value
    counts.stored += stored
    counts.duplicates += duplicates + work.duplicates
    counts.writeUnits += exit.value.writeUnits ?? 0
    if (isVote(work)) {
      counts.votes += 1
      counts.olderVotes += older + work.older
      counts.duplicates += older + work.older
      continue
    }
    counts[work.interaction.status === "correlated" ? "correlated" : "halves"] += 1
    counts.conflicts += conflicts + work.conflicts
    counts.cut += cut
    // a repeated half may be the question, whose losses an earlier batch has counted
    const isAllNew = stored === eventsOf(work.interaction).length
    if (isAllNew) counts.edgeLost += edgeLosses(work.interaction)
  }
  return counts
}
export type BatchCounts = ReturnType<typeof countsOf>

/**
 * The counts that are metrics. An account has ten free metrics and pays for every other; Logs
 * Insights can query the rest as fields of the line.
 */
export const metrics: ReadonlyArray<Metric<keyof BatchCounts>> = [
  { Name: "records", Unit: "Count" },
  { Name: "undecodable", Unit: "Count" },
  { Name: "returned", Unit: "Count" },
  { Name: "stored", Unit: "Count" },
  { Name: "duplicates", Unit: "Count" },
  { Name: "conflicts", Unit: "Count" },
  { Name: "edgeLost", Unit: "Count" },
  { Name: "writeUnits", Unit: "Count" }
]

export const embeddedMetrics = (counts: BatchCounts, timestamp: number) =>
  metricLine(counts, metrics, timestamp)
