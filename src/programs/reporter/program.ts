/** Claim the week, count it once, send it, confirm: any step may be repeated, the e-mail is not. */
import * as Clock from "effect/Clock"
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import type { EmailAddress, EmailMessage } from "../../schema/EmailMessage.ts"
import { periodOf, previousWeek, WeekId, weeksBefore } from "../../schema/IsoWeek.ts"
import type { ModelPrice } from "../../schema/ModelPrice.ts"
import { summarize } from "../../schema/summarize.ts"
import { trendLengthMax, type WeeklyReport } from "../../schema/WeeklyReport.ts"
import { empty, observe } from "../../schema/WeeklyTally.ts"
import { DeadLetterGauge } from "../../services/DeadLetterGauge.ts"
import { InteractionStore } from "../../services/InteractionStore.ts"
import { Mailer } from "../../services/Mailer.ts"
import { type Claim, ReportLedger } from "../../services/ReportLedger.ts"
import { renderReport } from "./render/renderReport.ts"

export interface Options {
  readonly siteName: string
  readonly from: EmailAddress
  readonly to: readonly [EmailAddress, ...Array<EmailAddress>]
  readonly zone: DateTime.TimeZone.Named
  /** The owner's own prices before the known ones. */
  readonly prices: ReadonlyArray<ModelPrice>
  /** Whether the e-mail quotes questions, or shows totals alone. */
  readonly questions: "shown" | "hidden"
  /** What becomes of a week in which nothing happened. */
  readonly quietWeek: "send" | "skip"
  readonly version: string
}

export interface Run {
  /** The week to report; the last week that is over when absent. */
  readonly weekId: WeekId | undefined
  /** Names this run in the ledger. */
  readonly owner: string
  /** Longer than the run can live, so that a claim never outlasts its holder by much. */
  readonly leaseSeconds: number
}

/** What a run did: `already_done` when an earlier run had sent or skipped the week. */
export interface Outcome {
  readonly weekId: WeekId
  readonly outcome: "sent" | "already_done" | "skipped"
  readonly messageId: string
}

/** There is no frozen report of this week that could be sent again. */
export class NothingToResend extends Schema.TaggedError<NothingToResend>()("NothingToResend", {
  weekId: WeekId
}) {
  override get message() {
    return `no report of ${this.weekId} was ever made`
  }
}

/** The numbers of a week as they stand now, compared with the weeks before it. */
export const count = Effect.fnUntraced(function* (
  weekId: WeekId,
  { prices, zone }: Pick<Options, "prices" | "zone">
) {
  const [interactions, ledger] = [yield* InteractionStore, yield* ReportLedger]
  const gauge = yield* DeadLetterGauge
  const period = periodOf(weekId, zone)
  const tally = yield* interactions.summaries(period).pipe(Stream.runFold(empty, observe))
  const deadLetters = yield* gauge.count
  return summarize(tally, {
    period,
    zone,
    prices,
    generatedAt: yield* Clock.currentTimeMillis,
    earlier: yield* ledger.reports(weeksBefore(weekId, trendLengthMax - 1)),
    ...Option.match(deadLetters, {
      onNone: () => ({}),
      onSome: (waiting) => ({ deadLetters: waiting })
    })
  })
})

/** The numbers that this week's e-mail shows, now and on every later attempt. */
const frozenReport = Effect.fnUntraced(function* (claim: Claim, options: Options) {
  if (claim.frozen !== undefined) return claim.frozen
  const ledger = yield* ReportLedger
  const report = yield* count(claim.weekId, options)
  yield* ledger.freeze(claim, report)
  return report
})

const domainOf = (address: EmailAddress): string => address.slice(address.indexOf("@") + 1)

/** The e-mail of a report: the one place where it gets its sender, recipients and headers. */
export const compose = (
  report: WeeklyReport,
  { from, questions, siteName, to, version }: Options,
  resend = false
): EmailMessage => ({
  from,
  to,
  ...renderReport(report, { siteName, questions, resend, version }),
  headers: {
    "Auto-Submitted": "auto-generated",
    "List-Id": `Weekly report <weekly-report.${domainOf(from)}>`,
    "List-Unsubscribe": `<mailto:${from}?subject=unsubscribe>`
  }
})

