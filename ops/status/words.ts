/** How a status is told: to a person, and as JSON. */
import * as DateTime from "effect/DateTime"
import { ageText } from "../dlq/words.ts"
import type { Problem, Status } from "./Status.ts"

interface Reading {
  readonly now: number
  readonly status: Status
  readonly problems: ReadonlyArray<Problem>
}

const isoOf = (ms: number): string => DateTime.formatIso(DateTime.makeUnsafe(ms))

const sinceText = (ms: number, now: number): string =>
  `${isoOf(ms)}, ${ageText(Math.max(0, Math.round((now - ms) / 1000)))} ago`

const queueText = ({ queue }: Status): string => {
  if (queue === null) return "unknown"
  const { inFlight, visible } = queue
  const age = visible + inFlight === 0 ? "" : "; SQS does not tell the oldest one's age"
  return `${visible} waiting, ${inFlight} in flight${age}`
}

const deadLettersText = ({ deadLetters }: Status): string => {
  if (deadLetters === null) return "unknown"
  const { count, oldestAgeSeconds } = deadLetters
  return oldestAgeSeconds === null
    ? String(count)
    : `${count}, the oldest for ${ageText(oldestAgeSeconds)}`
}

const reportText = ({ table }: Status, now: number): string => {
  if (table === null) return "unknown"
  if (table.lastReport === null) return "none yet"
  const { messageId, sentAtMs, state, weekId } = table.lastReport
  const when = sentAtMs === null ? "" : ` ${sinceText(sentAtMs, now)}`
  return `${weekId} ${state}${when}${messageId === null ? "" : `, as ${messageId}`}`
}

const newestText = ({ table }: Status, now: number): string => {
  if (table === null) return "unknown"
  return table.newestMs === null ? "none" : `asked ${sinceText(table.newestMs, now)}`
}

/** The last thing that went wrong as queues and ledger know it; functions log theirs elsewhere. */
const errorText = ({ deadLetters, table }: Status, now: number): string => {
  if (table?.lastReport?.state === "failed") return `report of ${table.lastReport.weekId} failed`
  const newest = deadLetters?.newest ?? null
  if (newest === null) return "none known"
  return `message ${newest.messageId} dead (${newest.reason}) ${sinceText(newest.deadSinceMs, now)}`
}

export const statusText = (name: string, { now, problems, status }: Reading): string =>
  [
    ["installation", name],
    ["queue", queueText(status)],
    ["dead letters", deadLettersText(status)],
    ["newest", newestText(status, now)],
    ["last report", reportText(status, now)],
    ["last error", errorText(status, now)]
  ]
    .map(([title = "", text = ""]) => `${title.padEnd(14)}${text}`)
    .concat(
      problems.length === 0
        ? ["", "All is well."]
        : problems.flatMap(({ mend, what }) => ["", `! ${what}`, `  ${mend}`])
    )
    .join("\n")

const timeOrNull = (ms: number | null | undefined) => (ms == null ? null : isoOf(ms))

export const statusJson = (name: string, { problems, status }: Reading): string => {
  const { deadLetters, queue, table } = status
  const report = table?.lastReport ?? null
  return JSON.stringify({
    installation: name,
    healthy: problems.length === 0,
    queue: queue && { ...queue, oldestAgeSeconds: null },
    deadLetters: deadLetters && {
      ...deadLetters,
      newest: deadLetters.newest && {
        messageId: deadLetters.newest.messageId,
        reason: deadLetters.newest.reason,
        deadSince: isoOf(deadLetters.newest.deadSinceMs)
      }
    },
    newestInteraction: timeOrNull(table?.newestMs),
    lastReport: report && {
      week: report.weekId,
      state: report.state,
      sentAt: timeOrNull(report.sentAtMs),
      messageId: report.messageId
    },
    problems
  })
}
