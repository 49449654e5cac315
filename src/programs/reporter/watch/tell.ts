/** The only place that sends an alert: each cause once, whatever runs find it. */
import * as Effect from "effect/Effect"
import type { WeekId } from "../../../schema/IsoWeek.ts"
import { type Notice, noticeVersion } from "../../../schema/Notice.ts"
import type { Alert } from "../../../schema/watch/Alert.ts"
import { type Claim, ReportLedger } from "../../../services/ReportLedger.ts"
import type { Mailing } from "../compose.ts"
import { leaseSeconds } from "../Lease.ts"
import type { ReportQuestions } from "../ReportQuestions.ts"
import { giveBack, handOver, settle } from "../Sending.ts"
import { tellChannels } from "../tellChannels.ts"
import { alertMail } from "./alertMail.ts"

const send = Effect.fnUntraced(function* (claim: Claim, alert: Alert, mailing: Mailing) {
  const ledger = yield* ReportLedger
  const messageId = yield* handOver(claim, alertMail(alert, mailing)).pipe(
    Effect.onError(() => giveBack(claim))
  )
  yield* settle(ledger.confirm(claim, messageId))
  yield* Effect.logWarning("alert told", { alert: alert.key, messageId })
})

export interface Telling {
  /** The week in which the cause was found first. */
  readonly weekId: WeekId
  readonly owner: string
  readonly channelQuestions: ReportQuestions
}

/** Does nothing where an earlier run has mailed it, or another one is about to. */
const mail = Effect.fnUntraced(function* (alert: Alert, telling: Telling, mailing: Mailing) {
  const ledger = yield* ReportLedger
  const { owner, weekId } = telling
  yield* ledger.claim({ weekId, alert: alert.key, owner, leaseSeconds }).pipe(
    Effect.flatMap((claim) => send(claim, alert, mailing)),
    Effect.catchTags({
      ReportAlreadySent: () => Effect.void,
      ReportSkipped: () => Effect.void,
      ReportInProgress: () => Effect.void,
      SendsUnanswered: () => Effect.logWarning("alert told without an answer", { alert: alert.key })
    })
  )
})

/** A channel that failed is left alone until the next hourly run. */
const restSeconds = 1800

/** Channels hide a visitor's words unless the owner shows them there too. */
const noticeOf = (
  { key, lines, question, sinceMs, subject }: Alert,
  { channelQuestions, siteName }: Telling & { readonly siteName: string }
): Notice => ({
  version: noticeVersion,
  id: key,
  type: "watch.alert",
  timestamp: sinceMs,
  site: siteName,
  subject: `[${siteName}] ${subject}`,
  lines,
  figures: [],
  lists:
    question === undefined || channelQuestions === "hidden"
      ? []
      : [{ title: "The question", rows: [{ question, note: "", asked: 0 }] }]
})

/** Tells the mail and each channel by a ledger entry of its own; none holds back another. */
export const tell = Effect.fn("Reporter.tell")(function* (
  alert: Alert,
  telling: Telling,
  mailing: Mailing
) {
  const { owner, weekId } = telling
  const mailed = yield* Effect.exit(mail(alert, telling, mailing))
  yield* tellChannels({
    key: { weekId, alert: alert.key },
    owner,
    told: Effect.succeed(noticeOf(alert, { ...telling, siteName: mailing.siteName })),
    restSeconds
  })
  yield* mailed
})
