import { batchesOf, type Design } from "../Design.ts"
import { type Meter, meter, monthDays } from "../Meter.ts"

const chunks = (bytes: number, chunkBytes: number): number =>
  Math.max(1, Math.ceil(bytes / chunkBytes))

/** Each 64 KB that a request carries counts as one. */
const sendsPerQuestion = ({ footprint, prices }: Design): number =>
  footprint.sentBytes.reduce(
    (sum, bytes) => sum + chunks(bytes, prices.limits.requestChunkBytes),
    0
  )

/** Every batch is received and deleted. */
const fetches = ({ delivery, footprint, prices }: Design, questions: number): number =>
  batchesOf(delivery, questions).reduce((sum, { count, messages }) => {
    const bytes = (footprint.messageBytes / 2) * messages
    return sum + count * (chunks(bytes, prices.limits.requestChunkBytes) + 1)
  }, 0)

/** Empty receives are billed like any other, and never end. */
const idleRequests = ({ delivery, deployment, prices }: Design): number =>
  delivery.by === "schedule"
    ? delivery.runs
    : deployment.triggers *
      delivery.pollers *
      prices.limits.receivesPerPollerMinute *
      monthDays *
      24 *
      60

/** A vote is sent, received and deleted alone. */
const requestsPerVote = 3

export const queueMeters = (design: Design): ReadonlyArray<Meter> => {
  // a report asks once for the number of dead letters
  const standing = idleRequests(design) + design.deployment.runsPerMonth
  const each = sendsPerQuestion(design) + requestsPerVote * design.votesPerQuestion
  return [
    meter(
      "SQS",
      "requests",
      design.prices.of.queueRequests,
      (questions) => standing + Math.ceil(each * questions + fetches(design, questions))
    )
  ]
}
