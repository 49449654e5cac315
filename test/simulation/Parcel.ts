import type { AnalyticsEvent } from "../../src/schema/AnalyticsEvent.ts"

/** Why a delivery did not end in an acknowledgement that counted. */
export type Cause =
  /** Faults of the message, or of one before it in its group. */
  | "poison"
  | "defect"
  | "behind a fault"
  /** Faults of others. */
  | "outage"
  | "long outage"
  | "unavailable"
  | "crash"
  | "late"
  | "acknowledgement lost"

/** A message that the queue accepted as new; the same through every redrive. */
export interface Accepted {
  readonly name: string
  readonly group: string
  readonly body: string
  /** Undefined when the body cannot be decoded. */
  readonly event: AnalyticsEvent | undefined
  wasDeadLettered: boolean
}

/** An accepted message under its present id, with what became of its deliveries so far. */
export interface Parcel {
  readonly accepted: Accepted
  /** Those without a strike have ended well, or somebody still works on them. */
  deliveries: number
  readonly strikes: Array<Cause>
}
