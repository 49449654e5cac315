import type { Design } from "../Design.ts"
import type { Footprint } from "../Footprint.ts"
import { type Meter, meter, monthDays, monthHours } from "../Meter.ts"

/** AWS counts storage in these. */
const gb = 1e9

/** DynamoDB deletes expired items within days, "typically", and bills them until then. */
const expiryLagDays = 2

const unitsOf = ({ delivery, footprint }: Design): number => {
  const { apart, together } = footprint.writeUnits
  // a drain finds what was sent together, and a slow answer is sent after its question
  const isApart = delivery.messagesPerBatch === 1 || delivery.by === "schedule"
  const units = isApart ? apart : together
  return units.reduce((sum, one) => sum + one, 0)
}

/** One of the table and one of the week index; a comment of many bytes takes more. */
const unitsPerVote = 2

const throughputMeters = (design: Design): ReadonlyArray<Meter> => {
  const { deployment, footprint, prices } = design
  const { capacity } = deployment
  const { tableReadCapacity, tableReadRequests, tableWriteCapacity, tableWriteRequests } = prices.of
  const service = "DynamoDB"
  if (capacity.mode === "provisioned") {
    const { readUnits, writeUnits } = capacity
    return [
      meter(service, "write capacity", tableWriteCapacity, () => writeUnits * monthHours),
      meter(service, "read capacity", tableReadCapacity, () => readUnits * monthHours)
    ]
  }
  const [written, read] = [
    unitsOf(design) + unitsPerVote * design.votesPerQuestion,
    footprint.readUnits + footprint.reportReadUnits
  ]
  return [
    meter(service, "write units", tableWriteRequests, (questions) => written * questions),
    meter(service, "read units", tableReadRequests, (questions) => read * questions)
  ]
}

/** GB after the time that an item lives, when as much expires as comes. */
export const storedGb = ({ keptDays, storedBytes }: Footprint) => {
  const months = (keptDays + expiryLagDays) / monthDays
  const newPerMonth = (storedBytes.table + storedBytes.indexes) / gb
  return {
    everything: months * newPerMonth,
    table: (months * storedBytes.table) / gb,
    newPerMonth
  }
}

export const tableMeters = (design: Design): ReadonlyArray<Meter> => {
  const { deployment, footprint, prices } = design
  const { everything, table } = storedGb(footprint)
  const { tableRecovery, tableStorage } = prices.of
  const stored = (each: number) => (questions: number) => each * questions
  return [
    ...throughputMeters(design),
    meter("DynamoDB", "storage", tableStorage, stored(everything)),
    ...(deployment.pointInTimeRecovery
      ? [meter("DynamoDB", "point-in-time recovery", tableRecovery, stored(table))]
      : [])
  ]
}
