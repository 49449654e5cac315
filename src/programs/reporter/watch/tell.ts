/** The only place that sends an alert: each cause once, whatever runs find it. */
import * as Effect from "effect/Effect"
import type { WeekId } from "../../../schema/IsoWeek.ts"
import type { Alert } from "../../../schema/watch/Alert.ts"
import { type Claim, ReportLedger } from "../../../services/ReportLedger.ts"
import type { Mailing } from "../compose.ts"
import { leaseSeconds } from "../Lease.ts"
import type { ReportQuestions } from "../ReportQuestions.ts"
import { giveBack, handOver, settle } from "../Sending.ts"
import { tellAlert } from "../tellAlert.ts"
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

/** Tells the mail and each channel by a ledger entry of its own; none holds back another. */
export const tell = Effect.fn("Reporter.tell")(function* (
  alert: Alert,
  telling: Telling,
  mailing: Mailing
) {
  const { channelQuestions, owner, weekId } = telling
  const { language, siteName } = mailing
  const mailed = yield* Effect.exit(mail(alert, telling, mailing))
  yield* tellAlert(
    alert,
    { key: { weekId, alert: alert.key }, owner },
    { channelQuestions, language, siteName }
  )
  yield* mailed
})
