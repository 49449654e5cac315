import type { WeekId } from "../../src/schema/IsoWeek.ts"
import type { Totals } from "./Expected.ts"
import type { Instance } from "./Instance.ts"
import type { Caller } from "./RemoteCall.ts"

/** One run of the reporter, with what it did and suffered so far. */
export interface Run extends Caller {
  readonly name: string
  readonly instance: Instance
  weekId: WeekId | undefined
  /** What the store held in the moment in which this run read it. */
  seen: Totals | undefined
  hasSent: boolean
  wasKilled: boolean
  /** Whether something went wrong from its sending on: then another run may send once more. */
  wasCutShort: boolean
}
