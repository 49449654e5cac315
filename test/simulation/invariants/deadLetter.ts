import type { Chronicle } from "../Chronicle.ts"
import type { Cause, Parcel } from "../Parcel.ts"

const ownFaults: ReadonlyArray<Cause> = ["poison", "defect", "behind a fault"]

/** A healthy message outlasts so many failed deliveries while the store is up. */
const mishapsBorne = 4

/**
 * A message may be dead-lettered by its own fault, or by an outage of 15 minutes and more. Otherwise
 * it must bear a shorter outage and one more mishap, or four mishaps without an outage.
 */
export const checkDeadLetter = (chronicle: Chronicle, parcel: Parcel): void => {
  const { accepted, deliveries, strikes } = parcel
  if (strikes.some((cause) => ownFaults.includes(cause) || cause === "long outage")) return
  const outages = strikes.filter((cause) => cause === "outage").length
  // a delivery without an end took longer than the visibility timeout
  const others = deliveries - outages
  const borne = outages > 0 ? 1 : mishapsBorne
  if (others > borne) return
  chronicle.violate(
    "no message is dead-lettered without a fault of its own",
    `${accepted.name} after ${strikes.join(", ")}`
  )
}
