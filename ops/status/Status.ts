/** The state of an installation, as its queues, table and alarms tell it. */
import { plural } from "../../cli/wording.ts"
import type { Reason } from "../dlq/DeadLetter.ts"
import type { ChannelStatus } from "./ChannelStatus.ts"

/** SQS tells how many messages wait, and not how long. */
interface QueueStatus {
  readonly visible: number
  readonly inFlight: number
  /** No consumer received the visible messages for some seconds. */
  readonly isStalled: boolean
}

/** Times are in ISO 8601, here and below. */
interface DeadLetterStatus {
  readonly count: number
  /** Those of the last seven days, of those that were looked at. */
  readonly recent: number
  /** Letters behind the first two hundred, whose age is not known. */
  readonly unseen: number
  /** Since the oldest letter died, of those that were looked at. */
  readonly oldestAgeSeconds: number | null
  /** Of the recent ones. */
  readonly byReason: Readonly<Record<string, number>>
  readonly newest: {
    readonly messageId: string
    readonly reason: Reason
    readonly deadSince: string
  } | null
}

export interface AlarmStatus {
  /** Names, each of which has a line in docs/operations.md. */
  readonly on: ReadonlyArray<string>
  /** False when the history could not be read, which is not a problem by itself. */
  readonly isHistoryKnown: boolean
  /** The last alarm that went off, even if it is off again. */
  readonly last: { readonly name: string; readonly wentOff: string } | null
}

/**
 * `claimed`: a run holds the week; `failed`: a run held it, and never confirmed the sending;
 * `unanswered`: the e-mail was handed over as often as allowed, and no answer came.
 */
export interface ReportStatus {
  readonly week: string
  readonly state: "sent" | "skipped" | "claimed" | "failed" | "unanswered"
  readonly sentAt: string | null
  readonly messageId: string | null
}

/** The latest votes on questions that were asked since a time of this week. */
export interface VoteStatus {
  readonly up: number
  readonly down: number
  readonly withdrawn: number
  readonly since: string
}

/** A part is null when its service did not answer; a problem then says why. */
export interface Status {
  readonly queue: QueueStatus | null
  readonly deadLetters: DeadLetterStatus | null
  readonly table: {
    readonly newest: string | null
    readonly votes: VoteStatus
    readonly lastReport: ReportStatus | null
    /** The same week in each channel that was to be told of it. */
    readonly channels: ReadonlyArray<ChannelStatus>
    /** The week of an overdue report. */
    readonly missingReport: string | null
  } | null
  readonly alarms: AlarmStatus | null
}

/** A problem, and the command or place that solves it. */
export interface Problem {
  readonly what: string
  readonly mend: string
}

/** The parts of a proposed command that depend on the installation. */
interface Where {
  readonly flags: string
  readonly isLocal: boolean
  readonly tableName: string
  /** Undefined when the usual AWS variables name it. */
  readonly region: string | undefined
}

const stalled = ({ visible }: QueueStatus): Problem => ({
  what: `${plural(visible, "message waits", "messages wait")}, and no consumer receives them`,
  mend: "enable the processor's event source mapping; locally, run npm start"
})

const dead = (letters: DeadLetterStatus, { flags }: Where): Problem => {
  const { byReason, count, recent, unseen } = letters
  const reasons = Object.entries(byReason).map(([reason, of]) => `${of} ${reason}`)
  const all = plural(count, "dead letter")
  const rest = unseen > 0 ? `, and ${unseen} more were not looked at` : ""
  return {
    what:
      (recent === count ? all : `${recent} of ${all} came in the last 7 days`) +
      (reasons.length > 0 ? `: ${reasons.join(", ")}` : "") +
      rest,
    mend:
      `npm run ops -- dlq list${flags}, remove the cause, npm run ops -- dlq redrive${flags}, ` +
      "or dlq delete to put them away"
  }
}

const invocationOf = (week: string, { region, tableName }: Where): string =>
  `aws lambda invoke${region === undefined ? "" : ` --region ${region}`} ` +
  `--function-name ${tableName}-reporter:live --payload '{"weekId":"${week}"}' ` +
  "--cli-binary-format raw-in-base64-out /dev/stdout"

const unsent = (week: string, how: "is overdue" | "failed", where: Where): Problem => ({
  what: `the report of ${week} ${how}`,
  mend: where.isLocal
    ? "npm start was not running when it was due: " +
      `npm run ops -- report preview --week ${week}${where.flags}`
    : invocationOf(week, where)
})

/** A report that failed is overdue as well, an hour later, which need not be said twice. */
const reportProblems = (
  { lastReport, missingReport }: NonNullable<Status["table"]>,
  where: Where
): ReadonlyArray<Problem> => {
  const failed = lastReport?.state === "failed" ? lastReport.week : null
  return [
    ...(failed === null ? [] : [unsent(failed, "failed", where)]),
    ...(missingReport === null || missingReport === failed
      ? []
      : [unsent(missingReport, "is overdue", where)])
  ]
}

const unanswered = (week: string, { flags }: Where): Problem => ({
  what: `the mail service never answered whether it took the e-mail of ${week}`,
  mend: `look for it; if it is not there, npm run ops -- report resend --week ${week}${flags}`
})

const untold = (week: string, { channel }: ChannelStatus, { flags }: Where): Problem => ({
  what: `${channel} could not be told of ${week}, and is given up`,
  mend:
    'the reporter\'s log says why, at "channel not told"; once it is mended, ' +
    `npm run ops -- report send --to ${channel} --week ${week}${flags}`
})

/** A channel that waits is tried again by the daily run. */
const channelProblems = (
  { channels, lastReport }: NonNullable<Status["table"]>,
  where: Where
): ReadonlyArray<Problem> =>
  channels
    .filter(({ state }) => state === "given up")
    .map((channel) => untold(lastReport?.week ?? "", channel, where))

const alarming = (name: string): Problem => ({
  what: `the alarm ${name} is on`,
  mend: "docs/operations.md, When an alarm goes off"
})

export const problemsOf = (
  { alarms, deadLetters, queue, table }: Status,
  where: Where
): ReadonlyArray<Problem> => [
  ...(queue?.isStalled === true ? [stalled(queue)] : []),
  ...(deadLetters !== null && deadLetters.recent + deadLetters.unseen > 0
    ? [dead(deadLetters, where)]
    : []),
  ...(table === null ? [] : reportProblems(table, where)),
  ...(table?.lastReport?.state === "unanswered" ? [unanswered(table.lastReport.week, where)] : []),
  ...(table === null ? [] : channelProblems(table, where)),
  ...(alarms?.on ?? []).map(alarming)
]
