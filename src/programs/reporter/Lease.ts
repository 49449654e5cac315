/** A claim lives as long as its run: its lease is short, and the run renews it. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { type Claim, ClaimLost, ReportLedger } from "../../services/ReportLedger.ts"

/** A run that crashes locks its week for no longer. */
export const leaseSeconds = 120

const renewEvery = "40 seconds"

/** The end of a lease that no run counts on, because another machine's clock may be ahead. */
const reserveMs = 20_000

/** A computation may have held up this run past its lease; another try does no harm then. */
const lastTryMs = 5000

const untilRenewed = Schedule.spaced("2 seconds")

/** Renews until it is interrupted; fails once the claim is lost, or may be. */
const renewing = Effect.fnUntraced(function* (claim: Claim) {
  const ledger = yield* ReportLedger
  let held = claim
  while (true) {
    yield* Effect.sleep(renewEvery)
    const leftMs = held.leaseUntil - reserveMs - (yield* Clock.currentTimeMillis)
    held = yield* ledger.renew(held, leaseSeconds).pipe(
      Effect.retry({
        schedule: untilRenewed,
        while: (error) => error._tag === "StoreUnavailable"
      }),
      Effect.timeoutOrElse({
        duration: Math.max(lastTryMs, leftMs),
        orElse: () => Effect.fail(new ClaimLost({ weekId: claim.weekId }))
      })
    )
  }
})

/** Does the work beside the renewals, and interrupts it when the claim is lost. */
export const whileHeld = <A, E, R>(claim: Claim, work: Effect.Effect<A, E, R>) =>
  Effect.raceFirst(work, renewing(claim))

/** A whole lease lies ahead after it, which is longer than sending and writing it down take. */
export const freshLease = (claim: Claim) =>
  Effect.flatMap(ReportLedger, ({ renew }) => renew(claim, leaseSeconds))

/** A claim that outlasts these looks has been renewed, so its run is alive. */
export const untilFree = Schedule.min([
  Schedule.exponential("1 second"),
  Schedule.spaced("15 seconds")
]).pipe(Schedule.upTo({ times: 12 }))
