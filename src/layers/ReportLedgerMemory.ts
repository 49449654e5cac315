import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { WeekId } from "../schema/IsoWeek.ts"
import type { WeeklyReport } from "../schema/WeeklyReport.ts"
import {
  Claim,
  ClaimLost,
  ReportAlreadySent,
  ReportInProgress,
  ReportLedger
} from "../services/ReportLedger.ts"

interface Entry {
  readonly owner: string
  readonly leaseUntil: number
  readonly report?: WeeklyReport
  readonly messageId?: string
}

const make = Effect.sync(() => {
  const entries = new Map<WeekId, Entry>()

  const changeAsHolder = ({ owner, weekId }: Claim, change: Partial<Entry>) =>
    Effect.suspend(() => {
      const entry = entries.get(weekId)
      if (entry?.owner !== owner || entry.messageId !== undefined) {
        return Effect.fail(new ClaimLost({ weekId }))
      }
      entries.set(weekId, { ...entry, ...change })
      return Effect.void
    })

  const claim: ReportLedger["Service"]["claim"] = ({ leaseSeconds, owner, weekId }) =>
    Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      const entry = entries.get(weekId)
      if (entry?.messageId !== undefined) {
        return yield* new ReportAlreadySent({ weekId, messageId: entry.messageId })
      }
      if (entry !== undefined && entry.owner !== owner && entry.leaseUntil > now) {
        return yield* new ReportInProgress({ weekId, leaseUntil: entry.leaseUntil })
      }
      const held = { owner, leaseUntil: now + leaseSeconds * 1000 }
      entries.set(weekId, { ...entry, ...held })
      const frozen = entry?.report === undefined ? {} : { frozen: entry.report }
      return Claim.make({ weekId, ...held, ...frozen })
    })

  return ReportLedger.of({
    claim,
    reports: (weekIds) =>
      Effect.sync(() => weekIds.flatMap((weekId) => entries.get(weekId)?.report ?? [])),
    freeze: (held, report) => changeAsHolder(held, { report }),
    confirm: (held, messageId) => changeAsHolder(held, { messageId }),
    release: (held) => changeAsHolder(held, { leaseUntil: 0 })
  })
})

/** The ledger in this process's memory, held to the same contract as the real one. */
export const layer = Layer.effect(ReportLedger, make)
