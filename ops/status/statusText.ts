/** How a status is told: to a person, and as JSON. */
import * as DateTime from "effect/DateTime"
import { textTable } from "../../cli/table.ts"
import { ageText } from "../../cli/wording.ts"
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

const alarmsText = ({ alarms }: Status): string => {
  if (alarms === null) return "unknown"
  return alarms.on.length === 0 ? "none on" : alarms.on.join(", ")
}

/** The last thing that went wrong as queues, ledger and alarms know it. */
const errorText = ({ alarms, deadLetters, table }: Status, now: number): string => {
  if (table?.lastReport?.state === "failed") return `report of ${table.lastReport.weekId} failed`
  const [letter, alarm] = [deadLetters?.newest ?? null, alarms?.last ?? null]
  const dead = letter && {
    what: `message ${letter.messageId} dead (${letter.reason})`,
    atMs: letter.deadSinceMs
  }
  const rung = alarm && { what: `alarm ${alarm.name}`, atMs: alarm.wentOffMs }
  const last = rung === null || (dead !== null && dead.atMs > rung.atMs) ? dead : rung
  if (last !== null) return `${last.what} ${sinceText(last.atMs, now)}`
  return [alarms, deadLetters, table].includes(null) ? "unknown" : "none known"
}

export const statusText = (name: string, { now, problems, status }: Reading): string =>
  [
    textTable([
      ["installation", name],
      ["queue", queueText(status)],
      ["dead letters", deadLettersText(status)],
      ["newest", newestText(status, now)],
      ["last report", reportText(status, now)],
      ["alarms", alarmsText(status)],
      ["last error", errorText(status, now)]
    ]),
    ...(problems.length === 0
      ? ["", "All is well."]
      : problems.flatMap(({ mend, what }) => ["", `! ${what}`, `  ${mend}`]))
  ].join("\n")

const timeOrNull = (ms: number | null | undefined) => (ms == null ? null : isoOf(ms))

export const statusJson = (name: string, { problems, status }: Reading): string => {
  const { alarms, deadLetters, queue, table } = status
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
    alarms: alarms && {
      on: alarms.on,
      last: alarms.last && { name: alarms.last.name, wentOff: isoOf(alarms.last.wentOffMs) }
    },
    problems
  })
}
