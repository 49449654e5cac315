/** How an installation is, as far as its queues and its table can tell. */

import { plural } from "../../cli/wording.ts"
import type { Reason } from "../dlq/DeadLetter.ts"

/** An empty queue has no oldest message; of one that is not, SQS does not tell the age. */
export interface QueueStatus {
  readonly visible: number
  readonly inFlight: number
  /** Messages can be received, and for some seconds nobody did. */
  readonly isStalled: boolean
}

export interface DeadLetterStatus {
  readonly count: number
  /** Since the oldest of those that were looked at died. */
  readonly oldestAgeSeconds: number | null
  readonly byReason: Readonly<Record<string, number>>
  readonly newest: {
    readonly reason: Reason
    readonly deadSinceMs: number
    readonly messageId: string
  } | null
}

/** By their names, each of which the runbook has a line for. */
export interface AlarmStatus {
  readonly on: ReadonlyArray<string>
  /** The last to go off, whether it is on still or not. */
  readonly last: { readonly name: string; readonly wentOffMs: number } | null
}

/** `claimed`: a run holds the week; `failed`: one did, and never confirmed that it sent. */
export interface ReportStatus {
  readonly weekId: string
  readonly state: "sent" | "skipped" | "claimed" | "failed"
  readonly sentAtMs: number | null
  readonly messageId: string | null
}

export interface Status {
  /** Null where the service did not answer; `problems` then says why. */
  readonly queue: QueueStatus | null
  readonly deadLetters: DeadLetterStatus | null
  readonly table: {
    readonly newestMs: number | null
    readonly lastReport: ReportStatus | null
    /** The week whose report should be out, and is not. */
    readonly missingReport: string | null
  } | null
  readonly alarms: AlarmStatus | null
}

/** What is wrong, and what mends it. */
export interface Problem {
  readonly what: string
  readonly mend: string
}

const stalled = ({ visible }: QueueStatus): Problem => ({
  what: `${plural(visible, "message")} can be received, and nobody does`,
  mend: "enable the processor's event source mapping; here, npm start"
})

const dead = ({ byReason, count }: DeadLetterStatus, { flags }: Where): Problem => {
  const reasons = Object.entries(byReason).map(([reason, of]) => `${of} ${reason}`)
  return {
    what: `${plural(count, "dead letter")}${reasons.length > 0 ? `: ${reasons.join(", ")}` : ""}`,
    mend: `npm run ops -- dlq list${flags}, remove the cause, npm run ops -- dlq redrive${flags}`
  }
}

const invocationOf = (weekId: string, { region, tableName }: Where): string =>
  [
    "aws lambda invoke",
    ...(region === undefined ? [] : [`--region ${region}`]),
    `--function-name ${tableName}-reporter:live --payload '{"weekId":"${weekId}"}'`,
    "--cli-binary-format raw-in-base64-out /dev/stdout"
  ].join(" ")

const unsent = (weekId: string, where: Where): Problem => ({
  what: `the report of ${weekId} should be out, and is not`,
  mend: where.isLocal
    ? "npm start was not up when it was due: " +
      `npm run ops -- report preview --week ${weekId}${where.flags}`
    : invocationOf(weekId, where)
})

const alarming = (name: string): Problem => ({
  what: `the alarm ${name} is on`,
  mend: "docs/operations.md, When an alarm goes off"
})

/** What the commands that mend something have to name. */
interface Where {
  readonly flags: string
  readonly isLocal: boolean
  readonly tableName: string
  /** Where the usual AWS variables do not name it. */
  readonly region: string | undefined
}

/** What an operator has to do something about; none when all is well. */
export const problemsOf = (
  { alarms, deadLetters, queue, table }: Status,
  where: Where
): ReadonlyArray<Problem> => [
  ...(queue?.isStalled === true ? [stalled(queue)] : []),
  ...(deadLetters !== null && deadLetters.count > 0 ? [dead(deadLetters, where)] : []),
  ...(table !== null && table.missingReport !== null ? [unsent(table.missingReport, where)] : []),
  ...(alarms?.on ?? []).map(alarming)
]
