import type { Deployment } from "./Deployment.ts"
import type { Footprint } from "./Footprint.ts"
import type { Prices } from "./Prices.ts"

/** The way in which messages come to the processor. */
export type Delivery =
  | {
      readonly by: "trigger"
      /** Endless long polls: five at first, two when AWS finds that little comes. */
      readonly pollers: number
      /** One in the worst case, two when a question is found with its answer, at most ten. */
      readonly messagesPerBatch: number
    }
  | {
      readonly by: "schedule"
      /** Drains a month, each of which ends with an empty receive. */
      readonly runs: number
      /** A run's last batch is smaller if this is ten. */
      readonly messagesPerBatch: number
    }

/** The most messages that one receive brings. */
const batchSizeMax = 10

/**
 * The most expensive delivery, which the promised figures assume. A trigger receives a message at
 * once, so it may be alone; the messages of a drain have gathered since the last one.
 */
export const worstDelivery = ({ drainsPerMonth }: Deployment): Delivery =>
  drainsPerMonth > 0
    ? { by: "schedule", runs: drainsPerMonth, messagesPerBatch: batchSizeMax }
    : { by: "trigger", pollers: 5, messagesPerBatch: 1 }

/** The meters of a design are made from this. */
export interface Design {
  readonly deployment: Deployment
  readonly footprint: Footprint
  readonly delivery: Delivery
  readonly prices: Prices
  /** Processor time of the Worker per answer. */
  readonly answerMs: number
  readonly votesPerQuestion: number
  /** Time of a whole processor to start the function. */
  readonly startMs: number
}

/** Batches of one size. */
interface Batches {
  readonly count: number
  readonly messages: number
}

/**
 * The batches in which so many questions are received, of two messages each. Every run of a
 * schedule has, at worst, one message more than fills its batches.
 */
export const batchesOf = (delivery: Delivery, questions: number): ReadonlyArray<Batches> => {
  const { messagesPerBatch } = delivery
  const sent = 2 * questions
  const filled = { count: sent / messagesPerBatch, messages: messagesPerBatch }
  if (delivery.by === "trigger" || messagesPerBatch < batchSizeMax) return [filled]
  const last = { count: Math.min(sent, delivery.runs), messages: 1 }
  const isAlone = sent <= filled.count + last.count
  return isAlone ? [{ count: sent, messages: 1 }] : [filled, last]
}

export const countOfBatches = (delivery: Delivery, questions: number): number =>
  batchesOf(delivery, questions).reduce((total, { count }) => total + count, 0)
