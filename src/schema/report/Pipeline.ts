/** What queue, processor and table say of one period by their own clocks; absent is not known. */
import * as Schema from "effect/Schema"

const Count = Schema.optionalKey(Schema.Natural)

export const Pipeline = Schema.Struct({
  /** Events that the queue took, by its own count, which AWS calls approximate. */
  accepted: Count,
  /** Repeats that the queue recognised, and that went no further. */
  deduplicated: Count,
  /** Requests to the queue at the most, for up to ten messages share one. */
  requests: Count,
  /** Invocations of the processor. */
  batches: Count,
  stored: Count,
  duplicates: Count,
  /** Repeats with other content, of which the first is kept. */
  conflicts: Count,
  writeUnits: Count,
  /** Table and indexes as they were within the last six hours. */
  tableBytes: Count
})
export type Pipeline = typeof Pipeline.Type

/**
 * Accepted events that are neither stored nor repeats nor among the dead letters, whose number is
 * that of all weeks; `undefined` unless every part of the sum is known.
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
