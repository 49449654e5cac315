/** Counts of queue, processor and table by their own clocks; an absent number is unknown. */
import * as Schema from "effect/Schema"

const Count = Schema.optionalKey(Schema.Natural)

export const Pipeline = Schema.Struct({
  /** Events that the queue accepted, by its approximate count. */
  accepted: Count,
  /** Repeats that the queue recognised and dropped. */
  deduplicated: Count,
  /** An upper bound of requests to the queue, because messages can share one. */
  requests: Count,
  /** Invocations of the processor. */
  batches: Count,
  stored: Count,
  duplicates: Count,
  /** Repeats with different content; the first is kept. */
  conflicts: Count,
  writeUnits: Count,
  /** Table and indexes, measured within the last six hours. */
  tableBytes: Count
})
export type Pipeline = typeof Pipeline.Type

/**
 * Accepted events that were neither stored nor repeated nor dead-lettered. Dead letters of earlier
 * weeks may be among them, so the result may be too low. `undefined` while any part is unknown.
 */
export const unaccounted = (
  { accepted, conflicts, duplicates, stored }: Pipeline,
  deadLetters: number | undefined
): number | undefined =>
  accepted === undefined ||
  conflicts === undefined ||
  duplicates === undefined ||
  stored === undefined ||
  deadLetters === undefined
    ? undefined
    : Math.max(0, accepted - stored - duplicates - conflicts - deadLetters)
