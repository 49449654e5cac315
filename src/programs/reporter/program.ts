/** Claims a week, freezes its numbers, sends them and confirms: only the mail is never repeated. */
import * as Clock from "effect/Clock"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import { type Period, previousWeek, type WeekId } from "../../schema/IsoWeek.ts"
import { thawed } from "../../schema/report/FrozenReport.ts"
import { isDoubtful, isQuiet, type WeeklyReport } from "../../schema/report/WeeklyReport.ts"
import { Mailer } from "../../services/Mailer.ts"
import { type Claim, ReportLedger } from "../../services/ReportLedger.ts"
import { compose, type Mailing } from "./compose.ts"
import { type Counting, count } from "./count.ts"
import { freshLease, leaseSeconds, untilFree, whileHeld } from "./Lease.ts"
import { periodToReport } from "./periodToReport.ts"
import { logSettled } from "./ReportMetrics.ts"
import type { ReportQuestions } from "./ReportQuestions.ts"
import { giveBack, handOver, settle } from "./Sending.ts"
import type { ReportQuietWeek } from "./settings.ts"

export interface Options extends Counting, Mailing {
  readonly quietWeek: ReportQuietWeek
  /** The channels beside the e-mail quote questions, or show totals alone. */
  readonly channelQuestions: ReportQuestions
  /** US dollars that the answers of a day may cost; the watch tells nothing of cost without it. */
  readonly dailyBudgetUsd?: number
}

export interface Run {
  /** The week to report; when absent, the last week that is over. */
  readonly weekId: WeekId | undefined
  /** Names this run in the ledger. */
  readonly owner: string
}

/**
 * The end of a run: `already_done` means that an earlier run sent or skipped the week, and `held`
 * that another run is at work on it.
 */
export interface Outcome {
  readonly weekId: WeekId
  readonly outcome: "sent" | "already_done" | "skipped" | "held"
  /** Absent without an e-mail. */
  readonly messageId?: string
}

/** The ledger holds no frozen report of this week. */
export class NothingToResend extends Data.TaggedError("NothingToResend")<{
  readonly weekId: WeekId
}> {
  override get message() {
    return `no report of ${this.weekId} was ever made`
  }
}

type Key = Pick<Claim, "weekId" | "interim">

/** An interim report does not settle its week, so it is logged without a metric. */
const logDone = (message: string, { interim, weekId }: Key, fields: object = {}) =>
  interim
    ? Effect.logInfo(message, { weekId, ...fields })
    : logSettled(message, { weekId, ...fields })

/** A week's numbers as the ledger keeps them, so that a preview fails where the report would. */
export const makeReport = Effect.fnUntraced(function* (period: Period, options: Counting) {
  return yield* thawed(yield* count(period, options))
})

/** The numbers that this week's mail shows, now and on every later attempt. */
const frozenReport = Effect.fnUntraced(function* (claim: Claim, period: Period, options: Options) {
  if (claim.frozen !== undefined) return claim.frozen
  const ledger = yield* ReportLedger
  const report = yield* makeReport(period, options)
  yield* ledger.freeze(claim, report)
  return report
})

/** The owner wants no message of a quiet week, unless events may be missing from it. */
export const isSkipped = (report: WeeklyReport, { quietWeek }: Pick<Options, "quietWeek">) =>
  quietWeek === "skip" && isQuiet(report) && !isDoubtful(report)

/** The week's e-mail, or undefined for a quiet week that is skipped. */
const mailOf = Effect.fnUntraced(function* (claim: Claim, period: Period, options: Options) {
  const report = yield* frozenReport(claim, period, options)
  return isSkipped(report, options) ? undefined : compose(report, options)
})

/** Returns the message id, or undefined for a skipped week. */
const send = Effect.fnUntraced(function* (claim: Claim, period: Period, options: Options) {
  const mail = yield* whileHeld(claim, mailOf(claim, period, options))
  yield* freshLease(claim)
  return mail === undefined ? undefined : yield* handOver(claim, mail)
})

/** A claim is given back only before the mail is sent; later its lease keeps other runs away. */
const deliver = Effect.fnUntraced(function* (claim: Claim, period: Period, options: Options) {
  const ledger = yield* ReportLedger
  const { weekId } = claim
  const messageId = yield* send(claim, period, options).pipe(Effect.onError(() => giveBack(claim)))
  if (messageId === undefined) {
    yield* settle(ledger.skip(claim))
    yield* logDone("quiet week skipped", claim)
    return { weekId, outcome: "skipped" } satisfies Outcome
  }
  yield* settle(ledger.confirm(claim, messageId))
  yield* logDone("report sent", claim, { messageId })
  return { weekId, outcome: "sent", messageId } satisfies Outcome
})

const alreadyDone = (key: Key, ending: Pick<Outcome, "messageId">) =>
  Effect.as(logDone("report already done", key), {
    weekId: key.weekId,
    outcome: "already_done",
    ...ending
  } satisfies Outcome)

const held = (key: Key) =>
  Effect.as(Effect.logWarning("report held by another run", { weekId: key.weekId }), {
    weekId: key.weekId,
    outcome: "held"
  } satisfies Outcome)

/**
 * Sends the week's report unless it is out already. Waits for another run that holds the week, and
 * leaves the week to a run that outlasts a lease. An unfinished week gets an interim report now and
 * its final report later.
 */
export const run = Effect.fnUntraced(function* ({ owner, weekId }: Run, options: Options) {
  const ledger = yield* ReportLedger
  const now = yield* Clock.currentTimeMillis
  const week = weekId ?? previousWeek(now, options.zone)
  const period = yield* periodToReport(week, options.zone)
  const key: Key = { weekId: week, ...(now < period.endMs ? { interim: true } : {}) }
  return yield* ledger.claim({ ...key, owner, leaseSeconds }).pipe(
    Effect.retry({ schedule: untilFree, while: ({ _tag }) => _tag === "ReportInProgress" }),
    Effect.flatMap((claim) => deliver(claim, period, options)),
    Effect.catchTags({
      ReportInProgress: () => held(key),
      ReportAlreadySent: ({ messageId }) => alreadyDone(key, { messageId }),
      ReportSkipped: () => alreadyDone(key, {})
    })
  )
})

/** Sends a week's frozen numbers again to the present recipients, in a mail that says so. */
export const resend = Effect.fnUntraced(function* (weekId: WeekId, options: Options) {
  const [ledger, mailer] = [yield* ReportLedger, yield* Mailer]
  yield* periodToReport(weekId, options.zone)
  const [report] = yield* ledger.reports([weekId])
  if (report === undefined) return yield* new NothingToResend({ weekId })
  const { messageId } = yield* mailer.send(compose(report, options, "resend"))
  yield* Effect.logInfo("report sent again", { weekId, messageId })
  return { weekId, outcome: "sent", messageId } satisfies Outcome
})
