import type { WeekId } from "../../src/schema/IsoWeek.ts"
import type { Claim } from "../../src/services/ReportLedger.ts"
import type { Instance } from "./Instance.ts"
import type { Caller } from "./RemoteCall.ts"

/** A week's own report, or the one of the week before it was over, as `<week>#interim`. */
export type LedgerEntry = string

export const entryOf = ({ interim, weekId }: Pick<Claim, "weekId" | "interim">): LedgerEntry =>
  interim === undefined ? weekId : `${weekId}#interim`

/** One run of the reporter, with its deeds and mishaps so far. */
export interface Run extends Caller {
  readonly name: string
  readonly instance: Instance
  readonly isResend: boolean
  /** When it began, by its clock. */
  readonly begunAt: number
  weekId: WeekId | undefined
  entry: LedgerEntry
  /** The store's totals in each moment in which this run read a part of it; one if all agree. */
  readonly seen: Set<string>
  hasSent: boolean
  /** True if it may lose its claim to another run, because it could not renew it. */
  couldNotRenew: boolean
  /** True once it has computed for long. */
  wasSlow: boolean
  /** When the run began to write down how the week ended. */
  settlingSince: number | undefined
  wasKilled: boolean
  /** True if a call failed after it began to send, so that another run may send once more. */
  wasCutShort: boolean
}
