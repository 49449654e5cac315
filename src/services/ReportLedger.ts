import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { WeekId } from "../schema/IsoWeek.ts"
import { WeeklyReport } from "../schema/report/WeeklyReport.ts"
import type { StoreError } from "./InteractionStore.ts"

/** The right to report one week, held until `leaseUntil` (epoch milliseconds). */
export const Claim = Schema.Struct({
  weekId: WeekId,
  owner: Schema.String,
  leaseUntil: Schema.Int,
  /** A report of a week that is not over: it has an entry of its own, beside the week's. */
  interim: Schema.optionalKey(Schema.Literal(true)),
  /** The numbers that an earlier run froze; they are sent again, never counted again. */
  frozen: Schema.optionalKey(WeeklyReport)
})
export type Claim = typeof Claim.Type

/** Another run holds the week; its lease ends at `leaseUntil` (epoch milliseconds). */
export class ReportInProgress extends Schema.TaggedError<ReportInProgress>()("ReportInProgress", {
  weekId: WeekId,
  leaseUntil: Schema.Int
}) {
  override get message() {
    return `report ${this.weekId} is being made by another run`
  }
}

/** The week's e-mail is out; there is nothing left to do. */
export class ReportAlreadySent extends Schema.TaggedError<ReportAlreadySent>()(
  "ReportAlreadySent",
  { weekId: WeekId, messageId: Schema.String }
) {
  override get message() {
    return `report ${this.weekId} was sent as ${this.messageId}`
  }
}

/** The week was quiet and its owner wants no e-mail of such a week; there is nothing left to do. */
export class ReportSkipped extends Schema.TaggedError<ReportSkipped>()("ReportSkipped", {
  weekId: WeekId
}) {
  override get message() {
    return `report ${this.weekId} was skipped: the week was quiet`
  }
}

/** The lease ran out and another run took the week over. */
export class ClaimLost extends Schema.TaggedError<ClaimLost>()("ClaimLost", { weekId: WeekId }) {
  override get message() {
    return `the claim on report ${this.weekId} was lost`
  }
}

/**
 * What makes a week's report go out once: claim, freeze the numbers, send, confirm; or skip.
 *
 * Each step is one conditional write, so of any number of parallel runs one holds the week. Only
 * when `confirm` could not be written after the mail service had accepted does a second e-mail
 * follow, which carries the same frozen numbers; see docs/decisions/0006-exactly-one-report.md.
 */
export class ReportLedger extends Context.Service<
  ReportLedger,
  {
    readonly claim: (options: {
      readonly weekId: WeekId
      readonly owner: string
      readonly leaseSeconds: number
      readonly interim?: true
    }) => Effect.Effect<Claim, ReportInProgress | ReportAlreadySent | ReportSkipped | StoreError>
    readonly freeze: (
      claim: Claim,
      report: WeeklyReport
    ) => Effect.Effect<void, ClaimLost | StoreError>
    /** May be said again by the same run, whose first answer was lost. */
    readonly confirm: (
      claim: Claim,
      messageId: string
    ) => Effect.Effect<void, ClaimLost | StoreError>
    /** Ends the week as `confirm` does, without an e-mail. */
    readonly skip: (claim: Claim) => Effect.Effect<void, ClaimLost | StoreError>
    /**
     * The frozen reports of these weeks, in the order of the weeks; what was never made or has
     * expired (`reportKeptUntil`) is left out.
     */
    readonly reports: (
      weekIds: ReadonlyArray<WeekId>
    ) => Effect.Effect<ReadonlyArray<WeeklyReport>, StoreError>
    /** Gives the week back before the lease ends; what is frozen stays. */
    readonly release: (claim: Claim) => Effect.Effect<void, ClaimLost | StoreError>
  }
>()("services/ReportLedger") {}
