import type { Deployment } from "./Deployment.ts"
import type { Footprint } from "./Footprint.ts"
import type { Prices } from "./Prices.ts"

/** The way in which Lambda fetches from the queue; AWS decides it. */
export interface Delivery {
  /** Endless long polls: five at first, two when AWS finds that little comes. */
  readonly pollers: number
  /** One in the worst case, two when a question is found with its answer, at most ten. */
  readonly messagesPerBatch: number
}

/** The most expensive delivery, which the promised figures assume. */
export const worstDelivery: Delivery = { pollers: 5, messagesPerBatch: 1 }

/** The meters of a design are made from this. */
export interface Design {
  readonly deployment: Deployment
  readonly footprint: Footprint
  readonly delivery: Delivery
  readonly prices: Prices
  /** Processor time of the Worker per answer. */
  readonly answerMs: number
  /** Time of a whole processor to start the function. */
  readonly startMs: number
}

/** A question is two messages. */
export const batchesPerQuestion = ({ messagesPerBatch }: Delivery): number => 2 / messagesPerBatch
