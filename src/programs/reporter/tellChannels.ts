/** Tells each channel once, by its own ledger entry; one that fails holds back no other. */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import type { Notice } from "../../schema/Notice.ts"
import { type Channel, Channels } from "../../services/Channels.ts"
import type { StoreError } from "../../services/InteractionStore.ts"
import { type Claim, type ClaimKey, ReportLedger } from "../../services/ReportLedger.ts"
import { freshLease, leaseSeconds } from "./Lease.ts"
import { giveBack, settle } from "./Sending.ts"

/** `later` while there is nothing to tell yet; `never` settles the entry without a message. */
export type Told = Notice | "later" | "never"

export interface ToTell {
  readonly key: ClaimKey
  readonly owner: string
  /** Is read once a channel has not been told. */
  readonly told: Effect.Effect<Told, StoreError, ReportLedger>
  /** A channel that failed is left alone for so long, whatever run comes. */
  readonly restSeconds: number
}

/** Counts the try beforehand, because this run may end before the answer comes. */
const post = Effect.fnUntraced(function* (
  { name, post: hand }: Channel,
  claim: Claim,
  notice: Notice,
  restSeconds: number
) {
  const ledger = yield* ReportLedger
  yield* freshLease(claim)
  yield* ledger.attempt(claim)
  const resting = Effect.catch(ledger.renew(claim, restSeconds), (error) =>
    Effect.logWarning("channel does not rest", error, { channel: name })
  )
  yield* Effect.tapError(hand(notice), () => resting)
  yield* settle(ledger.confirm(claim, notice.id))
  yield* Effect.logInfo("channel told", { channel: name, notice: notice.id })
})

const tellOne = Effect.fnUntraced(function* (
  channel: Channel,
  { key, owner, restSeconds, told }: ToTell
) {
  const ledger = yield* ReportLedger
  const claim = yield* ledger.claim({ ...key, channel: channel.name, owner, leaseSeconds })
  const notice = yield* told.pipe(Effect.onError(() => giveBack(claim)))
  if (notice === "later") return yield* giveBack(claim)
  if (notice === "never") return yield* settle(ledger.skip(claim))
  return yield* post(channel, claim, notice, restSeconds)
})

/** Never fails: the log and `ops status` tell of a channel that was not told. */
export const tellChannels = Effect.fn("Reporter.tellChannels")(function* (given: ToTell) {
  const channels = yield* Channels
  const toTell = { ...given, told: yield* Effect.cached(given.told) }
  yield* Effect.forEach(
    channels,
    (channel) =>
      tellOne(channel, toTell).pipe(
        Effect.catchTags({
          ReportAlreadySent: () => Effect.void,
          ReportSkipped: () => Effect.void,
          ReportInProgress: () => Effect.void,
          SendsUnanswered: () =>
            Effect.logError("channel given up", { channel: channel.name, ...given.key })
        }),
        Effect.catchCause((cause) =>
          Cause.hasInterrupts(cause)
            ? Effect.interrupt
            : Effect.logWarning("channel not told", cause, { channel: channel.name, ...given.key })
        )
      ),
    { concurrency: "unbounded", discard: true }
  )
})
