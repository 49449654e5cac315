import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { ChannelName } from "../schema/Channel.ts"
import { WeekId } from "../schema/IsoWeek.ts"
import type { GapMark } from "../schema/report/GapMark.ts"
import { WeeklyReport } from "../schema/report/WeeklyReport.ts"
import type { Episodes } from "../schema/watch/Episodes.ts"
import type { StoreError } from "./InteractionStore.ts"

/** The right to report one week, held until `leaseUntil` (epoch milliseconds). */
export const Claim = Schema.Struct({
  weekId: WeekId,
  owner: Schema.String,
  leaseUntil: Schema.Int,
  /** Marks a report before the week's end, which is held beside the week's own. */
  interim: Schema.optionalKey(Schema.Literal(true)),
  /** Marks the same message to a channel, which is held beside the e-mail. */
  channel: Schema.optionalKey(ChannelName),
  /** Names a cause that the watch tells of, which is held beside the report of its week. */
  alert: Schema.optionalKey(Schema.String),
  /** E-mails of this report that may be out, because no answer came; absent for none. */
  unanswered: Schema.optionalKey(Schema.Natural),
  /** The numbers that an earlier run froze, which are sent again and never counted again. */
  frozen: Schema.optionalKey(WeeklyReport)
})
export type Claim = typeof Claim.Type

/** Names what is claimed: a week's own report, its interim one, or an alert of that week. */
export type ClaimKey = Pick<Claim, "weekId" | "interim" | "alert" | "channel">

export const nameOf = ({ alert, channel, interim, weekId }: ClaimKey): string =>
  [
    weekId,
    ...(interim === undefined ? [] : ["interim"]),
    ...(alert === undefined ? [] : [alert]),
    ...(channel === undefined ? [] : [channel])
  ].join("#")

/** Another run holds the week; its lease ends at `leaseUntil` (epoch milliseconds). */
export class ReportInProgress extends Data.TaggedError("ReportInProgress")<{
  readonly weekId: WeekId
  readonly leaseUntil: number
}> {
  override get message() {
    return `report ${this.weekId} is being made by another run`
  }
}

/** An earlier run has sent the week's e-mail. */
export class ReportAlreadySent extends Data.TaggedError("ReportAlreadySent")<{
  readonly weekId: WeekId
  readonly messageId: string
}> {
  override get message() {
    return `report ${this.weekId} was sent as ${this.messageId}`
  }
}

/** The week was quiet, and its owner wants no e-mail of such a week. */
export class ReportSkipped extends Data.TaggedError("ReportSkipped")<{
  readonly weekId: WeekId
}> {
  override get message() {
    return `report ${this.weekId} was skipped: the week was quiet`
  }
}

/** A week's e-mail is handed over so often while the mail service never answers. */
export const sendsMax = 3

/** The e-mail may be out several times, but the mail service never said so. */
export class SendsUnanswered extends Data.TaggedError("SendsUnanswered")<{
  readonly weekId: WeekId
}> {
  override get message() {
    return (
      `the mail service got the e-mail of ${this.weekId} ${sendsMax} times and never answered; ` +
      "it is not sent again by itself"
    )
  }
}

/** The lease ran out and another run took the week over. */
export class ClaimLost extends Data.TaggedError("ClaimLost")<{ readonly weekId: WeekId }> {
  override get message() {
    return `the claim on report ${this.weekId} was lost`
  }
}

/** Another run of the watch has kept its episodes since these were read. */
export class EpisodesChanged extends Data.TaggedError("EpisodesChanged")<{
  readonly version: number
}> {
  override get message() {
    return `another run has kept episodes after version ${this.version}`
  }
}

/** What the watch remembers, and how often it has been changed. */
export interface Watched {
  readonly episodes: Episodes
  readonly version: number
}

/**
 * Makes a week's report go out once: claim, freeze the numbers, send, then confirm or skip.
 *
 * Each step is one conditional write, so one of several parallel runs holds the week. A second
 * e-mail follows only when the mail service may have accepted the first, it carries the same frozen
 * numbers, and `attempt` bounds how many follow; see docs/decisions/0006-exactly-one-report.md.
 */
export class ReportLedger extends Context.Service<
  ReportLedger,
  {
    readonly claim: (options: {
      readonly weekId: WeekId
      readonly owner: string
      readonly leaseSeconds: number
      readonly interim?: true
      readonly channel?: ChannelName
      readonly alert?: string
    }) => Effect.Effect<Claim, ReportInProgress | ReportAlreadySent | ReportSkipped | StoreError>
    /**
     * Makes the lease end so long from now, and never earlier than before. A claim that was given
     * back is lost, and so is that of a week that has ended.
     */
    readonly renew: (
      claim: Claim,
      leaseSeconds: number
    ) => Effect.Effect<Claim, ClaimLost | StoreError>
    readonly freeze: (
      claim: Claim,
      report: WeeklyReport
    ) => Effect.Effect<void, ClaimLost | StoreError>
    /** Counts an e-mail before it is sent. */
    readonly attempt: (
      claim: Claim
    ) => Effect.Effect<void, SendsUnanswered | ClaimLost | StoreError>
    /** Takes the attempt of this claim back, because its e-mail is known not to be out. */
    readonly withdraw: (claim: Claim) => Effect.Effect<void, ClaimLost | StoreError>
    /** The same run may repeat it, because its first answer may be lost. */
    readonly confirm: (
      claim: Claim,
      messageId: string
    ) => Effect.Effect<void, ClaimLost | StoreError>
    /** Ends the week as `confirm` does, without an e-mail. */
    readonly skip: (claim: Claim) => Effect.Effect<void, ClaimLost | StoreError>
    /** The frozen reports of these weeks, in their order, without expired and missing ones. */
    readonly reports: (
      weekIds: ReadonlyArray<WeekId>
    ) => Effect.Effect<ReadonlyArray<WeeklyReport>, StoreError>
    /** What {@link keepGaps} kept last; none if another version kept it. */
    readonly gaps: Effect.Effect<ReadonlyArray<GapMark>, StoreError>
    /** Keeps the owner's gaps in the place of those before, and returns how many found no room. */
    readonly keepGaps: (marks: ReadonlyArray<GapMark>) => Effect.Effect<number, StoreError>
    /** Gives the week back before the lease ends; its frozen numbers stay. */
    readonly release: (claim: Claim) => Effect.Effect<void, ClaimLost | StoreError>
    readonly watched: Effect.Effect<Watched, StoreError>
    /** Keeps other episodes in place of those of this version, if no other run has. */
    readonly keepWatched: (watched: Watched) => Effect.Effect<void, EpisodesChanged | StoreError>
  }
>()("services/ReportLedger") {}
