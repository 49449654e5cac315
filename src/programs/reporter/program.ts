/** Claim the week, count it once, send it, confirm: any step may be repeated, the e-mail is not. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import { type Period, previousWeek, WeekId } from "../../schema/IsoWeek.ts"
import { isDoubtful, isQuiet } from "../../schema/report/WeeklyReport.ts"
import { Mailer } from "../../services/Mailer.ts"
import { type Claim, ReportLedger } from "../../services/ReportLedger.ts"
import { compose, type Mailing } from "./compose.ts"
import { type Counting, count } from "./count.ts"
import { periodToReport } from "./periodToReport.ts"
import { countingFailures, logSettled } from "./ReportMetrics.ts"
import type { ReportQuietWeek } from "./settings.ts"

export interface Options extends Counting, Mailing {
  /** What becomes of a week in which nothing happened. */
  readonly quietWeek: ReportQuietWeek
}

export interface Run {
  /** The week to report; the last week that is over when absent. */
  readonly weekId: WeekId | undefined
  /** Names this run in the ledger. */
  readonly owner: string
  /** Longer than the run can live, so that a claim never outlasts its holder by much. */
  readonly leaseSeconds: number
}

/** Added to what is left of the function's time, so that no claim ends before its holder does. */
const leaseReserveSeconds = 5

export const leaseSecondsOf = (remainingMs: number): number =>
  Math.ceil(remainingMs / 1000) + leaseReserveSeconds

/** What a run did: `already_done` when an earlier run had sent or skipped the week. */
export interface Outcome {
  readonly weekId: WeekId
  readonly outcome: "sent" | "already_done" | "skipped"
  /** Absent for a week that was skipped, now or before. */
  readonly messageId?: string
}

/** There is no frozen report of this week that could be sent again. */
export class NothingToResend extends Schema.TaggedError<NothingToResend>()("NothingToResend", {
  weekId: WeekId
}) {
  override get message() {
    return `no report of ${this.weekId} was ever made`
  }
}

/** The numbers that this week's e-mail shows, now and on every later attempt. */
const frozenReport = Effect.fnUntraced(function* (claim: Claim, period: Period, options: Options) {
  if (claim.frozen !== undefined) return claim.frozen
  const ledger = yield* ReportLedger
  const report = yield* count(period, options)
  yield* ledger.freeze(claim, report)
  return report
})

/** Long enough to outlive a passing fault; after it the e-mail is out and nobody knows. */
const untilConfirmed = Schedule.spaced("2 seconds").pipe(
  Schedule.jittered,
  Schedule.upTo({ duration: "45 seconds" })
)

/** Writes the end of a week down, with patience: what it says has happened already. */
const settle = <E extends { readonly _tag: string }>(ending: Effect.Effect<void, E>) =>
  Effect.retry(ending, {
    schedule: untilConfirmed,
    while: (error) => error._tag === "StoreUnavailable"
  })

/**
 * Freezes the numbers and sends them; the message id is absent for a quiet week that is skipped.
 */
const send = Effect.fnUntraced(function* (claim: Claim, period: Period, options: Options) {
  const mailer = yield* Mailer
  const report = yield* frozenReport(claim, period, options)
  const isSkipped = options.quietWeek === "skip" && isQuiet(report) && !isDoubtful(report)
  if (isSkipped) return undefined
  const { messageId } = yield* mailer.send(compose(report, options))
  return messageId
})

const giveBack = Effect.fnUntraced(function* (claim: Claim) {
  const ledger = yield* ReportLedger
  yield* ledger
    .release(claim)
    .pipe(Effect.catch((error) => Effect.logWarning("claim not released", error)))
})

/** An interim report leaves the week's own one still to be made, and so is no metric. */
const logDone = (
  message: string,
  { interim, weekId }: Pick<Claim, "interim" | "weekId">,
  fields: object = {}
) =>
  interim
    ? Effect.logInfo(message, { weekId, ...fields })
    : logSettled(message, { weekId, ...fields })

/** A claim is given back only while nothing was sent: after that its lease keeps others away. */
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

/**
 * Sends the week's report unless it is out already.
 *
 * Fails when another run holds the week, so that the platform's retry looks again later. A week
 * that is not over gets an interim report, and its own one all the same when it is. One that has
 * not begun, or has expired, gets none.
 */
export const run = Effect.fnUntraced(function* (
  { leaseSeconds, owner, weekId }: Run,
  options: Options
) {
  const ledger = yield* ReportLedger
  const now = yield* Clock.currentTimeMillis
  const week = weekId ?? previousWeek(now, options.zone)
  const period = yield* periodToReport(week, options.zone)
  const interim = now < period.endMs ? { interim: true as const } : {}
  const claiming = ledger.claim({ weekId: week, owner, leaseSeconds, ...interim })
  const done = (ended: { readonly messageId?: string }) =>
    Effect.as(logDone("report already done", { weekId: week, ...interim }), {
      weekId: week,
      outcome: "already_done",
      ...ended
    } satisfies Outcome)
  return yield* Effect.matchEffect(claiming, {
    onSuccess: (claim): ReturnType<typeof deliver> => deliver(claim, period, options),
    onFailure: (error) => {
      if (error._tag === "ReportAlreadySent") return done({ messageId: error.messageId })
      return error._tag === "ReportSkipped" ? done({}) : Effect.fail(error)
    }
  })
})

/** Sends a week's frozen numbers once more, to those who are named now, and says that it does. */
export const resend = Effect.fnUntraced(function* (weekId: WeekId, options: Options) {
  const [ledger, mailer] = [yield* ReportLedger, yield* Mailer]
  yield* periodToReport(weekId, options.zone)
  const [report] = yield* ledger.reports([weekId])
  if (report === undefined) return yield* new NothingToResend({ weekId })
  const { messageId } = yield* mailer.send(compose(report, options, "resend"))
  yield* Effect.logInfo("report sent again", { weekId, messageId })
  return { weekId, outcome: "sent", messageId } satisfies Outcome
})

/** The schedule's event names nothing; an operator may name a week, or ask for a resend. */
const ReportEvent = Schema.Union([
  Schema.Struct({ weekId: WeekId, resend: Schema.Literal(true) }),
  Schema.Struct({ weekId: Schema.optionalKey(WeekId) })
])
const decodeEvent = Schema.decodeUnknownEffect(ReportEvent)

/** Does what the function's event asks for; every failure is counted, and left to the platform. */
export const handleEvent = Effect.fn("Reporter.handle")(function* (
  event: unknown,
  { owner, remainingMs }: { readonly owner: string; readonly remainingMs: number },
  options: Options
) {
  const request = yield* decodeEvent(event)
  if ("resend" in request) return yield* resend(request.weekId, options)
  const leaseSeconds = leaseSecondsOf(remainingMs)
  return yield* run({ weekId: request.weekId, owner, leaseSeconds }, options)
}, countingFailures)
