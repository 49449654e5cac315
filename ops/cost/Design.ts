import type { Deployment } from "./Deployment.ts"
import type { Footprint } from "./Footprint.ts"
import type { Prices } from "./Prices.ts"

/** How Lambda fetches from the queue, which AWS decides and nobody can set. */
export interface Delivery {
  /** Long polls that never end: five at first, two when AWS finds that little comes. */
  readonly pollers: number
  /** One in the worst case, the two of a question when they are found together, at most ten. */
  readonly messagesPerBatch: number
}

/** What nothing can be worse than; a promise is made by it. */
export const worstDelivery: Delivery = { pollers: 5, messagesPerBatch: 1 }

/** All that the meters of a design are made from. */
export interface Design {
  readonly deployment: Deployment
  readonly footprint: Footprint
  readonly delivery: Delivery
  readonly prices: Prices
  /** Of the Worker, for an answer. */
  readonly answerMs: number
  /** Of a whole processor, to start the function. */
  readonly startMs: number
}

/** A question is two messages. */
export const batchesPerQuestion = ({ messagesPerBatch }: Delivery): number => 2 / messagesPerBatch
