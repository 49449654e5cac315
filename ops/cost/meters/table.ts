import type { Design } from "../Design.ts"
import type { Footprint } from "../Footprint.ts"
import { type Meter, monthDays, monthHours } from "../Meter.ts"

/** As AWS counts storage. */
const gb = 1e9

/** Expired items go within days, "typically", and are paid for until they have gone. */
const expiryLagDays = 2

const unitsOf = ({ delivery, footprint }: Design): number => {
  const { apart, together } = footprint.writeUnits
  const units = delivery.messagesPerBatch === 1 ? apart : together
  return units.reduce((sum, one) => sum + one, 0)
}

const throughputMeters = (design: Design): ReadonlyArray<Meter> => {
  const { deployment, footprint, prices } = design
  const { capacity } = deployment
  const service = "DynamoDB"
  if (capacity.mode === "provisioned") {
    return [
      {
        service,
        name: "write capacity",
        price: prices.of.tableWriteCapacity,
        usage: () => capacity.writeUnits * monthHours
      },
      {
        service,
        name: "read capacity",
        price: prices.of.tableReadCapacity,
        usage: () => capacity.readUnits * monthHours
      }
    ]
  }
  const [written, read] = [unitsOf(design), footprint.readUnits + footprint.reportReadUnits]
  return [
    {
      service,
      name: "write units",
      price: prices.of.tableWriteRequests,
      usage: (questions) => written * questions
    },
    {
      service,
      name: "read units",
      price: prices.of.tableReadRequests,
      usage: (questions) => read * questions
    }
  ]
}

/** GB after the time that an item lives, from when on as much goes as comes. */
export const storedGb = ({ keptDays, storedBytes }: Footprint) => {
  const months = (keptDays + expiryLagDays) / monthDays
  return {
    everything: (months * (storedBytes.table + storedBytes.indexes)) / gb,
    table: (months * storedBytes.table) / gb,
    newPerMonth: (storedBytes.table + storedBytes.indexes) / gb
  }
}

export const tableMeters = (design: Design): ReadonlyArray<Meter> => {
  const { deployment, footprint, prices } = design
  const stored = storedGb(footprint)
  const recovery: Meter = {
    service: "DynamoDB",
    name: "point-in-time recovery",
    price: prices.of.tableRecovery,
    usage: (questions) => stored.table * questions
  }
  return [
    ...throughputMeters(design),
    {
      service: "DynamoDB",
      name: "storage",
      price: prices.of.tableStorage,
      usage: (questions) => stored.everything * questions
    },
    ...(deployment.pointInTimeRecovery ? [recovery] : [])
  ]
}
