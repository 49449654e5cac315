import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { reportKeptUntil, type WeeklyReport } from "../schema/report/WeeklyReport.ts"
import {
  Claim,
  ClaimLost,
  ReportAlreadySent,
  ReportInProgress,
  ReportLedger,
  ReportSkipped
} from "../services/ReportLedger.ts"

interface Entry {
  readonly owner: string
  readonly leaseUntil: number
  readonly report?: WeeklyReport
  readonly messageId?: string
  readonly skipped?: true
}

const isDone = ({ messageId, skipped }: Entry): boolean =>
  messageId !== undefined || skipped === true

/** The very change that ended the week, whose first answer may have been lost. */
const isRepeat = (entry: Entry, { messageId, skipped }: Partial<Entry>): boolean =>
  entry.messageId === messageId && entry.skipped === skipped

const nameOf = ({ interim, weekId }: Pick<Claim, "weekId" | "interim">): string =>
  `${weekId}${interim === undefined ? "" : "#interim"}`

const make = Effect.sync(() => {
  const entries = new Map<string, Entry>()

  const changeAsHolder = ({ owner, weekId, ...held }: Claim, change: Partial<Entry>) =>
    Effect.suspend(() => {
      const name = nameOf({ weekId, ...held })
      const entry = entries.get(name)
      if (entry?.owner !== owner || (isDone(entry) && !isRepeat(entry, change))) {
        return Effect.fail(new ClaimLost({ weekId }))
      }
      entries.set(name, { ...entry, ...change })
      return Effect.void
    })

  const claim: ReportLedger["Service"]["claim"] = ({ leaseSeconds, owner, ...key }) =>
    Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      const { weekId } = key
      const name = nameOf(key)
      const entry = entries.get(name)
      if (entry?.messageId !== undefined) {
        return yield* new ReportAlreadySent({ weekId, messageId: entry.messageId })
      }
      if (entry?.skipped === true) return yield* new ReportSkipped({ weekId })
      if (entry !== undefined && entry.owner !== owner && entry.leaseUntil > now) {
        return yield* new ReportInProgress({ weekId, leaseUntil: entry.leaseUntil })
      }
      const held = { owner, leaseUntil: now + leaseSeconds * 1000 }
      entries.set(name, { ...entry, ...held })
      const frozen = entry?.report === undefined ? {} : { frozen: entry.report }
      return Claim.make({ ...key, ...held, ...frozen })
    })

  return ReportLedger.of({
    claim,
    reports: (weekIds) =>
      Effect.map(Clock.currentTimeMillis, (now) =>
        weekIds
          .flatMap((weekId) => entries.get(weekId)?.report ?? [])
          .filter((report) => reportKeptUntil(report) > now)
      ),
    freeze: (held, report) => changeAsHolder(held, { report }),
    confirm: (held, messageId) => changeAsHolder(held, { messageId }),
    skip: (held) => changeAsHolder(held, { skipped: true }),
    release: (held) => changeAsHolder(held, { leaseUntil: 0 })
  })
})

/** The ledger in this process's memory, held to the same contract as the real one. */
export const layer = Layer.effect(ReportLedger, make)
