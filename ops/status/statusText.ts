/** A status in words, and as JSON. */
import { textTable } from "../../cli/table.ts"
import { ageText } from "../../cli/wording.ts"
import type { Problem, Status } from "./Status.ts"

interface Reading {
  readonly now: number
  readonly status: Status
  readonly problems: ReadonlyArray<Problem>
}

const sinceText = (time: string, now: number): string =>
  `${time}, ${ageText(Math.max(0, Math.round((now - Date.parse(time)) / 1000)))} ago`

const deadLettersText = ({ deadLetters }: Status): string => {
  if (deadLetters === null) return "unknown"
  const { count, oldestAgeSeconds, recent, unseen } = deadLetters
  const part = recent + unseen < count ? `, ${recent + unseen} of the last 7 days` : ""
  const age = oldestAgeSeconds === null ? "" : `, the oldest for ${ageText(oldestAgeSeconds)}`
  return `${count}${part}${age}`
}

const reportText = ({ table }: Status, now: number): string => {
  if (table === null) return "unknown"
  if (table.lastReport === null) return "none yet"
  const { messageId, sentAt, state, week } = table.lastReport
  const when = sentAt === null ? "" : ` ${sinceText(sentAt, now)}`
  return `${week} ${state}${when}${messageId === null ? "" : `, as ${messageId}`}`
}

/** A row for installations that tell a channel. */
const channelRows = ({ table }: Status): ReadonlyArray<readonly [string, string]> => {
  const { channels = [] } = table ?? {}
  const words = channels.map(({ channel, state, toldAt }) =>
    [channel, state, ...(toldAt === null ? [] : [toldAt])].join(" ")
  )
  return words.length === 0 ? [] : [["channels", words.join(", ")]]
}

const newestText = ({ table }: Status, now: number): string => {
  if (table === null) return "unknown"
  return table.newest === null ? "none" : `asked ${sinceText(table.newest, now)}`
}

const votesText = ({ table }: Status): string => {
  if (table === null) return "unknown"
  const { down, since, up, withdrawn } = table.votes
  return `${up} up, ${down} down, ${withdrawn} withdrawn, on questions since ${since}`
}

/** The latest error that queues, ledger and alarms know. */
const errorText = ({ alarms, deadLetters, table }: Status, now: number): string => {
  if (table?.lastReport?.state === "failed") return `report of ${table.lastReport.week} failed`
  const [letter, alarm] = [deadLetters?.newest, alarms?.last]
  const errors = [
    ...(letter
      ? [{ at: letter.deadSince, what: `message ${letter.messageId} dead (${letter.reason})` }]
      : []),
    ...(alarm ? [{ at: alarm.wentOff, what: `alarm ${alarm.name}` }] : [])
  ]
  const [last] = errors.sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
  if (last !== undefined) return `${last.what} ${sinceText(last.at, now)}`
  const isUnknown = [alarms, deadLetters, table].includes(null) || alarms?.isHistoryKnown === false
  return isUnknown ? "unknown" : "none known"
}

/** Each part of the installation with what it says. */
export const statusRows = (
  status: Status,
  now: number
): ReadonlyArray<readonly [part: string, words: string]> => {
  const { alarms, queue } = status
  return [
    ["queue", queue ? `${queue.visible} waiting, ${queue.inFlight} in flight` : "unknown"],
    ["dead letters", deadLettersText(status)],
    ["newest", newestText(status, now)],
    ["votes", votesText(status)],
    ["last report", reportText(status, now)],
    ...channelRows(status),
    ["alarms", alarms === null ? "unknown" : alarms.on.join(", ") || "none on"],
    ["last error", errorText(status, now)]
  ]
}

export const statusText = (name: string, { now, problems, status }: Reading): string =>
  [
    textTable([["installation", name], ...statusRows(status, now)]),
    ...(problems.length === 0
      ? ["", "All is well."]
      : problems.flatMap(({ mend, what }) => ["", `! ${what}`, `  ${mend}`]))
  ].join("\n")

export const statusJson = (name: string, { problems, status }: Reading): string => {
  const { alarms, deadLetters, queue, table } = status
  return JSON.stringify({
    installation: name,
    healthy: problems.length === 0,
    queue,
    deadLetters,
    newestInteraction: table?.newest ?? null,
    votes: table?.votes ?? null,
    lastReport: table?.lastReport ?? null,
    channels: table?.channels ?? null,
    alarms,
    problems
  })
}
