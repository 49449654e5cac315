/** Warns once when the events have stopped: a key was revoked, or a Worker replaced. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { utcWeekId, wallClock } from "../../schema/IsoWeek.ts"
import { InteractionStore } from "../../services/InteractionStore.ts"
import { type Claim, ReportLedger } from "../../services/ReportLedger.ts"
import { leaseSeconds } from "./Lease.ts"
import type { Options } from "./program.ts"
import { giveBack, handOver, settle } from "./Sending.ts"
import { type Silence, silenceMaxMs, usualHours, usualHoursMin, weeksToCompare } from "./Silence.ts"
import { silenceMail } from "./silenceMail.ts"

const dayMs = 86_400_000

/** Clocks at the edge may be ahead. Undefined without an event in all that time. */
const silenceUntil = Effect.fnUntraced(function* (nowMs: number) {
  const store = yield* InteractionStore
  const newest = yield* store.newest({ startMs: nowMs - silenceMaxMs, endMs: nowMs + dayMs })
  return Option.getOrUndefined(Option.map(newest, (sinceMs): Silence => ({ sinceMs, nowMs })))
})

const warn = Effect.fnUntraced(function* (
  claim: Claim,
  found: Silence & { readonly usualHours: number },
  options: Options
) {
  const ledger = yield* ReportLedger
  const mail = silenceMail({ ...found, timeZone: options.zone.id }, options)
  const messageId = yield* handOver(claim, mail).pipe(Effect.onError(() => giveBack(claim)))
  yield* settle(ledger.confirm(claim, messageId))
  yield* Effect.logWarning("silence told", { sinceMs: found.sinceMs, messageId })
})

/**
 * Reads the newest event and, if that is hours old, the frozen reports of the weeks before. The
 * week of the newest event names the warning in the ledger, so it is mailed once, as a report is.
 */
export const tellSilence = Effect.fn("Reporter.tellSilence")(function* (
  owner: string,
  options: Options
) {
  const ledger = yield* ReportLedger
  const { zone } = options
  const silence = yield* silenceUntil(yield* Clock.currentTimeMillis)
  if (silence === undefined) return
  const weeks = weeksToCompare(silence, zone)
  if (weeks.length === 0) return
  const usual = usualHours(silence, yield* ledger.reports(weeks), zone)
  if (usual < usualHoursMin) return
  const weekId = utcWeekId(wallClock(silence.sinceMs, zone))
  yield* ledger.claim({ weekId, silence: true, owner, leaseSeconds }).pipe(
    Effect.flatMap((claim) => warn(claim, { ...silence, usualHours: usual }, options)),
    Effect.catchTags({
      ReportAlreadySent: () => Effect.void,
      ReportSkipped: () => Effect.void,
      ReportInProgress: () => Effect.void,
      SendsUnanswered: () => Effect.logWarning("silence told without an answer", { weekId })
    })
  )
})
