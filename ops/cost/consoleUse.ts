/** The part of a console that is open all month in the bill. */
import { idleUnits } from "../console/pauses.ts"
import type { Design } from "./Design.ts"
import { monthHours } from "./Meter.ts"

export interface ConsoleUse {
  /** Read units a second at most, while it follows new questions alone. */
  readonly unitsPerSecond: number
  /** The read units that are paid for, whether they are used or not; absent on demand. */
  readonly provisioned?: number
  readonly usd: number
}

export const consoleUse = ({ deployment, prices }: Design): ConsoleUse => {
  const { capacity } = deployment
  return capacity.mode === "provisioned"
    ? { unitsPerSecond: idleUnits, provisioned: capacity.readUnits, usd: 0 }
    : {
        unitsPerSecond: idleUnits,
        usd: idleUnits * monthHours * 3600 * prices.of.tableReadRequests.usd
      }
}
