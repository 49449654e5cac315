/** How an installation is, as far as its queues and its table can tell. */
import type { Reason } from "../dlq/DeadLetter.ts"
import { plural } from "../dlq/words.ts"

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

const dead = ({ byReason, count }: DeadLetterStatus): Problem => {
  const reasons = Object.entries(byReason).map(([reason, of]) => `${of} ${reason}`)
  return {
    what: `${plural(count, "dead letter")}${reasons.length > 0 ? `: ${reasons.join(", ")}` : ""}`,
    mend: "npm run ops -- dlq list, remove the cause, npm run ops -- dlq redrive"
  }
}

const unsent = (weekId: string, reporter: string): Problem => ({
  what: `the report of ${weekId} should be out, and is not`,
  mend: `aws lambda invoke --function-name ${reporter} --payload '{"weekId":"${weekId}"}' \
--cli-binary-format raw-in-base64-out /dev/stdout`
})

/** What an operator has to do something about; none when all is well. */
export const problemsOf = (
  { deadLetters, queue, table }: Status,
  reporter: string
): ReadonlyArray<Problem> => [
  ...(queue?.isStalled === true ? [stalled(queue)] : []),
  ...(deadLetters !== null && deadLetters.count > 0 ? [dead(deadLetters)] : []),
  ...(table !== null && table.missingReport !== null ? [unsent(table.missingReport, reporter)] : [])
]
