/**
 * Claim the week, count it once, send it, confirm: each step may be repeated, the e-mail is not.
 */
import * as Clock from "effect/Clock"
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { EmailAddress, EmailMessage } from "../../schema/EmailMessage.ts"
import { type Period, periodOf, previousWeek, type WeekId } from "../../schema/IsoWeek.ts"
import { summarize, type WeeklyReport } from "../../schema/WeeklyReport.ts"
import { empty, observe } from "../../schema/WeeklyTally.ts"
import { InteractionStore } from "../../services/InteractionStore.ts"
import { Mailer } from "../../services/Mailer.ts"
import { type Claim, ReportLedger } from "../../services/ReportLedger.ts"
import { renderReport } from "./render/renderReport.ts"

export interface Options {
  readonly siteName: string
  readonly from: EmailAddress
  readonly to: readonly [EmailAddress, ...Array<EmailAddress>]
  readonly zone: DateTime.TimeZone.Named
}

export interface Run {
  /** The week to report; the last week that is over when absent. */
  readonly weekId: WeekId | undefined
  /** Names this run in the ledger. */
  readonly owner: string
  /** Longer than the run can live, so that a claim never outlasts its holder by much. */
  readonly leaseSeconds: number
}

/** What a run did: `sent`, or `already_sent` when an earlier run had sent the week's e-mail. */
export interface Outcome {
  readonly weekId: WeekId
  readonly outcome: "sent" | "already_sent"
  readonly messageId: string
}

const count = Effect.fnUntraced(function* (period: Period, zone: DateTime.TimeZone) {
  const interactions = yield* InteractionStore
  const tally = yield* interactions.summaries(period).pipe(Stream.runFold(empty, observe))
  const generatedAt = yield* Clock.currentTimeMillis
  return summarize(tally, { period, zone, generatedAt })
})

/** The numbers that this week's e-mail shows, now and on every later attempt. */
const frozenReport = Effect.fnUntraced(function* (claim: Claim, { zone }: Options) {
  if (claim.frozen !== undefined) return claim.frozen
  const ledger = yield* ReportLedger
  const report = yield* count(periodOf(claim.weekId, zone), zone)
  yield* ledger.freeze(claim, report)
  return report
})

const compose = (report: WeeklyReport, { from, siteName, to }: Options): EmailMessage => ({
  from,
  to,
  ...renderReport(report, { siteName }),
  headers: { "Auto-Submitted": "auto-generated" }
})

const deliver = Effect.fnUntraced(function* (claim: Claim, options: Options) {
  const [ledger, mailer] = [yield* ReportLedger, yield* Mailer]
  const report = yield* frozenReport(claim, options)
  const { messageId } = yield* mailer.send(compose(report, options))
  yield* ledger.confirm(claim, messageId)
  yield* Effect.logInfo("report sent", {
    weekId: claim.weekId,
    messageId,
    questions: report.questions
  })
  return { weekId: claim.weekId, outcome: "sent", messageId } satisfies Outcome
})

/**
 * Sends the week's report unless it is out already.
 *
 * Fails when another run holds the week, so that the platform's retry looks again later. A run that
 * fails gives its claim back at once; one that is killed gives it back when the lease ends.
 */
export const run = Effect.fnUntraced(function* (
  { leaseSeconds, owner, weekId }: Run,
  options: Options
) {
  const ledger = yield* ReportLedger
  const now = yield* Clock.currentTimeMillis
  const week = weekId ?? previousWeek(now, options.zone)
  return yield* Effect.matchEffect(ledger.claim({ weekId: week, owner, leaseSeconds }), {
    onSuccess: (claim) =>
      deliver(claim, options).pipe(
        Effect.onError(() =>
          ledger
            .release(claim)
            .pipe(Effect.catch((error) => Effect.logWarning("claim not released", error)))
        )
      ),
    onFailure: (error) =>
      error._tag === "ReportAlreadySent"
        ? Effect.succeed<Outcome>({
            weekId: week,
            outcome: "already_sent",
            messageId: error.messageId
          }).pipe(Effect.tap(() => Effect.logInfo("report already sent", { weekId: week })))
        : Effect.fail(error)
  })
})
