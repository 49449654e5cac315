/** From a claim to its end: one e-mail is counted, sent and written down. */
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import type { EmailMessage } from "../../schema/EmailMessage.ts"
import { Mailer, mayBeOut } from "../../services/Mailer.ts"
import { type Claim, ReportLedger } from "../../services/ReportLedger.ts"

const loggingFailure = (what: string) =>
  Effect.catch((error: Error) => Effect.logWarning(what, error))

/** Counts the e-mail beforehand, because this run may end before the answer comes. */
export const handOver = Effect.fnUntraced(function* (claim: Claim, message: EmailMessage) {
  const [ledger, mailer] = [yield* ReportLedger, yield* Mailer]
  yield* ledger.attempt(claim)
  const { messageId } = yield* mailer
    .send(message)
    .pipe(
      Effect.tapError((error) =>
        mayBeOut(error)
          ? Effect.void
          : ledger.withdraw(claim).pipe(loggingFailure("attempt not withdrawn"))
      )
    )
  return messageId
})

export const giveBack = Effect.fnUntraced(function* (claim: Claim) {
  const ledger = yield* ReportLedger
  yield* ledger.release(claim).pipe(loggingFailure("claim not released"))
})

/** Outlasts a passing outage: if this gives up, the mail is out and the ledger does not know. */
const untilConfirmed = Schedule.spaced("2 seconds").pipe(
  Schedule.jittered,
  Schedule.upTo({ duration: "45 seconds" })
)

/** Writes down how a claim ended, with patience because it has ended already. */
export const settle = <E extends { readonly _tag: string }>(ending: Effect.Effect<void, E>) =>
  Effect.retry(ending, {
    schedule: untilConfirmed,
    while: (error) => error._tag === "StoreUnavailable"
  })