/** Dead letters are no silence: what was asked may be among them. */
const isQuiet = ({ deadLetters = 0, questions, status }: WeeklyReport): boolean =>
  deadLetters + questions + status.correlated + status.awaitingQuery + status.awaitingResponse === 0

/** Long enough to outlive a passing fault; after it the e-mail is out and nobody knows. */
const untilConfirmed = Schedule.spaced("2 seconds").pipe(
  Schedule.jittered,
  Schedule.upTo({ duration: "45 seconds" })
)

const confirm = Effect.fnUntraced(function* (claim: Claim, messageId: string) {
  const ledger = yield* ReportLedger
  yield* ledger.confirm(claim, messageId).pipe(
    Effect.retry({
      schedule: untilConfirmed,
      while: (error) => error._tag === "StoreUnavailable"
    })
  )
})

/**
 * Freezes the numbers and sends them; the message id is absent for a quiet week that is skipped.
 */
const send = Effect.fnUntraced(function* (claim: Claim, options: Options) {
  const mailer = yield* Mailer
  const report = yield* frozenReport(claim, options)
  if (isQuiet(report) && options.quietWeek === "skip") return undefined
  const { messageId } = yield* mailer.send(compose(report, options))
  return messageId
})

const giveBack = Effect.fnUntraced(function* (claim: Claim) {
  const ledger = yield* ReportLedger
  yield* ledger
    .release(claim)
    .pipe(Effect.catch((error) => Effect.logWarning("claim not released", error)))
})

/** A claim is given back only while nothing was sent: after that its lease keeps others away. */
const deliver = Effect.fnUntraced(function* (claim: Claim, options: Options) {
  const { weekId } = claim
  const messageId = yield* send(claim, options).pipe(Effect.onError(() => giveBack(claim)))
  yield* confirm(claim, messageId ?? "")
  if (messageId === undefined) {
    yield* Effect.logInfo("quiet week skipped", { weekId })
    return { weekId, outcome: "skipped", messageId: "" } satisfies Outcome
  }
  yield* Effect.logInfo("report sent", { weekId, messageId })
  return { weekId, outcome: "sent", messageId } satisfies Outcome
})

/**
 * Sends the week's report unless it is out already.
 *
 * Fails when another run holds the week, so that the platform's retry looks again later. A week
 * that is not over gets an interim report, and its own one all the same when it is.
 */
export const run = Effect.fnUntraced(function* (
  { leaseSeconds, owner, weekId }: Run,
  options: Options
) {
  const ledger = yield* ReportLedger
  const now = yield* Clock.currentTimeMillis
  const week = weekId ?? previousWeek(now, options.zone)
  const interim = now < periodOf(week, options.zone).endMs ? { interim: true as const } : {}
  const claiming = ledger.claim({ weekId: week, owner, leaseSeconds, ...interim })
  return yield* Effect.matchEffect(claiming, {
    onSuccess: (claim) => deliver(claim, options),
    onFailure: (error) =>
      error._tag === "ReportAlreadySent"
        ? Effect.succeed<Outcome>({
            weekId: week,
            outcome: "already_done",
            messageId: error.messageId
          }).pipe(Effect.tap(() => Effect.logInfo("report already sent", { weekId: week })))
        : Effect.fail(error)
  })
})

/** Sends a week's frozen numbers once more, to those who are named now, and says that it does. */
export const resend = Effect.fnUntraced(function* (weekId: WeekId, options: Options) {
  const [ledger, mailer] = [yield* ReportLedger, yield* Mailer]
  const [report] = yield* ledger.reports([weekId])
  if (report === undefined) return yield* new NothingToResend({ weekId })
  const { messageId } = yield* mailer.send(compose(report, options, true))
  yield* Effect.logInfo("report sent again", { weekId, messageId })
  return { weekId, outcome: "sent", messageId } satisfies Outcome
})
