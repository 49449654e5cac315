import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { decodeMarks, encodeMarks } from "../schema/report/GapMark.ts"
import { reportKeptUntil, type WeeklyReport } from "../schema/report/WeeklyReport.ts"
import {
  Claim,
  ClaimLost,
  EpisodesChanged,
  nameOf,
  ReportAlreadySent,
  ReportInProgress,
  ReportLedger,
  ReportSkipped,
  SendsUnanswered,
  sendsMax,
  type Watched
} from "../services/ReportLedger.ts"

/** How the report of a week, or its interim one, stands. */
interface Standing {
  readonly owner: string
  readonly leaseUntil: number
  readonly report?: WeeklyReport
  readonly messageId?: string
  readonly skipped?: true
  readonly unanswered?: number
}

/** Tells whether a change ends the week as it ended before, because its first answer was lost. */
const isRepeat = (known: Standing, { messageId, skipped }: Partial<Standing>): boolean =>
  known.messageId === messageId && known.skipped === skipped

const gapsKept = (): Pick<ReportLedger["Service"], "gaps" | "keepGaps"> => {
  let kept = ""
  return {
    gaps: Effect.sync(() => decodeMarks(kept) ?? []),
    keepGaps: (marks) =>
      Effect.sync(() => {
        const { left, text } = encodeMarks(marks)
        kept = text
        return left
      })
  }
}

const episodesKept = (): Pick<ReportLedger["Service"], "watched" | "keepWatched"> => {
  let known: Watched = { episodes: [], version: 0 }
  return {
    watched: Effect.sync(() => known),
    keepWatched: ({ episodes, version }) =>
      Effect.suspend(() => {
        if (version !== known.version) return Effect.fail(new EpisodesChanged({ version }))
        known = { episodes, version: version + 1 }
        return Effect.void
      })
  }
}

const make = Effect.sync(() => {
  const standings = new Map<string, Standing>()

  const changeAsHolder = (held: Claim, change: Partial<Standing>) =>
    Effect.suspend(() => {
      const known = standings.get(nameOf(held))
      const isDone = known?.messageId !== undefined || known?.skipped === true
      if (known?.owner !== held.owner || (isDone && !isRepeat(known, change))) {
        return Effect.fail(new ClaimLost({ weekId: held.weekId }))
      }
      standings.set(nameOf(held), { ...known, ...change })
      return Effect.void
    })

  const claim: ReportLedger["Service"]["claim"] = Effect.fnUntraced(function* ({
    leaseSeconds,
    owner,
    ...key
  }) {
    const now = yield* Clock.currentTimeMillis
    const { weekId } = key
    const known = standings.get(nameOf(key))
    if (known?.messageId !== undefined) {
      return yield* new ReportAlreadySent({ weekId, messageId: known.messageId })
    }
    if (known?.skipped === true) return yield* new ReportSkipped({ weekId })
    if (known !== undefined && known.owner !== owner && known.leaseUntil > now) {
      return yield* new ReportInProgress({ weekId, leaseUntil: known.leaseUntil })
    }
    const held = { owner, leaseUntil: now + leaseSeconds * 1000 }
    standings.set(nameOf(key), { ...known, ...held })
    const frozen = known?.report === undefined ? {} : { frozen: known.report }
    const { unanswered = 0 } = known ?? {}
    return Claim.make({ ...key, ...held, ...frozen, ...(unanswered === 0 ? {} : { unanswered }) })
  })

  const renew: ReportLedger["Service"]["renew"] = Effect.fnUntraced(function* (held, leaseSeconds) {
    const known = standings.get(nameOf(held))?.leaseUntil ?? 0
    if (known === 0) return yield* new ClaimLost({ weekId: held.weekId })
    const leaseUntil = Math.max(known, (yield* Clock.currentTimeMillis) + leaseSeconds * 1000)
    yield* changeAsHolder(held, { leaseUntil })
    return { ...held, leaseUntil }
  })

  return ReportLedger.of({
    claim,
    renew,
    reports: (weekIds) =>
      Effect.map(Clock.currentTimeMillis, (now) =>
        weekIds
          .flatMap((weekId) => standings.get(weekId)?.report ?? [])
          .filter((report) => reportKeptUntil(report) > now)
      ),
    ...gapsKept(),
    ...episodesKept(),
    freeze: (held, report) => changeAsHolder(held, { report }),
    attempt: (held) => {
      const { unanswered = 0, weekId } = held
      return unanswered < sendsMax
        ? changeAsHolder(held, { unanswered: unanswered + 1 })
        : Effect.fail(new SendsUnanswered({ weekId }))
    },
    withdraw: (held) => changeAsHolder(held, { unanswered: held.unanswered ?? 0 }),
    confirm: (held, messageId) => changeAsHolder(held, { messageId }),
    skip: (held) => changeAsHolder(held, { skipped: true }),
    release: (held) => changeAsHolder(held, { leaseUntil: 0 })
  })
})

/** The ledger in this process's memory, held to the same contract as the real one. */
export const layer = Layer.effect(ReportLedger, make)
