import { batchesPerQuestion, type Design } from "../Design.ts"
import { type Meter, meter, monthDays } from "../Meter.ts"

const chunks = (bytes: number, chunkBytes: number): number =>
  Math.max(1, Math.ceil(bytes / chunkBytes))

/** Send, receive and delete; each 64 KB that a request carries counts as one. */
const requestsPerQuestion = ({ delivery, footprint, prices }: Design): number => {
  const { requestChunkBytes } = prices.limits
  const sends = footprint.sentBytes.reduce(
    (sum, bytes) => sum + chunks(bytes, requestChunkBytes),
    0
  )
  const batchBytes = (footprint.messageBytes / 2) * delivery.messagesPerBatch
  return sends + batchesPerQuestion(delivery) * (chunks(batchBytes, requestChunkBytes) + 1)
}

/** Polls of an empty queue are billed like any other, and never end. */
const idleRequests = ({ delivery, deployment, prices }: Design): number =>
  deployment.triggers *
  delivery.pollers *
  prices.limits.receivesPerPollerMinute *
  monthDays *
  24 *
  60

export const queueMeters = (design: Design): ReadonlyArray<Meter> => {
  const { deployment, prices } = design
  // a report asks once for the number of dead letters
  const standing = idleRequests(design) + deployment.runsPerMonth
  const each = requestsPerQuestion(design)
  return [
    meter(
      "SQS",
      "requests",
      prices.of.queueRequests,
      (questions) => standing + Math.ceil(each * questions)
    )
  ]
}
